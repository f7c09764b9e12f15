import {
  Button as AriaButton,
  ComboBox as AriaComboBox,
  Input,
  Popover,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import { type Option, OptionList } from './option-list.tsx';
import { FieldHelp, FieldLabel, type FieldWords } from './text-field.tsx';

export type ComboBoxProps = FieldWords & {
  readonly options: readonly Option[];
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
  /**
   * For lists that are searched elsewhere: called with what is typed, and the options then are
   * shown as they come, unfiltered.
   */
  readonly onSearch?: (text: string) => void;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
  readonly autoFocus?: boolean;
};

/** Type to narrow, arrows or the button to open, so that passing by opens nothing. Emptying the field chooses none. */
export const ComboBox = ({
  label,
  hideLabel = false,
  description,
  error,
  options,
  value,
  onChange,
  onSearch,
  placeholder,
  ...rest
}: ComboBoxProps) => {
  const { t } = useTranslation('components');
  return (
    <AriaComboBox<Option>
      {...rest}
      className="field"
      validationBehavior="aria"
      menuTrigger="input"
      allowsEmptyCollection
      isInvalid={error !== undefined}
      value={value}
      onChange={(key) => onChange(key === null ? null : String(key))}
      {...(onSearch === undefined
        ? { defaultItems: options }
        : { items: options, onInputChange: onSearch })}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <div className="combo">
        <Input className="input" {...(placeholder === undefined ? {} : { placeholder })} />
        <AriaButton className="combo-button">
          <Icon name="chevronDown" size={14} />
        </AriaButton>
      </div>
      <FieldHelp description={description} error={error} />
      <Popover className="popover" offset={4}>
        <OptionList emptyText={t('field.noMatch')} />
      </Popover>
    </AriaComboBox>
  );
};
