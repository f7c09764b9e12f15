import { useTranslation } from 'react-i18next';
import { Card } from '#renderer/components/card.tsx';
import { formatMoment, languageOf, type Language } from '#renderer/components/format.ts';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import {
  useAboutDeviceQuery,
  useOwnDevicesQuery,
  useSyncStatusQuery,
} from '#renderer/store/calls/sync-api.ts';
import { useNow } from '#renderer/store/use-now.ts';

const dayMs = 86_400_000;
/** A device that has been away so long may hold work that nobody else has. */
const quietDays = 2;

const OtherDevice = ({
  name,
  lastSeenMs,
  now,
  language,
}: {
  readonly name: string;
  readonly lastSeenMs: number;
  readonly now: number;
  readonly language: Language;
}) => {
  const { t } = useTranslation('sync');
  const days = Math.floor((now - lastSeenMs) / dayMs);
  return (
    <li>
      <Icon name="laptop" size={15} />
      <span className="grow">
        <PlainText text={name} />
        <br />
        <span className="muted text-xs">
          {t('device.lastSeen', { moment: formatMoment(lastSeenMs, now, language) })}
        </span>
      </span>
      {days >= quietDays && <Tag tone="warn">{t('device.quiet', { count: days })}</Tag>}
    </li>
  );
};

/** This computer, and the others on which the person works: one that is quiet may hold unsent work. */
export const DeviceCard = () => {
  const { t, i18n } = useTranslation('sync');
  const language = languageOf(i18n.language);
  const now = useNow();
  const { data: about } = useAboutDeviceQuery();
  const { data: status } = useSyncStatusQuery();
  const { data: devices, isError } = useOwnDevicesQuery();
  if (!about) return undefined;
  const others = devices?.rows.filter(({ id }) => id !== about.deviceId) ?? [];
  return (
    <Card title={t('device.title')}>
      <ul className="list sync-devices">
        <li>
          <Icon name="laptop" size={15} />
          <span className="grow">
            <b>{t('device.this')}</b>, <PlainText text={about.name} />
            <br />
            <span className="muted text-xs">
              {t('device.waiting', { count: status?.waiting ?? 0 })} ·{' '}
              {t('device.clients', { count: about.clients })}
            </span>
          </span>
          <Tag tone="ok">{t('device.inUse')}</Tag>
        </li>
        {others.map(({ id, name, lastSeenMs }) => (
          <OtherDevice key={id} name={name} lastSeenMs={lastSeenMs} now={now} language={language} />
        ))}
      </ul>
      {isError && <p className="muted text-s">{t('device.othersOffline')}</p>}
    </Card>
  );
};
