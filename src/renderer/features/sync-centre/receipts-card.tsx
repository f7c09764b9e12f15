import { useTranslation } from 'react-i18next';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { useAboutDeviceQuery } from '#renderer/store/calls/sync-api.ts';
import { useNow } from '#renderer/store/use-now.ts';

/** What the region has said that it has, the newest first. */
export const ReceiptsCard = () => {
  const { t, i18n } = useTranslation(['sync', 'records']);
  const language = languageOf(i18n.language);
  const now = useNow();
  const { data: about } = useAboutDeviceQuery();
  if (!about) return undefined;
  return (
    <Card title={t('receipts.title')} footer={t('receipts.looks')}>
      {about.receipts.length === 0 ? (
        <EmptyState>{t('receipts.none')}</EmptyState>
      ) : (
        <ol className="list sync-receipts">
          {about.receipts.map(({ atMs, kind, group, clientName }, index) => (
            // The rows have no names of their own, and the list is replaced whole.
            <li key={index}>
              <span className="muted text-s">{formatMoment(atMs, now, language)}</span>
              <span className="grow cut">
                {t([`records:group.${kind}.${group}`, 'records:group.unknown'])}
                {clientName !== null && (
                  <>
                    , <PlainText text={clientName} />
                  </>
                )}
              </span>
              <span className="sync-held">
                <Icon name="check" size={13} /> {t('receipts.atRegion')}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
};
