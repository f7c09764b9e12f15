import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { Icon, type IconName } from './icon.tsx';

export type ChoiceButton<Id extends string> = {
  readonly id: Id;
  readonly label: string;
  readonly icon: IconName;
};

export type ChoiceButtonsProps<Id extends string> = {
  readonly label: string;
  readonly choices: readonly ChoiceButton<Id>[];
  /** Null while nobody has said. */
  readonly value: Id | null;
  /** A second press takes the choice back. */
  readonly onChange: (id: Id | null) => void;
};

/** One of a few, or none yet: each a sign and a word, of a size for a finger. */
export const ChoiceButtons = <Id extends string>({
  label,
  choices,
  value,
  onChange,
}: ChoiceButtonsProps<Id>) => (
  <ToggleButtonGroup
    className="segments choice-buttons"
    aria-label={label}
    selectionMode="single"
    selectedKeys={value === null ? [] : [value]}
    onSelectionChange={(keys) => onChange(choices.find(({ id }) => keys.has(id))?.id ?? null)}
  >
    {choices.map(({ id, label: word, icon }) => (
      <ToggleButton key={id} id={id} className={`segment choice-${id}`}>
        <Icon name={icon} size={16} />
        <span>{word}</span>
      </ToggleButton>
    ))}
  </ToggleButtonGroup>
);
