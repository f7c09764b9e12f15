import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatDateTime, formatTime, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { useReadEmergenciesQuery } from '#renderer/store/calls/log-api.ts';
import { useDirectory, type Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';
import { groundOf, type Emergency } from './entry-words.ts';
import type { WhoseLog } from './find-log-card.tsx';
import { LogLink } from './log-link.tsx';
import { LogScroll } from './log-scroll.tsx';
import type { Period } from './period-fields.tsx';
import { ReviewDialog } from './review-dialog.tsx';

type RowProps = {
  readonly row: Emergency;
  readonly directory: Directory;
  readonly onReview: () => void;
  readonly onOpenLog: (whose: WhoseLog) => void;
};

const EmergencyRow = ({ row, directory, onReview, onOpenLog }: RowProps) => {
  const { t, i18n } = useTranslation('useLog');
  const language = languageOf(i18n.language);
  const person = directory.nameOf(row.personId) ?? t('unknownPerson');
  const reviewer = directory.nameOf(row.reviewedBy) ?? t('unknownPerson');
  return (
    <tr>
      <td className="nowrap">
        {formatDateTime(row.fromMs, language)} –{' '}
        {formatTime(Math.min(row.untilMs, row.endedMs ?? row.untilMs), language)}
      </td>
      <th scope="row">
        <ProfessionName
          profession={directory.professionOf(row.personId)}
          person={person}
          withProfession
        />
      </th>
      <td>
        <LogLink caseId={row.caseId} clientName={row.clientName} onOpenLog={onOpenLog} />
      </td>
      <td>
        {t(`kind.${row.kind}`)} {row.offline && <Tag tone="line">{t('offline')}</Tag>}
        <span className="muted use-log-second">{groundOf(t, row, language)}</span>
        <span className="use-log-second">
          <PlainText text={row.reason} />
        </span>
      </td>
      <td className="nowrap">{t('looks', { count: row.looks })}</td>
      <td>
        {row.reviewedMs === null ? (
          <Button aria-label={t('emergencies.reviewOf', { name: person })} onPress={onReview}>
            {t('emergencies.review')}
          </Button>
        ) : (
          <>
            <Tag tone="ok" icon="check">
              {t('emergencies.reviewed')}
            </Tag>
            <span className="muted use-log-second">
              <PlainText text={reviewer} />, {formatDateTime(row.reviewedMs, language)}
            </span>
            <span className="use-log-second">
              <PlainText text={row.reviewNote} />
            </span>
          </>
        )}
      </td>
    </tr>
  );
};

/** Clients opened on a ground or in an emergency; each is looked into once, by somebody else. */
export const EmergenciesCard = ({
  period,
  onOpenLog,
}: {
  readonly period: Period;
  readonly onOpenLog: (whose: WhoseLog) => void;
}) => {
  const { t } = useTranslation('useLog');
  const words = useProblemWords();
  const directory = useDirectory();
  const [which, setWhich] = useState<'open' | 'all'>('open');
  const [reviewing, setReviewing] = useState<Emergency | null>(null);
  const { data, error } = useReadEmergenciesQuery({ ...period, onlyOpen: which === 'open' });
  return (
    <Card
      title={t('emergencies.title')}
      note={t('emergencies.note')}
      more={
        <SegmentedControl
          label={t('emergencies.which')}
          segments={[
            { id: 'open', label: t('emergencies.unreviewed') },
            { id: 'all', label: t('emergencies.all') },
          ]}
          value={which}
          onChange={setWhich}
        />
      }
      flush
    >
      {error !== undefined && (
        <Banner tone="bad" shape="box">
          {words(problemOf(error))}
        </Banner>
      )}
      {data?.rows.length === 0 && <EmptyState>{t('emergencies.none')}</EmptyState>}
      {data !== undefined && data.rows.length > 0 && (
        <LogScroll label={t('emergencies.title')}>
          <thead>
            <tr>
              <th scope="col">{t('column.time')}</th>
              <th scope="col">{t('column.person')}</th>
              <th scope="col">{t('column.client')}</th>
              <th scope="col">{t('column.groundAndReason')}</th>
              <th scope="col">{t('column.looks')}</th>
              <th scope="col">{t('column.review')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <EmergencyRow
                key={row.openingId}
                row={row}
                directory={directory}
                onReview={() => setReviewing(row)}
                onOpenLog={onOpenLog}
              />
            ))}
          </tbody>
        </LogScroll>
      )}
      {reviewing !== null && (
        <ReviewDialog
          opening={reviewing}
          person={directory.nameOf(reviewing.personId) ?? t('unknownPerson')}
          onClose={() => setReviewing(null)}
        />
      )}
    </Card>
  );
};
