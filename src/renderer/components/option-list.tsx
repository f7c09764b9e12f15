import { ListBox, ListBoxItem } from 'react-aria-components';
import { Icon } from './icon.tsx';
import { PlainText, plainString } from './plain-text.tsx';
import { ProfessionMark } from './profession-mark.tsx';

export type Option<Id extends string = string> = {
  readonly id: Id;
  readonly label: string;
  /** Second rank: a profession's word, a unit. */
  readonly note?: string;
  readonly profession?: string;
  readonly isDisabled?: boolean;
};

/** Mark, word and note, all of them part of the option's name. */
export const OptionBody = ({ option }: { readonly option: Option }) => (
  <>
    {option.profession !== undefined && <ProfessionMark profession={option.profession} />}
    <span className="cut">
      <PlainText text={option.label} />
    </span>
    {option.note !== undefined && (
      <span className="option-note cut">
        <PlainText text={option.note} />
      </span>
    )}
  </>
);

export type OptionListProps = {
  /** Left out where the surrounding ComboBox filters and hands them over. */
  readonly options?: readonly Option[];
  readonly emptyText?: string;
};

/** The list that a Select or a ComboBox opens. */
export const OptionList = ({ options, emptyText = '' }: OptionListProps) => (
  <ListBox<Option>
    className="options"
    renderEmptyState={() => <p className="options-empty">{emptyText}</p>}
    {...(options === undefined ? {} : { items: options })}
  >
    {(option) => (
      <ListBoxItem
        id={option.id}
        textValue={plainString(option.label)}
        className="option"
        isDisabled={option.isDisabled === true}
      >
        {({ isSelected }) => (
          <>
            <span className="option-sign">{isSelected && <Icon name="check" size={14} />}</span>
            <OptionBody option={option} />
          </>
        )}
      </ListBoxItem>
    )}
  </ListBox>
);
