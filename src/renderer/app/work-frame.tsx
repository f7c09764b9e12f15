import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fullName, type Person } from '#shared/domain/directory.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { AppFrame, type RailItem } from '#renderer/components/app-frame.tsx';
import { Banner } from '#renderer/components/banner.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { useDirectory } from '#renderer/store/people.ts';
import {
  clientHref,
  clientsHref,
  clientTabs,
  goTo,
  settingsHref,
  syncHref,
  useRoute,
  type Route,
} from '#renderer/store/route.ts';
import { lock } from '#renderer/store/session-actions.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';
import { ClientPage } from '../features/client-page/index.ts';
import { ClientsPage } from '../features/clients/index.ts';
import { FindPalette } from '../features/find/index.ts';
import { KeyList, SettingsPage } from '../features/settings/index.ts';
import { SyncBanner, SyncInBar, SyncPage, useSyncCount } from '../features/sync-centre/index.ts';
import { FailureBoundary } from './failure-boundary.tsx';
import { useKeys } from './keys.ts';

const Page = ({ route }: { readonly route: Route }) => {
  switch (route.page) {
    case 'clients':
      return <ClientsPage />;
    case 'client':
      return <ClientPage key={route.caseId} route={route} />;
    case 'sync':
      return <SyncPage />;
    case 'settings':
      return <SettingsPage />;
    default:
      return assertNever(route);
  }
};

const placeOf = (route: Route): string =>
  route.page === 'client' ? `${route.caseId}/${route.tab}` : route.page;

/** By a key: the focus leaves what goes, and the new page places it. */
const goByKey = (href: string): void => {
  if (location.hash === href) return;
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  goTo(href);
};

/** Top bar, menu and page for somebody whose case file is open. */
export const WorkFrame = ({ person }: { readonly person: Person }) => {
  const { t } = useTranslation('app');
  const route = useRoute();
  const dispatch = useAppDispatch();
  const directory = useDirectory();
  const isConnected = useAppSelector((state) => state.session.connected);
  const waiting = useSyncCount();
  const [isFinding, setFinding] = useState(false);
  const [showsKeys, setShowsKeys] = useState(false);
  const main = useRef<HTMLElement>(null);
  const place = placeOf(route);

  // A new page begins at its top, or where its work does, for the eye and for the screen reader.
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    const focused = document.activeElement;
    const isInside = focused !== main.current && main.current?.contains(focused) === true;
    if (isInside) return;
    (main.current?.querySelector<HTMLElement>('[data-begin]') ?? main.current)?.focus();
  }, [place]);

  const items = useMemo<readonly RailItem[]>(
    () => [
      { id: 'clients', label: t('menu.clients'), icon: 'people', href: clientsHref },
      { id: 'sync', label: t('menu.sync'), icon: 'sync', href: syncHref, count: waiting },
      { id: 'settings', label: t('menu.settings'), icon: 'gear', href: settingsHref, atFoot: true },
    ],
    [t, waiting],
  );

  const caseId = route.page === 'client' ? route.caseId : null;
  useKeys(
    useMemo(
      () => ({
        find: () => setFinding(true),
        lock: () => void dispatch(lock()),
        keys: () => setShowsKeys(true),
        menu: (index) => {
          const item = [clientsHref, syncHref, settingsHref][index];
          if (item !== undefined) goByKey(item);
        },
        tab: (index) => {
          const tab = clientTabs[index];
          if (tab !== undefined && caseId !== null) goByKey(clientHref(caseId, tab));
        },
      }),
      [dispatch, caseId],
    ),
  );

  const unit = person.unitId === null ? undefined : directory.units.get(person.unitId)?.name;
  return (
    <AppFrame
      person={{
        name: fullName(person),
        profession: person.profession,
        ...(unit === undefined ? {} : { unit }),
      }}
      items={items}
      current={route.page === 'client' ? 'clients' : route.page}
      sync={<SyncInBar />}
      banner={
        <>
          {!isConnected && (
            <Banner tone="warn" announce="assertive">
              {t('coreLost')}
            </Banner>
          )}
          <SyncBanner />
        </>
      }
      onFind={() => setFinding(true)}
      onLock={() => void dispatch(lock())}
      mainRef={main}
    >
      <FailureBoundary place={place}>
        <Page route={route} />
      </FailureBoundary>
      <FindPalette isOpen={isFinding} onClose={() => setFinding(false)} />
      <Dialog
        title={t('keysTitle')}
        isOpen={showsKeys}
        onClose={() => setShowsKeys(false)}
        width="narrow"
      >
        <KeyList />
      </Dialog>
    </AppFrame>
  );
};
