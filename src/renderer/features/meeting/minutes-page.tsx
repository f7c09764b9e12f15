import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatDate, languageOf, wallClockOf } from '#renderer/components/format.ts';
import { PrintSheet } from '#renderer/components/print-sheet.tsx';
import { useReadHistoryInfiniteQuery } from '#renderer/store/calls/history-api.ts';
import { useNoteUseMutation } from '#renderer/store/calls/log-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { valueOf } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { clientFacts } from '../plan-model/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { minutesOf } from './minutes.ts';
import { MinutesPaper } from './minutes-paper.tsx';
import { minutesAsText, useMinuteWords } from './use-minutes.ts';

export type MinutesPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly record: RecordView;
};

const wholeClient = { personId: null, profession: null, kind: null, to: null, query: '' };

/** Muistio: what was written on the plan during the meeting, from its history; nothing is kept twice. */
export const MinutesPage = ({ view, directory, record }: MinutesPageProps) => {
  const { t, i18n } = useTranslation(['meeting', 'records', 'client']);
  const language = languageOf(i18n.language);
  const problemWords = useProblemWords();
  const wordsOf = useMinuteWords(view, directory);
  const [note, { error: noteError }] = useNoteUseMutation();
  const [isPrinting, setPrinting] = useState(false);
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | null>(null);
  const course = valueOf(record, 'plan-meeting', 'course') ?? { startedAt: '', endedAt: '' };
  const meeting = valueOf(record, 'plan-meeting', 'meeting');
  const filter = { ...wholeClient, from: course.startedAt.slice(0, 10) };
  const { data, error, isFetching, hasNextPage, fetchNextPage } = useReadHistoryInfiniteQuery({
    caseId: view.caseId,
    filter,
  });
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);

  const personIds = meeting?.personIds ?? [];
  const entries = minutesOf(
    (data?.pages ?? []).flatMap(({ versions }) => versions),
    { ...course, personIds, hadOutsiders: (meeting?.participants ?? '').trim() !== '' },
    wallClockOf,
  );
  const words = wordsOf(entries);
  const clock = (wall: string): string =>
    language === 'en' ? wall.slice(11) : wall.slice(11).replace(':', '.').replace(/^0/u, '');
  const head = {
    title: t('meeting:minutesTitle', { name: clientFacts(view).name || t('client:nameless') }),
    when: t('meeting:when', {
      date: formatDate(course.startedAt.slice(0, 10)),
      from: clock(course.startedAt),
      to: clock(course.endedAt),
    }),
    about: meeting?.about ?? '',
    staff: personIds.map((id) => directory.nameOf(id) ?? t('records:someone')).join(', '),
    others: (meeting?.participants ?? '').split('\n').filter((each) => each !== ''),
  };
  const isReading = data === undefined || hasNextPage;

  const noted = async (action: 'print' | 'export'): Promise<boolean> =>
    (await note({ caseId: view.caseId, action, screen: 'minutes' })).error === undefined;
  const copy = async (): Promise<void> => {
    if (!(await noted('export'))) return;
    const text = minutesAsText(
      [head.title, head.when, head.about, [head.staff, ...head.others].join('; ')],
      words,
    );
    await navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('notCopied'),
    );
  };
  const paper = <MinutesPaper head={head} words={words} />;
  return (
    <div className="page-body meeting-minutes">
      <Card
        title={t('meeting:minutes')}
        note={t('meeting:minutesNote')}
        more={
          <span className="row row-wrap">
            <span role="status" className="muted text-s">
              {outcome === null ? '' : t(`meeting:${outcome}`)}
            </span>
            <Button isDisabled={isReading} onPress={() => void copy()}>
              {t('meeting:copy')}
            </Button>
            <Button
              variant="main"
              icon="print"
              isDisabled={isReading}
              onPress={() => void noted('print').then(setPrinting)}
            >
              {t('meeting:print')}
            </Button>
          </span>
        }
        footer={
          <div className="row row-wrap grow">
            <TextLink href={clientHref(view.caseId, 'plan', { recordId: record.id })}>
              {t('meeting:toRecord')}
            </TextLink>
            <span className="end">
              <TextLink href={clientHref(view.caseId, 'plan')}>{t('meeting:toPlan')}</TextLink>
            </span>
          </div>
        }
      >
        {[error, noteError].map(
          (each, index) =>
            each !== undefined && (
              <Banner key={index === 0 ? 'read' : 'noted'} tone="bad" shape="box" announce="polite">
                {problemWords(problemOf(each))}
              </Banner>
            ),
        )}
        <article className="paper" aria-busy={isReading}>
          {paper}
        </article>
        {!isReading && words.length === 0 && <EmptyState>{t('meeting:noChanges')}</EmptyState>}
      </Card>
      {isPrinting && (
        <PrintSheet language={language} onPrinted={() => setPrinting(false)}>
          <div className="paper">{paper}</div>
        </PrintSheet>
      )}
    </div>
  );
};
