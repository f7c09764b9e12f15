import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { addDays, type CivilDate } from '#shared/domain/civil-date.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { formatNumber, languageOf } from '#renderer/components/format.ts';
import { ProgressBar } from '#renderer/components/progress-bar.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { useNoteUseMutation, useReadClientLogMutation } from '#renderer/store/calls/log-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useNow, useToday } from '#renderer/store/use-now.ts';
import { useProblemWords } from '../problems/index.ts';
import { EntryTable } from './entry-table.tsx';
import { filtered, noFilter, type LogFilter } from './filter-entries.ts';
import { LogFilters } from './log-filters.tsx';
import { PeriodFields, type Period } from './period-fields.tsx';
import { PrintedLogSheet, type PrintedLog } from './printed-log.tsx';
import { printWords, type PrintLanguage } from './print-words.ts';
import { useLogPages } from './use-log-pages.ts';
import './use-log.css';

/** Older entries are given only for a special reason (703/2023 11 §). */
const ordinaryDays = 730;

const printLanguages = [
  { id: 'fi', label: 'Suomi', lang: 'fi' },
  { id: 'sv', label: 'Svenska', lang: 'sv' },
] as const;

const noName = { familyName: '', givenNames: '' };

/** The client's log of use, read for a request of the client's (703/2023 11 §), and printed for it. */
export const ClientLogPage = ({ view }: { readonly view: Pick<ClientView, 'caseId'> }) => {
  const { t, i18n } = useTranslation('useLog');
  const language = languageOf(i18n.language);
  const problemWords = useProblemWords();
  const now = useNow();
  const today = useToday();
  const oldest: CivilDate = addDays(today, -ordinaryDays);
  const [period, setPeriod] = useState<Period>({ from: oldest, to: today });
  const [request, setRequest] = useState('');
  const [missing, setMissing] = useState(false);
  const [filter, setFilter] = useState<LogFilter>(noFilter);
  const [client, setClient] = useState(noName);
  const [printLanguage, setPrintLanguage] = useState<PrintLanguage>('fi');
  const [printed, setPrinted] = useState<PrintedLog | null>(null);
  const { entries, total, isReading, problem, read, stop } = useLogPages();
  const [askPage] = useReadClientLogMutation();
  const [noteUse, { isLoading: isNoting, error: notePrintProblem }] = useNoteUseMutation();
  const rows = filtered(entries, filter);

  const show = (): void => {
    setMissing(request.trim() === '');
    if (request.trim() === '' || period.from > period.to) return;
    setFilter(noFilter);
    void read(async (page) => {
      const answer = await askPage({ caseId: view.caseId, ...period, ...page, request }).unwrap();
      setClient(answer.client);
      return answer;
    });
  };

  /** The print is in the log before there is anything to print. */
  const printNow = async (): Promise<void> => {
    const noted = await noteUse({ caseId: view.caseId, action: 'print', screen: 'client-log' });
    if (noted.error !== undefined) return;
    setPrinted({
      language: printLanguage,
      words: await printWords(printLanguage),
      client,
      period,
      entries: rows,
      printedMs: now,
    });
  };

  return (
    <div className="page-body use-log-body">
      <Card title={t('client.title')} note={t('client.note')}>
        <form
          className="use-log-form"
          onSubmit={(event) => {
            event.preventDefault();
            show();
          }}
        >
          <div className="use-log-request">
            <TextField
              label={t('client.request')}
              description={t('client.requestHelp')}
              value={request}
              maxLength={400}
              onChange={setRequest}
              {...(missing ? { error: t('client.requestMissing') } : {})}
            />
          </div>
          <PeriodFields period={period} onChange={setPeriod} />
          <Button type="submit" variant="main" isPending={isReading}>
            {t('client.show')}
          </Button>
          {isReading && <Button onPress={stop}>{t('stop')}</Button>}
        </form>
        {period.from < oldest && <p className="muted text-s">{t('client.older')}</p>}
      </Card>
      {problem !== null && (
        <Banner tone="bad" shape="box" announce="polite">
          {problemWords(problem)}
        </Banner>
      )}
      {notePrintProblem !== undefined && (
        <Banner tone="bad" shape="box" announce="polite">
          {problemWords(problemOf(notePrintProblem))}
        </Banner>
      )}
      {isReading && (
        <ProgressBar
          label={t('reading')}
          share={total === null || total === 0 ? 0 : entries.length / total}
          words={
            total === null
              ? ''
              : `${formatNumber(entries.length, language)} / ${formatNumber(total, language)}`
          }
        />
      )}
      {total !== null && (
        <Card
          title={t('client.entries')}
          note={t('count', { count: rows.length, shown: formatNumber(rows.length, language) })}
          more={
            <span className="row">
              <SegmentedControl
                label={t('print.language')}
                segments={printLanguages}
                value={printLanguage}
                onChange={setPrintLanguage}
              />
              <Button
                isPending={isNoting || printed !== null}
                isDisabled={isReading || rows.length === 0}
                onPress={() => void printNow()}
              >
                {t('print.forClient')}
              </Button>
            </span>
          }
          flush
        >
          <div className="use-log-filters">
            <LogFilters entries={entries} filter={filter} onChange={setFilter} withPerson />
          </div>
          <EntryTable entries={rows} label={t('client.entries')} withPerson />
        </Card>
      )}
      {printed !== null && <PrintedLogSheet log={printed} onPrinted={() => setPrinted(null)} />}
    </div>
  );
};
