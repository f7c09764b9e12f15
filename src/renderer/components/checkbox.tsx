import type { ReactNode } from 'react';
import {
  CheckboxButton,
  CheckboxField,
  type CheckboxFieldProps,
  RadioButton,
  RadioField,
  RadioGroup,
} from 'react-aria-components';
import { FieldHelp, FieldLabel, type FieldWords } from './text-field.tsx';

export type CheckboxProps = Omit<CheckboxFieldProps, 'children' | 'className' | 'style'> & {
  readonly children: ReactNode;
};

export const Checkbox = ({ children, ...rest }: CheckboxProps) => (
  <CheckboxField {...rest} className="checkbox-field">
    <CheckboxButton className="checkbox">
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className="checkbox-box" aria-hidden="true">
            <svg
              width="14"
              height="14"
              viewBox="0 0 14 14"
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
            >
              {isIndeterminate ? <path d="M3 7h8" /> : isSelected && <path d="m2.5 7.5 3 3 6-7" />}
            </svg>
          </span>
          <span>{children}</span>
        </>
      )}
    </CheckboxButton>
  </CheckboxField>
);

export type Choice<Id extends string> = {
  readonly id: Id;
  readonly label: ReactNode;
  readonly description?: ReactNode;
  readonly isDisabled?: boolean;
};

export type ChoiceGroupProps<Id extends string> = FieldWords & {
  readonly choices: readonly Choice<Id>[];
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
  /** Cards side by side, or plain lines below each other. */
  readonly shape?: 'lines' | 'cards';
  readonly isRequired?: boolean;
};

/** One of a few when each needs a sentence of its own. */
export const ChoiceGroup = <Id extends string>({
  label,
  hideLabel = false,
  description,
  error,
  choices,
  value,
  onChange,
  shape = 'lines',
  isRequired = false,
}: ChoiceGroupProps<Id>) => (
  <RadioGroup
    className={`field choices choices-${shape}`}
    value={value}
    isRequired={isRequired}
    isInvalid={error !== undefined}
    validationBehavior="aria"
    onChange={(id) => {
      const choice = choices.find((each) => each.id === id);
      if (choice) onChange(choice.id);
    }}
  >
    <FieldLabel label={label} hideLabel={hideLabel} />
    <div className="choice-list">
      {choices.map((choice) => (
        <RadioField
          key={choice.id}
          value={choice.id}
          className="choice-field"
          isDisabled={choice.isDisabled === true}
        >
          <RadioButton className="choice">
            <span className="choice-ring" aria-hidden="true" />
            <span className="choice-words">
              <span className="choice-label">{choice.label}</span>
              {choice.description !== undefined && (
                <span className="choice-note">{choice.description}</span>
              )}
            </span>
          </RadioButton>
        </RadioField>
      ))}
    </div>
    <FieldHelp description={description} error={error} />
  </RadioGroup>
);
