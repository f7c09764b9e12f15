import { CheckboxGroup } from 'react-aria-components';
import { Checkbox } from './checkbox.tsx';
import { PlainText } from './plain-text.tsx';
import { FieldHelp, FieldLabel, type FieldWords } from './text-field.tsx';

export type CheckboxChoicesProps = FieldWords & {
  /** In groups of their own, each under its heading; one group without a heading stands alone. */
  readonly groups: readonly {
    readonly heading: string | null;
    readonly choices: readonly { readonly id: string; readonly label: string }[];
  }[];
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
};

/** Several of a list that is in sight as a whole, two columns wide. */
export const CheckboxChoices = ({
  label,
  hideLabel = false,
  description,
  error,
  groups,
  value,
  onChange,
}: CheckboxChoicesProps) => (
  <CheckboxGroup
    className="field checkbox-choices"
    value={[...value]}
    onChange={onChange}
    isInvalid={error !== undefined}
    validationBehavior="aria"
  >
    <FieldLabel label={label} hideLabel={hideLabel} />
    {groups.map(({ heading, choices }) => (
      <div
        key={heading ?? ''}
        className="checkbox-choices-group"
        {...(heading === null ? {} : { role: 'group', 'aria-label': heading })}
      >
        {heading !== null && (
          <span className="checkbox-choices-heading" aria-hidden="true">
            {heading}
          </span>
        )}
        {choices.map((choice) => (
          <Checkbox key={choice.id} value={choice.id}>
            <PlainText text={choice.label} />
          </Checkbox>
        ))}
      </div>
    ))}
    <FieldHelp description={description} error={error} />
  </CheckboxGroup>
);
