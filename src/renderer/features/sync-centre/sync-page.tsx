import { useTranslation } from 'react-i18next';
import { skipToken } from '@reduxjs/toolkit/query/react';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { PageHead } from '#renderer/components/page-head.tsx';
import { useSearchClientsQuery } from '#renderer/store/calls/clients-api.ts';
import {
  useReadOutboxQuery,
  useReadReviewedQuery,
  useSyncNowMutation,
  useSyncStatusQuery,
} from '#renderer/store/calls/sync-api.ts';
import { useDirectory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';
import { BrakeCard } from './brake-card.tsx';
import { ConflictsOfClient } from './conflict-rows.tsx';
import { DeviceCard } from './device-card.tsx';
import { FirstSyncCard } from './first-sync-card.tsx';
import { Headline } from './headline.tsx';
import { RefusedRow, WaitingRow } from './outbox-rows.tsx';
import { ReceiptsCard } from './receipts-card.tsx';
import { RekeyedBanner } from './rekeyed-banner.tsx';
import { ReviewedRow } from './reviewed-rows.tsx';
import { SetAsideCard } from './set-aside-card.tsx';
import { SupportReport } from './support-report.tsx';
import './sync-centre.css';

/** Clients with conflicts are few; more than this the list of clients finds by sorting. */
const mostClients = 50;
const mostRows = 200;

/** What is only here, what the region has, what asks for a person. */
export const SyncPage = () => {
  const { t } = useTranslation(['sync', 'problems']);
  const words = useProblemWords();
  const { data: status, error } = useSyncStatusQuery();
  const [syncNow, { isLoading }] = useSyncNowMutation();
  const { data: clients, error: clientsError } = useSearchClientsQuery(
    status
      ? { query: '', sort: 'conflicts', descending: true, offset: 0, limit: mostClients }
      : skipToken,
  );
  const { data: outbox, error: outboxError } = useReadOutboxQuery({ limit: mostRows });
  const { data: reviewed } = useReadReviewedQuery();
  const undecided = reviewed?.rows.filter((row) => row.state === 'review').length ?? 0;
  const directory = useDirectory();
  const withConflicts = clients?.rows.filter((row) => row.conflicts > 0) ?? [];
  const rows = outboxError === undefined ? (outbox?.rows ?? []) : [];
  const refused = rows.filter((row) => row.code !== null);
  const waiting = rows.filter((row) => row.code === null);
  return (
    <>
      <PageHead
        title={t('title')}
        note={t('note')}
        actions={
          <>
            <SupportReport />
            <Button
              variant="main"
              icon="sync"
              isPending={isLoading || status?.state === 'working'}
              onPress={() => void syncNow()}
            >
              {t('syncNow')}
            </Button>
          </>
        }
      />
      <div className="page-body sync-body">
        {error !== undefined && (
          <Banner tone="bad" shape="box">
            {words(problemOf(error))}
          </Banner>
        )}
        {status && <Headline status={status} />}
        {status?.problem && (
          <Banner tone="warn" shape="box" announce="polite">
            {t([`problems:sync.${status.problem}`, 'problems:sync.unknown'])}
          </Banner>
        )}
        {status?.brake && <BrakeCard directory={directory} />}
        {status && <SetAsideCard counts={status.setAside} directory={directory} />}
        {status?.deviceRekeyed && <RekeyedBanner atMs={status.deviceRekeyed.atMs} />}
        {status?.firstSync && <FirstSyncCard firstSync={status.firstSync} />}
        <div className="sync-columns">
          <div className="sync-column">
            <Card
              title={t('waitingTitle')}
              {...(status && waiting.length > 0 ? { note: String(status.waiting) } : {})}
            >
              {outboxError !== undefined ? (
                <EmptyState>{words(problemOf(outboxError))}</EmptyState>
              ) : waiting.length === 0 ? (
                <EmptyState>{t('nothingWaiting')}</EmptyState>
              ) : (
                <ul className="list">
                  {waiting.map((row) => (
                    <WaitingRow key={row.changeId} row={row} directory={directory} />
                  ))}
                </ul>
              )}
            </Card>
            {refused.length > 0 && (
              <Card
                title={<span className="sync-bad">{t('refusedTitle')}</span>}
                note={t('refusedNote')}
              >
                <ul className="list sync-list">
                  {refused.map((row) => (
                    <RefusedRow key={row.changeId} row={row} directory={directory} />
                  ))}
                </ul>
              </Card>
            )}
            <Card
              title={<span className="sync-fork">{t('conflictsTitle')}</span>}
              {...(status && status.conflicts > 0 ? { note: String(status.conflicts) } : {})}
            >
              {clientsError !== undefined ? (
                <EmptyState>{words(problemOf(clientsError))}</EmptyState>
              ) : withConflicts.length === 0 ? (
                <EmptyState>{t('noConflicts')}</EmptyState>
              ) : (
                <ul className="list sync-list">
                  {withConflicts.map((row) => (
                    <ConflictsOfClient key={row.caseId} row={row} />
                  ))}
                </ul>
              )}
            </Card>
            {reviewed && reviewed.rows.length > 0 && (
              <Card
                title={t('reviewed.title')}
                note={
                  undecided > 0
                    ? t('reviewed.count', { count: undecided })
                    : t('reviewed.allDecided')
                }
              >
                <ul className="list sync-list sync-reviewed">
                  {reviewed.rows.map((row) => (
                    <ReviewedRow key={row.changeId} row={row} directory={directory} />
                  ))}
                </ul>
              </Card>
            )}
          </div>
          <aside className="sync-column">
            <DeviceCard />
            <ReceiptsCard />
          </aside>
        </div>
      </div>
    </>
  );
};
