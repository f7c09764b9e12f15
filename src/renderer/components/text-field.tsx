import { type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  type ValidationResult,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';

export type FieldWords = {
  readonly label: string;
  /** The label is heard but not drawn: a lone search field, a cell of a table. */
  readonly hideLabel?: boolean;
  readonly description?: ReactNode;
  /** What is wrong and how to mend it. Its presence makes the field invalid. */
  readonly error?: string | undefined;
};

type AriaProps = Omit<
  AriaTextFieldProps,
  'children' | 'className' | 'style' | 'isInvalid' | 'validationBehavior'
>;

export const FieldLabel = ({
  label,
  hideLabel = false,
}: Pick<FieldWords, 'label' | 'hideLabel'>) => (
  <Label className={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</Label>
);

export const FieldHelp = ({ description, error }: Pick<FieldWords, 'description' | 'error'>) => (
  <>
    {description !== undefined && (
      <Text slot="description" className="field-description">
        {description}
      </Text>
    )}
    <FieldError className="field-error">
      {({ validationErrors }: ValidationResult) => (
        <>
          <Icon name="alert" size={14} />
          <span>{error ?? validationErrors.join(' ')}</span>
        </>
      )}
    </FieldError>
  </>
);

export type TextFieldProps = AriaProps &
  FieldWords & {
    readonly placeholder?: string;
    readonly inputRef?: Ref<HTMLInputElement>;
    /** Before the text, as the magnifying glass of a search. */
    readonly icon?: 'search';
  };

/** Also for secrets: `type="password"`. */
export const TextField = ({
  label,
  hideLabel = false,
  description,
  error,
  placeholder,
  inputRef,
  icon,
  ...rest
}: TextFieldProps) => (
  <AriaTextField
    {...rest}
    className="field"
    validationBehavior="aria"
    isInvalid={error !== undefined}
  >
    <FieldLabel label={label} hideLabel={hideLabel} />
    <div className={icon === undefined ? 'field-control' : 'field-control field-with-icon'}>
      {icon !== undefined && <Icon name={icon} />}
      <Input
        className="input"
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(inputRef === undefined ? {} : { ref: inputRef })}
      />
    </div>
    <FieldHelp description={description} error={error} />
  </AriaTextField>
);

export type TextAreaProps = AriaProps &
  FieldWords & {
    readonly placeholder?: string;
    /** Lines it starts with; it grows with the text up to `maxRows`, then scrolls. */
    readonly rows?: number;
    readonly maxRows?: number;
    /** Whose words: the client's are set in the serif. */
    readonly voice?: 'client' | 'professional';
    readonly inputRef?: Ref<HTMLTextAreaElement | null>;
  };

/** Height follows the text. */
const fit = (area: HTMLTextAreaElement, maxRows: number): void => {
  const style = getComputedStyle(area);
  const edges = area.offsetHeight - area.clientHeight;
  const padding = Number.parseFloat(style.paddingTop) + Number.parseFloat(style.paddingBottom);
  const limit = maxRows * Number.parseFloat(style.lineHeight) + padding;
  area.style.height = 'auto';
  const wanted = area.scrollHeight;
  area.style.height = `${Math.min(wanted, limit) + edges}px`;
  area.style.overflowY = wanted > limit ? 'auto' : 'hidden';
};

const GrowingArea = ({
  rows,
  maxRows,
  voice,
  inputRef,
  placeholder,
}: Pick<TextAreaProps, 'inputRef' | 'placeholder'> & {
  readonly rows: number;
  readonly maxRows: number;
  readonly voice: 'client' | 'professional';
}) => {
  const own = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(
    inputRef,
    () => own.current,
  );
  // After every drawing: the text may have come from elsewhere.
  useLayoutEffect(() => {
    if (own.current) fit(own.current, maxRows);
  });
  useLayoutEffect(() => {
    const area = own.current;
    if (!area) return undefined;
    let width = area.clientWidth;
    const observer = new ResizeObserver(() => {
      if (area.clientWidth === width) return;
      width = area.clientWidth;
      fit(area, maxRows);
    });
    observer.observe(area);
    return () => observer.disconnect();
  }, [maxRows]);
  return (
    <AriaTextArea
      className={voice === 'client' ? 'input input-area client-voice' : 'input input-area'}
      rows={rows}
      onInput={(event) => fit(event.currentTarget, maxRows)}
      ref={own}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  );
};

export const TextArea = ({
  label,
  hideLabel = false,
  description,
  error,
  placeholder,
  rows = 2,
  maxRows = 14,
  voice = 'professional',
  inputRef,
  ...rest
}: TextAreaProps) => (
  <AriaTextField
    {...rest}
    className="field"
    validationBehavior="aria"
    isInvalid={error !== undefined}
  >
    <FieldLabel label={label} hideLabel={hideLabel} />
    <GrowingArea
      rows={rows}
      maxRows={maxRows}
      voice={voice}
      placeholder={placeholder ?? ''}
      {...(inputRef === undefined ? {} : { inputRef })}
    />
    <FieldHelp description={description} error={error} />
  </AriaTextField>
);

/** A search field for lists: magnifying glass, Esc empties it. */
export const SearchField = ({
  onChange,
  value,
  onKeyDown,
  ...rest
}: Omit<TextFieldProps, 'icon' | 'type' | 'onChange' | 'value'> & {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => {
  const { t } = useTranslation('components');
  return (
    <div className="search-field">
      <TextField
        {...rest}
        icon="search"
        type="search"
        value={value}
        onChange={onChange}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') onChange('');
          else if (onKeyDown) onKeyDown(event);
          else event.continuePropagation();
        }}
      />
      {value !== '' && (
        <button
          type="button"
          className="search-clear"
          aria-label={t('field.clear')}
          onClick={() => onChange('')}
        >
          <Icon name="close" size={14} />
        </button>
      )}
    </div>
  );
};
