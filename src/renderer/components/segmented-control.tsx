import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { Icon, type IconName } from './icon.tsx';
import { ProfessionMark } from './profession-mark.tsx';

export type Segment<Id extends string> = {
  readonly id: Id;
  readonly label: string;
  readonly icon?: IconName;
  readonly profession?: string;
  /** The ochre dot of what has changed. */
  readonly dot?: boolean;
  readonly count?: number;
  readonly lang?: string;
};

export type SegmentedControlProps<Id extends string> = {
  readonly label: string;
  readonly segments: readonly Segment<Id>[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly isDisabled?: boolean;
};

/** One of a few, all in sight; always exactly one chosen. */
export const SegmentedControl = <Id extends string>({
  label,
  segments,
  value,
  onChange,
  isDisabled = false,
}: SegmentedControlProps<Id>) => (
  <ToggleButtonGroup
    className="segments"
    aria-label={label}
    selectionMode="single"
    disallowEmptySelection
    isDisabled={isDisabled}
    selectedKeys={[value]}
    onSelectionChange={(keys) => {
      const chosen = segments.find((segment) => keys.has(segment.id));
      if (chosen) onChange(chosen.id);
    }}
  >
    {segments.map(({ id, label: word, icon, profession, dot, count, lang }) => (
      <ToggleButton key={id} id={id} className="segment">
        {icon !== undefined && <Icon name={icon} size={14} />}
        {profession !== undefined && <ProfessionMark profession={profession} size="small" />}
        {dot === true && <span className="dot" />}
        <span {...(lang === undefined ? {} : { lang })}>{word}</span>
        {count !== undefined && <span>{count}</span>}
      </ToggleButton>
    ))}
  </ToggleButtonGroup>
);
