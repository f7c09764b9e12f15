import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '#shared/contract/views.ts';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { formatDuration, formatNumber, languageOf } from '#renderer/components/format.ts';
import { ProgressBar } from '#renderer/components/progress-bar.tsx';
import { useHoldSyncMutation } from '#renderer/store/calls/sync-api.ts';

/** How far a first fetch has come, how long it goes on, and how to stop it for a time. */
export const FirstSyncCard = ({
  firstSync: { done, waiting, leftMs, held },
}: {
  readonly firstSync: NonNullable<SyncStatus['firstSync']>;
}) => {
  const { t, i18n } = useTranslation('sync');
  const language = languageOf(i18n.language);
  const [hold, { isLoading }] = useHoldSyncMutation();
  const all = done + waiting;
  const left =
    leftMs === null || held ? '' : ` · ${t('left', { time: formatDuration(leftMs, language) })}`;
  return (
    <Card title={t('firstSync')}>
      <ProgressBar
        label={t('firstSyncLabel')}
        share={done / Math.max(1, all)}
        words={`${formatNumber(done, language)} / ${formatNumber(all, language)}${left}`}
        action={
          <Button isPending={isLoading} onPress={() => void hold({ held: !held })}>
            {held ? t('fetchOn') : t('hold')}
          </Button>
        }
      />
      <p className="muted text-s">{held ? t('heldNote') : t('firstSyncNote')}</p>
    </Card>
  );
};
