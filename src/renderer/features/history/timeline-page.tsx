import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatLongDate, languageOf } from '#renderer/components/format.ts';
import { useReadHistoryInfiniteQuery } from '#renderer/store/calls/history-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { clientHref, goTo } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { ReadersCard } from '../plan-readers/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { byDay } from './by-day.ts';
import { MissingWords, NoHistory, SourceWords } from './history-source.tsx';
import { meetingDays } from './meeting-days.ts';
import { noFilter, TimelineFilters } from './timeline-filters.tsx';
import { VersionEntry } from './version-entry.tsx';

type TimelinePageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** The day from which on it is told first; null for all of it. */
  readonly since: CivilDate | null;
};

const noChoices = { authors: [], kinds: [] };

/** Picks a day, and opens the plan as it stood at its end. */
const DayChoice = ({ view }: Pick<TimelinePageProps, 'view'>) => {
  const { t } = useTranslation('history');
  const today = useToday();
  const [date, setDate] = useState<string | null>(today);
  return (
    <form
      className="history-day-choice"
      onSubmit={(event) => {
        event.preventDefault();
        if (date !== null) goTo(clientHref(view.caseId, 'history', { on: date }));
      }}
    >
      <DateField label={t('day.choose')} value={date} max={today} onChange={setDate} />
      <Button type="submit" isDisabled={date === null}>
        {t('day.show')}
      </Button>
    </form>
  );
};

/** A client's versions by day, the newest first. */
export const TimelinePage = ({ view, directory, since }: TimelinePageProps) => {
  const { t, i18n } = useTranslation('history');
  const language = languageOf(i18n.language);
  const words = useProblemWords();
  const today = useToday();
  const meetings = useMemo(() => meetingDays(view, today), [view, today]);
  const [filter, setFilter] = useState({ ...noFilter, from: since });
  const asked = useDeferredValue(filter);
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } =
    useReadHistoryInfiniteQuery({ caseId: view.caseId, filter: asked });
  const pages = data?.pages;
  const days = useMemo(() => byDay((pages ?? []).flatMap(({ versions }) => versions)), [pages]);
  const first = pages?.[0];
  const isNarrowed = JSON.stringify(asked) !== JSON.stringify(noFilter);
  return (
    <div className="page-body history">
      <ReadersCard view={view} directory={directory} />
      <Card
        title={t('title')}
        {...(first === undefined ? {} : { note: <SourceWords source={first.source} /> })}
        more={<DayChoice view={view} />}
      >
        <TimelineFilters
          filter={filter}
          onChange={setFilter}
          choices={first?.choices ?? noChoices}
          directory={directory}
          meetings={meetings}
          today={today}
        />
      </Card>
      {first !== undefined && (
        <MissingWords missing={first.missing} contactCovered={first.contactCovered} />
      )}
      {first === undefined && error !== undefined && (
        <NoHistory error={error} onAgain={() => void refetch()} />
      )}
      {first !== undefined && error !== undefined && (
        <Banner tone="warn" shape="box" announce="polite">
          {words(problemOf(error))}
        </Banner>
      )}
      {first === undefined && error === undefined && <p aria-busy="true">{t('coming')}</p>}
      {first !== undefined && days.length === 0 && (
        <EmptyState
          action={
            isNarrowed && <Button onPress={() => setFilter(noFilter)}>{t('filter.clear')}</Button>
          }
        >
          {isNarrowed ? t('emptyFilter') : t('empty')}
        </EmptyState>
      )}
      {days.map(({ date, versions }) => (
        <section key={date ?? 'now'} className="history-day" aria-labelledby={`day-${date}`}>
          <h2 id={`day-${date}`}>{date === null ? t('now') : formatLongDate(date, language)}</h2>
          <ol className="card">
            {versions.map((version) => (
              <li key={version.changeId}>
                <VersionEntry version={version} view={view} directory={directory} />
              </li>
            ))}
          </ol>
        </section>
      ))}
      {hasNextPage && (
        <p className="history-more">
          <Button isPending={isFetching} onPress={() => void fetchNextPage()}>
            {t('older')}
          </Button>
        </p>
      )}
    </div>
  );
};
