import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { TextLink } from '#renderer/components/button.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { SyncDrawing } from '#renderer/components/sync-sign.tsx';
import { useReadReceiptsQuery, useSyncStatusQuery } from '#renderer/store/calls/sync-api.ts';
import { isWaiting } from '#renderer/store/reading.ts';
import { syncHref } from '#renderer/store/route.ts';
import { useNow } from '#renderer/store/use-now.ts';

/**
 * Where own records of a visit are: here alone, in the region with the time of its receipt, or not taken.
 * Told of these records by themselves, never of a connection.
 */
export const VisitReceipt = ({
  view,
  records,
}: {
  readonly view: ClientView;
  readonly records: readonly RecordView[];
}) => {
  const { t, i18n } = useTranslation('visit');
  const language = languageOf(i18n.language);
  const now = useNow();
  const { data: sync } = useSyncStatusQuery();
  const changeIds = records.flatMap((record) =>
    Object.values(record.groups).flatMap(({ heads }) => heads.map(({ changeId }) => changeId)),
  );
  const { data } = useReadReceiptsQuery({ changeIds });
  if (view.refused.some(({ recordId }) => records.some(({ id }) => id === recordId))) {
    return (
      <Banner
        tone="bad"
        shape="box"
        announce="polite"
        actions={<TextLink href={syncHref}>{t('readRefused')}</TextLink>}
      >
        {t('receipt.refused')}
      </Banner>
    );
  }
  const waits = records.some(isWaiting);
  const times = (data?.receipts ?? []).map(({ atMs }) => atMs);
  const kind = waits ? (sync?.state === 'offline' ? 'offline' : 'only-here') : 'region-has-all';
  return (
    <p className={`visit-receipt sync-sign sync-line sync-${kind}`} role="status">
      <SyncDrawing kind={kind} />
      <span>
        {waits
          ? t(kind === 'offline' ? 'receipt.offline' : 'receipt.here')
          : times.length === 0
            ? t('receipt.region')
            : t('receipt.regionAt', { moment: formatMoment(Math.max(...times), now, language) })}
      </span>
    </p>
  );
};
