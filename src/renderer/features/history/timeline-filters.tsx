import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/calls.ts';
import type { HistoryFilter } from '#shared/contract/history-calls.ts';
import { DateField } from '#renderer/components/date-field.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { professionWord } from '#renderer/components/professions.ts';
import { Select } from '#renderer/components/select.tsx';
import { SearchField } from '#renderer/components/text-field.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { MeetingChoice } from './meeting-choice.tsx';
import type { MeetingDay } from './meeting-days.ts';

type Choices = NonNullable<CallOutput<'history.client'>['choices']>;

export const noFilter: HistoryFilter = {
  personId: null,
  profession: null,
  kind: null,
  from: null,
  to: null,
  query: '',
};

const everything = 'all';

type OneOf = {
  readonly label: string;
  readonly ids: readonly string[];
  readonly wordOf: (id: string) => string;
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
};

const OneOf = ({ label, ids, wordOf, value, onChange }: OneOf) => {
  const { t } = useTranslation('history');
  const options = [...new Set(value === null ? ids : [...ids, value])]
    .map((id) => ({ id, label: wordOf(id) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'fi'));
  return (
    <Select
      label={label}
      options={[{ id: everything, label: t('filter.all') }, ...options]}
      value={value ?? everything}
      onChange={(id) => onChange(id === everything ? null : id)}
    />
  );
};

type TimelineFiltersProps = {
  readonly filter: HistoryFilter;
  readonly onChange: (filter: HistoryFilter) => void;
  readonly choices: Choices;
  readonly directory: Directory;
  readonly meetings: readonly MeetingDay[];
  readonly today: string;
};

/** Narrows the timeline: by words, person, profession, kind of record, days and the meetings held on them. */
export const TimelineFilters = ({
  filter,
  onChange,
  choices,
  directory,
  meetings,
  today,
}: TimelineFiltersProps) => {
  const { t, i18n } = useTranslation(['history', 'records']);
  const language = languageOf(i18n.language);
  const set = (change: Partial<HistoryFilter>): void => onChange({ ...filter, ...change });
  const isBackwards = filter.from !== null && filter.to !== null && filter.from > filter.to;
  return (
    <div className="history-filters" role="search" aria-label={t('history:filter.label')}>
      <SearchField
        label={t('history:filter.words')}
        value={filter.query}
        maxLength={200}
        onChange={(query) => set({ query })}
      />
      <OneOf
        label={t('history:filter.person')}
        ids={choices.authors.map(({ personId }) => personId)}
        wordOf={(id) => directory.nameOf(id) ?? t('records:someone')}
        value={filter.personId}
        onChange={(personId) => set({ personId })}
      />
      <OneOf
        label={t('history:filter.profession')}
        ids={choices.authors.map(({ profession }) => profession)}
        wordOf={(id) => professionWord(id, language)}
        value={filter.profession}
        onChange={(profession) => set({ profession })}
      />
      <OneOf
        label={t('history:filter.kind')}
        ids={choices.kinds}
        wordOf={(id) => t([`records:kind.${id}`, 'records:kind.unknown'])}
        value={filter.kind}
        onChange={(kind) => set({ kind })}
      />
      <DateField
        label={t('history:filter.from')}
        value={filter.from}
        max={today}
        onChange={(from) => set({ from })}
      />
      <DateField
        label={t('history:filter.to')}
        value={filter.to}
        max={today}
        onChange={(to) => set({ to })}
        {...(isBackwards ? { error: t('history:filter.backwards') } : {})}
      />
      {meetings.length > 0 && (
        <>
          <MeetingChoice
            label={t('history:meeting.from')}
            meetings={meetings}
            value={filter.from}
            onChange={(from) => set({ from })}
          />
          <MeetingChoice
            label={t('history:meeting.to')}
            meetings={meetings}
            value={filter.to}
            onChange={(to) => set({ to })}
          />
        </>
      )}
    </div>
  );
};
