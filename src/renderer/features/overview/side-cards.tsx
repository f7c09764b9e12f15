import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatShortDate, formatWeekdayDate, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionMark } from '#renderer/components/profession-mark.tsx';
import { GapSign } from '#renderer/components/signs.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import {
  checkName,
  checksOf,
  nextDates,
  notesOf,
  standingVisits,
  titleOf,
  type NextDate,
  type PartGap,
  type PlanGap,
  type PlanTree,
} from '../plan-model/index.ts';
import { PartGapRows } from '../plan/index.ts';
import { LastVisit } from '../visit/index.ts';
import { fewRows } from './few.ts';

type CardProps = {
  /** Nothing leads to where something is written. */
  readonly isReadOnly: boolean;
  readonly view: ClientView;
  readonly tree: PlanTree;
  readonly directory: Directory;
};

const daysTo = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

const DateRow = ({ next, caseId }: { readonly next: NextDate; readonly caseId: string }) => {
  const { t, i18n } = useTranslation(['overview', 'records']);
  const language = languageOf(i18n.language);
  const today = useToday();
  const days = daysTo(today, next.date);
  const title = next.node
    ? titleOf(next.node, language)
    : next.check
      ? checkName(next.check, language)
      : '';
  const recordId = next.node?.id ?? next.check?.record.id;
  return (
    <li className={next.isPast ? 'overview-date-row overview-late' : 'overview-date-row'}>
      <b className="overview-day">{formatWeekdayDate(next.date, today, language)}</b>
      <span className="grow">
        {recordId !== undefined ? (
          <>
            <span className="overview-line" title={title}>
              <TextLink href={clientHref(caseId, 'plan', { recordId })}>
                <PlainText text={`${next.node?.number ?? ''} ${title}`.trim()} />
              </TextLink>
            </span>
            <span className="muted text-xs">{t(`date.${next.what}`)}</span>
          </>
        ) : (
          t(`date.${next.what}`)
        )}
      </span>
      <span className="nowrap text-xs muted">
        {next.isPast
          ? t('late', { count: -days })
          : days === 0
            ? t('days.today')
            : t('left', { count: days })}
      </span>
    </li>
  );
};

/** What the plan itself says comes next, so many rows. */
export const NextCard = ({
  view,
  tree,
  few,
  isReadOnly,
}: Pick<CardProps, 'view' | 'tree' | 'isReadOnly'> & { readonly few: number }) => {
  const { t } = useTranslation('overview');
  const today = useToday();
  const dates = useMemo(() => nextDates(tree, checksOf(view), today), [view, tree, today]);
  return (
    <Card
      title={t('next')}
      {...(dates.length > few
        ? {
            note: t('shownOf', { shown: few, all: dates.length }),
            more: <TextLink href={clientHref(view.caseId, 'plan')}>{t('openPlan')}</TextLink>,
          }
        : {})}
      className="overview-next"
    >
      {dates.length === 0 ? (
        <EmptyState
          action={
            isReadOnly ? undefined : (
              <TextLink href={clientHref(view.caseId, 'plan')}>{t('setReview')}</TextLink>
            )
          }
        >
          {t('noDates')}
        </EmptyState>
      ) : (
        <ul className="list">
          {dates.slice(0, few).map((next) => (
            <DateRow
              key={`${next.what}-${next.node?.id ?? next.check?.record.id ?? ''}-${next.date}`}
              next={next}
              caseId={view.caseId}
            />
          ))}
        </ul>
      )}
    </Card>
  );
};

/** What the plan lacks, in reading order. */
export const GapsCard = ({
  view,
  gaps,
  parts,
}: Pick<CardProps, 'view'> & {
  readonly gaps: readonly PlanGap[];
  readonly parts: readonly PartGap[];
}) => {
  const { t, i18n } = useTranslation('overview');
  const language = languageOf(i18n.language);
  const all = gaps.length + parts.length;
  return (
    <Card
      title={t('gaps')}
      note={all > fewRows ? t('shownOf', { shown: fewRows, all }) : ''}
      more={<TextLink href={clientHref(view.caseId, 'plan')}>{t('openPlan')}</TextLink>}
      className="overview-gaps"
    >
      {all === 0 ? (
        <EmptyState>{t('noGaps')}</EmptyState>
      ) : (
        <ul className="list">
          <PartGapRows gaps={parts.slice(0, fewRows)} caseId={view.caseId} isLink />
          {gaps.slice(0, Math.max(0, fewRows - parts.length)).map((gap) => (
            <li key={`${gap.node.id}-${gap.gap}`}>
              <GapSign gap={gap.gap} />
              <span className="overview-line" title={titleOf(gap.node, language)}>
                <TextLink href={clientHref(view.caseId, 'plan', { recordId: gap.node.id })}>
                  <PlainText text={`${gap.node.number} ${titleOf(gap.node, language)}`.trim()} />
                </TextLink>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};

/** The latest notes, each with who wrote it. */
export const NotesCard = ({ view, directory, isReadOnly }: Omit<CardProps, 'tree'>) => {
  const { t } = useTranslation(['overview', 'records']);
  const today = useToday();
  const notes = useMemo(() => notesOf(view), [view]);
  // The last visit takes the place of two.
  const few = !isReadOnly && standingVisits(view).length > 0 ? fewRows - 2 : fewRows;
  return (
    <Card
      title={t('notes')}
      {...(notes.length > few ? { note: t('shownOf', { shown: few, all: notes.length }) } : {})}
      more={<TextLink href={clientHref(view.caseId, 'notes')}>{t('toNotes')}</TextLink>}
      className="overview-notes"
    >
      {!isReadOnly && <LastVisit view={view} directory={directory} />}
      {notes.length === 0 ? (
        <EmptyState>{t('noNotes')}</EmptyState>
      ) : (
        <ul className="list">
          {notes.slice(0, few).map(({ record, entry, written, correctedBy }) => (
            <li key={record.id} className="overview-note">
              <ProfessionMark profession={written.profession} />
              <span className="overview-line grow" title={entry.text.slice(0, 400)}>
                <PlainText text={entry.text} />
              </span>
              <span className="muted text-xs nowrap" title={t(`records:noteKind.${entry.kind}`)}>
                {formatShortDate(entry.happenedAt.slice(0, 10), today)} ·{' '}
                {directory.nameOf(written.authorId) ?? t('records:someone')}
              </span>
              {correctedBy !== null && <Tag tone="warn">{t('corrected')}</Tag>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};
