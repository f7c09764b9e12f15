import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { SyncSign } from '#renderer/components/sync-sign.tsx';
import { useReadReviewedQuery, useSyncStatusQuery } from '#renderer/store/calls/sync-api.ts';
import { goTo, syncHref } from '#renderer/store/route.ts';
import { lock } from '#renderer/store/session-actions.ts';
import { useAppDispatch } from '#renderer/store/store.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { syncStateOf } from './sync-state.ts';

/** Here and region, on every page; a press opens the sync centre. */
export const SyncInBar = () => {
  const { data } = useSyncStatusQuery();
  const now = useNow();
  if (!data) return undefined;
  return <SyncSign state={syncStateOf(data)} now={now} onPress={() => goTo(syncHref)} />;
};

/** How many things in the sync centre ask for a person. */
export const useSyncCount = (): number => {
  const { data } = useSyncStatusQuery();
  const { data: reviewed } = useReadReviewedQuery();
  const returned = reviewed?.rows.filter((row) => row.state === 'returned').length ?? 0;
  if (!data) return 0;
  const { incoming, clients } = data.setAside;
  const brake = data.brake?.waiting === false ? 1 : 0;
  return data.refused + data.conflicts + incoming + clients + brake + returned;
};

/** The line under the top bar while the region is away: what works, and what to do if anything. */
export const SyncBanner = () => {
  const { t } = useTranslation('sync');
  const dispatch = useAppDispatch();
  const { data } = useSyncStatusQuery();
  if (data?.lease?.isOver === true && data.state !== 'trouble') {
    return (
      <Banner
        tone="warn"
        icon="offline"
        announce="polite"
        {...(data.state === 'signed-out' && {
          actions: <Button onPress={() => void dispatch(lock())}>{t('banner.signIn')}</Button>,
        })}
      >
        {t('banner.leaseOver')}
      </Banner>
    );
  }
  if (data?.brake?.waiting === false) {
    return (
      <Banner
        tone="warn"
        announce="polite"
        actions={<TextLink href={syncHref}>{t('banner.details')}</TextLink>}
      >
        {t('banner.brake')}
      </Banner>
    );
  }
  if (data?.state === 'offline') {
    return (
      <Banner tone="info" icon="offline" announce="polite">
        {t('banner.offline')}
      </Banner>
    );
  }
  if (data?.state === 'signed-out') {
    return (
      <Banner
        tone="info"
        announce="polite"
        actions={<Button onPress={() => void dispatch(lock())}>{t('banner.signIn')}</Button>}
      >
        {t('banner.signedOut')}
      </Banner>
    );
  }
  if (data?.state === 'trouble') {
    return (
      <Banner
        tone="warn"
        announce="polite"
        actions={<TextLink href={syncHref}>{t('banner.details')}</TextLink>}
      >
        {t('banner.trouble')}
      </Banner>
    );
  }
  return undefined;
};
