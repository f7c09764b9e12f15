import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '#shared/domain/civil-date.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { formatDateTime, formatNumber, languageOf } from '#renderer/components/format.ts';
import { PageHead } from '#renderer/components/page-head.tsx';
import { useReadOwnLogMutation } from '#renderer/store/calls/log-api.ts';
import { useUnsentUsesQuery } from '#renderer/store/calls/sync-api.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { useProblemWords } from '../problems/index.ts';
import { EntryTable } from './entry-table.tsx';
import { filtered, noFilter, type LogFilter } from './filter-entries.ts';
import { LogFilters } from './log-filters.tsx';
import { PeriodFields, type Period } from './period-fields.tsx';
import { useLogPages } from './use-log-pages.ts';
import './use-log.css';

/** What the log says of oneself, and how much of it is still only on this computer. */
export const OwnLogPage = () => {
  const { t, i18n } = useTranslation('useLog');
  const language = languageOf(i18n.language);
  const problemWords = useProblemWords();
  const today = useToday();
  const [period, setPeriod] = useState<Period>({ from: addDays(today, -7), to: today });
  const [filter, setFilter] = useState<LogFilter>(noFilter);
  const { entries, total, isReading, problem, read, stop } = useLogPages();
  const [askPage] = useReadOwnLogMutation();
  const { data: unsent } = useUnsentUsesQuery();
  const rows = filtered(entries, filter);

  const show = (): void => {
    if (period.from > period.to) return;
    setFilter(noFilter);
    void read((page) => askPage({ ...period, ...page }).unwrap());
  };

  return (
    <>
      <PageHead title={t('own.title')} note={t('own.note')} />
      <div className="page-body use-log-body">
        {unsent !== undefined && unsent.count > 0 && (
          <Banner tone="info" shape="box">
            {t('own.unsent', {
              count: unsent.count,
              since: unsent.oldestMs === null ? '–' : formatDateTime(unsent.oldestMs, language),
            })}
          </Banner>
        )}
        <Card title={t('own.period')}>
          <form
            className="use-log-form"
            onSubmit={(event) => {
              event.preventDefault();
              show();
            }}
          >
            <PeriodFields period={period} onChange={setPeriod} />
            <Button type="submit" variant="main" isPending={isReading}>
              {t('own.show')}
            </Button>
            {isReading && <Button onPress={stop}>{t('stop')}</Button>}
          </form>
        </Card>
        {problem !== null && (
          <Banner tone="bad" shape="box" announce="polite">
            {problemWords(problem)}
          </Banner>
        )}
        {total !== null && (
          <Card
            title={t('own.entries')}
            note={t('count', { count: rows.length, shown: formatNumber(rows.length, language) })}
            flush
          >
            <div className="use-log-filters">
              <LogFilters
                entries={entries}
                filter={filter}
                onChange={setFilter}
                withPerson={false}
              />
            </div>
            <EntryTable entries={rows} label={t('own.entries')} withPerson={false} />
          </Card>
        )}
      </div>
    </>
  );
};
