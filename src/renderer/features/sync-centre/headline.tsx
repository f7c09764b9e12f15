import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '#shared/contract/views.ts';
import {
  formatClock,
  formatDateTime,
  formatRelative,
  languageOf,
} from '#renderer/components/format.ts';
import { SyncDrawing } from '#renderer/components/sync-sign.tsx';
import { useNow } from '#renderer/store/use-now.ts';
import { syncStateOf } from './sync-state.ts';

/** In one look: what waits here, and since when the region has had everything. */
export const Headline = ({ status }: { readonly status: SyncStatus }) => {
  const { t, i18n } = useTranslation('sync');
  const now = useNow();
  const language = languageOf(i18n.language);
  const state = syncStateOf(status);
  return (
    <section className="card sync-headline" aria-label={t('stateNow')}>
      <span className={`sync-sign sync-line sync-${state.kind} sync-large`}>
        <SyncDrawing kind={state.kind} />
      </span>
      <div className="grow">
        <h2 className="sync-big">
          {status.waiting > 0
            ? t('waitingHere', { count: status.waiting })
            : status.regionHasAll
              ? t('regionHasAll')
              : t('nothingWaits')}
        </h2>
        <p>
          {status.oldestWaitingSince !== null &&
            `${t('oldest', { since: formatRelative(status.oldestWaitingSince, now, language) })} `}
          {status.nextTryMs !== null && (status.state === 'offline' || status.state === 'trouble')
            ? t(`nextTry.${status.state}`, { clock: formatClock(status.nextTryMs, language) })
            : t(`state.${status.state}`)}{' '}
          {t('safe')}
          {status.inReview > 0 && ` ${t('reviewed.headline', { count: status.inReview })}`}
        </p>
      </div>
      <dl className="sync-facts">
        <dt>{t('lastPull')}</dt>
        <dd>
          {status.lastCompletePull === null
            ? t('never')
            : formatDateTime(status.lastCompletePull, language)}
        </dd>
        <dt>{t('oldestLabel')}</dt>
        <dd>
          {status.oldestWaitingSince === null
            ? '–'
            : formatDateTime(status.oldestWaitingSince, language)}
        </dd>
        {status.lease && (
          <>
            <dt>{t('lease')}</dt>
            <dd>
              {status.lease.isOver
                ? t('leaseOver')
                : t('leaseUntil', { moment: formatDateTime(status.lease.untilMs, language) })}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
};
