import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { useReadSetAsideQuery, useTryAgainMutation } from '#renderer/store/calls/sync-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';
import { IncomingRow, WaitingPlanRow } from './set-aside-rows.tsx';

/** What came and could not be read, and whose outbox waits because the server stumbles: nothing of it is lost. */
export const SetAsideCard = ({
  counts,
  directory,
}: {
  readonly counts: SyncStatus['setAside'];
  readonly directory: Directory;
}) => {
  const { t } = useTranslation('sync');
  const words = useProblemWords();
  const { data, error } = useReadSetAsideQuery();
  const [tryAgain, { isLoading, error: notTried }] = useTryAgainMutation();
  const [read, setRead] = useState<number | null>(null);
  const problem = error ?? notTried;
  const total = counts.incoming + counts.clients;
  if (total === 0 && read === null) return undefined;
  const again = async (): Promise<void> => {
    const tried = await tryAgain();
    if (tried.data) setRead(tried.data.read);
  };
  const unlisted = counts.incoming - (data?.incoming.length ?? counts.incoming);
  return (
    <Card
      title={t('setAside.title')}
      note={t('setAside.note')}
      more={
        total > 0 && (
          <Button isPending={isLoading} onPress={() => void again()}>
            {t('setAside.tryAgain')}
          </Button>
        )
      }
    >
      {problem !== undefined && (
        <Banner tone="warn" shape="box" announce="polite">
          {words(problemOf(problem))}
        </Banner>
      )}
      <p role="status" className="text-s">
        {read !== null && (read > 0 ? t('setAside.read', { count: read }) : t('setAside.noneRead'))}
      </p>
      {data && data.plans.length > 0 && (
        <>
          <h3>{t('setAside.outgoing')}</h3>
          <ul className="list sync-list">
            {data.plans.map((plan) => (
              <WaitingPlanRow
                key={plan.rows[0]?.changeId ?? plan.sinceMs}
                plan={plan}
                directory={directory}
              />
            ))}
          </ul>
        </>
      )}
      {data && data.incoming.length > 0 && (
        <>
          <h3>{t('setAside.incoming')}</h3>
          <ul className="list sync-list">
            {data.incoming.map((row) => (
              <IncomingRow key={row.hash} row={row} />
            ))}
          </ul>
          {unlisted > 0 && (
            <p className="muted text-s">{t('setAside.more', { count: unlisted })}</p>
          )}
        </>
      )}
    </Card>
  );
};
