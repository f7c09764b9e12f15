import { ListBox, ListBoxItem, Text } from 'react-aria-components';
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

/** Mark, word and note; inside a list the word names the option and the note describes it. */
export const OptionBody = ({
  option,
  inList = false,
}: {
  readonly option: Option;
  readonly inList?: boolean;
}) => {
  const word = <PlainText text={option.label} />;
  const note = option.note === undefined ? undefined : <PlainText text={option.note} />;
  return (
    <>
      {option.profession !== undefined && <ProfessionMark profession={option.profession} />}
      {inList ? (
        <Text slot="label" className="cut">
          {word}
        </Text>
      ) : (
        <span className="cut">{word}</span>
      )}
      {note !== undefined &&
        (inList ? (
          <Text slot="description" className="option-note cut">
            {note}
          </Text>
        ) : (
          <span className="option-note cut">{note}</span>
        ))}
    </>
  );
};

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
            <OptionBody option={option} inList />
          </>
        )}
      </ListBoxItem>
    )}
  </ListBox>
);
