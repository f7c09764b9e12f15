import {
  Button as AriaButton,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import { type Option, OptionBody, OptionList } from './option-list.tsx';
import { FieldHelp, FieldLabel, type FieldWords } from './text-field.tsx';

export type SelectProps<Id extends string> = FieldWords & {
  readonly options: readonly Option<Id>[];
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
  readonly autoFocus?: boolean;
};

/** One of up to some twenty; more than that is a ComboBox. */
export const Select = <Id extends string>({
  label,
  hideLabel = false,
  description,
  error,
  options,
  value,
  onChange,
  placeholder,
  ...rest
}: SelectProps<Id>) => {
  const { t } = useTranslation('components');
  const chosen = options.find((option) => option.id === value);
  return (
    <AriaSelect
      {...rest}
      className="field"
      validationBehavior="aria"
      value={value}
      onChange={(key) => {
        const option = options.find((each) => each.id === key);
        if (option) onChange(option.id);
      }}
      isInvalid={error !== undefined}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <AriaButton className="input select-button">
        <SelectValue className="select-value">
          {chosen ? (
            <OptionBody option={chosen} />
          ) : (
            <span className="muted">{placeholder ?? t('field.choose')}</span>
          )}
        </SelectValue>
        <Icon name="chevronDown" size={14} />
      </AriaButton>
      <FieldHelp description={description} error={error} />
      <Popover className="popover" offset={4}>
        <OptionList options={options} />
      </Popover>
    </AriaSelect>
  );
};
