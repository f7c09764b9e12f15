import { useTranslation } from 'react-i18next';
import { Select } from '#renderer/components/select.tsx';
import { actionOf, registerOf, type LogEntry } from './entry-words.ts';
import { choicesOf, type Choice, type LogFilter } from './filter-entries.ts';

const everything = 'all';

type OneProps = {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
};

const One = ({ label, choices, value, onChange }: OneProps) => {
  const { t } = useTranslation('useLog');
  return (
    <Select
      label={label}
      options={[{ id: everything, label: t('filter.all') }, ...choices]}
      value={value ?? everything}
      onChange={(id) => onChange(id === everything ? null : id)}
    />
  );
};

type LogFiltersProps = {
  readonly entries: readonly LogEntry[];
  readonly filter: LogFilter;
  readonly onChange: (filter: LogFilter) => void;
  readonly withPerson: boolean;
};

/** Picks among what has been read: by person, by what was done, by register. */
export const LogFilters = ({ entries, filter, onChange, withPerson }: LogFiltersProps) => {
  const { t } = useTranslation('useLog');
  return (
    <>
      {withPerson && (
        <One
          label={t('filter.person')}
          choices={choicesOf(
            entries,
            ({ personId }) => personId,
            ({ personName }) => personName || t('unknownPerson'),
          )}
          value={filter.personId}
          onChange={(personId) => onChange({ ...filter, personId })}
        />
      )}
      <One
        label={t('filter.action')}
        choices={choicesOf(
          entries,
          ({ action }) => action,
          (entry) => actionOf(t, entry),
        )}
        value={filter.action}
        onChange={(action) => onChange({ ...filter, action })}
      />
      <One
        label={t('filter.register')}
        choices={choicesOf(
          entries,
          ({ register }) => register,
          (entry) => registerOf(t, entry),
        )}
        value={filter.register}
        onChange={(register) => onChange({ ...filter, register })}
      />
    </>
  );
};
