import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fullName, type Person } from '#shared/domain/directory.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { AppFrame, type RailItem } from '#renderer/components/app-frame.tsx';
import { Banner } from '#renderer/components/banner.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { useDirectory } from '#renderer/store/people.ts';
import { densityToggled } from '#renderer/store/preferences.ts';
import {
  clientHref,
  clientTabs,
  dayHref,
  goTo,
  parseRoute,
  useRoute,
  type Route,
} from '#renderer/store/route.ts';
import { lock } from '#renderer/store/session-actions.ts';
import { undoLast } from '#renderer/store/undo/undo.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';
import { besideAsked, besideTabs, besideTurned } from '#renderer/store/beside.ts';
import { AbsencesPage } from '../features/absences/index.ts';
import { AdministrationPage, administrationTabs } from '../features/administration/index.ts';
import {
  BesidePane,
  ChooseBeside,
  SideSwitch,
  useClientName,
  useSides,
} from '../features/beside/index.ts';
import { ClientPage } from '../features/client-page/index.ts';
import { ClientsPage, type ClientsPageProps } from '../features/clients/index.ts';
import { FindPalette } from '../features/find/index.ts';
import { MyDayPage, useWorkCount } from '../features/my-day/index.ts';
import { ReviewsPage, useReviewCount } from '../features/reviews/index.ts';
import { KeyList, SettingsPage } from '../features/settings/index.ts';
import { SyncBanner, SyncInBar, SyncPage, useSyncCount } from '../features/sync-centre/index.ts';
import { OwnLogPage, PrivacyReviewPage } from '../features/use-log/index.ts';
import { ClientDialogs, noClientDialog } from './client-dialogs.tsx';
import { FailureBoundary } from './failure-boundary.tsx';
import { useKeys } from './keys.ts';
import { mayVisit, menuItems } from './menu.ts';
import { useWorkCommands } from './use-work-commands.ts';

const Page = ({ route, ...clients }: ClientsPageProps & { readonly route: Route }) => {
  switch (route.page) {
    case 'day':
      return <MyDayPage />;
    case 'clients':
      return <ClientsPage {...clients} />;
    case 'client':
      return <ClientPage key={route.caseId} route={route} />;
    case 'reviews':
      return <ReviewsPage />;
    case 'absences':
      return <AbsencesPage />;
    case 'sync':
      return <SyncPage />;
    case 'log':
      return <OwnLogPage />;
    case 'privacy':
      return <PrivacyReviewPage />;
    case 'administration':
      return <AdministrationPage tab={route.tab} />;
    case 'settings':
      return <SettingsPage />;
    default:
      return assertNever(route);
  }
};

const placeOf = (route: Route): string => {
  if (route.page === 'client') return `${route.caseId}/${route.tab}`;
  return route.page === 'administration' ? `${route.page}/${route.tab ?? ''}` : route.page;
};

const clientList: Route = { page: 'clients' };

/** By a key: the focus leaves what goes, and the new page places it. */
const goByKey = (href: string): void => {
  // One's own day is where the window begins, before it has an address.
  const isHere = href === dayHref && parseRoute(location.hash).page === 'day';
  if (isHere || location.hash === href) return;
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  goTo(href);
};

/** Top bar, menu and page for somebody whose case file is open. */
export const WorkFrame = ({ person }: { readonly person: Person }) => {
  const { t } = useTranslation(['app', 'undo']);
  const asked = useRoute();
  const dispatch = useAppDispatch();
  const directory = useDirectory();
  const isShared = useAppSelector((state) => state.sharedScreen);
  const isConnected = useAppSelector((state) => state.session.connected);
  // The directory knows of duties given or taken since the desk was opened.
  const { duties } = directory.people.get(person.id) ?? person;
  const route = mayVisit(asked.page, duties) ? asked : clientList;
  const work = useWorkCount();
  const reviews = useReviewCount();
  const waiting = useSyncCount();
  const [isFinding, setFinding] = useState(false);
  const [dialog, setDialog] = useState(noClientDialog);
  const begin = useCallback(() => setDialog((before) => ({ ...before, shown: 'new' })), []);
  const findInRegion = useCallback(
    (code: string) =>
      setDialog((before) => ({
        ...before,
        shown: 'region',
        regionCode: code === '' ? before.regionCode : code,
      })),
    [],
  );
  const [showsKeys, setShowsKeys] = useState(false);
  const showKeys = useCallback(() => setShowsKeys(true), []);
  const main = useRef<HTMLElement>(null);
  const place = placeOf(route);
  const sides = useSides(route, main);
  const { beside, isInPane, swap, toOther } = sides;

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
    () =>
      menuItems({
        duties,
        page: route.page,
        work,
        reviews,
        sync: waiting,
        administrationTab: administrationTabs[0],
      }).map((item) => ({ ...item, label: t(`menu.${item.id}`) })),
    [t, duties, route.page, work, reviews, waiting],
  );

  const caseId = route.page === 'client' ? route.caseId : null;
  const ownName = useClientName(caseId);
  const besideName = useClientName(beside?.caseId ?? null);
  const isPrintPage = route.page === 'client' && route.tab === 'print';
  useKeys(
    useMemo(
      () => ({
        find: () => setFinding(true),
        lock: () => void dispatch(lock()),
        keys: showKeys,
        undo: () => {
          // What is only read has nothing of one's own to take back.
          if (caseId === null || isInPane()) return false;
          void dispatch(undoLast(caseId, t('undo:reason')));
          return true;
        },
        print: () => {
          if (isInPane()) return true;
          if (caseId === null || isPrintPage) return false;
          goByKey(clientHref(caseId, 'print'));
          return true;
        },
        beside: () => {
          if (caseId === null) return false;
          dispatch(besideAsked());
          return true;
        },
        otherSide: toOther,
        density: () => void dispatch(densityToggled()),
        menu: (index) => {
          const item = items[index];
          if (item !== undefined) goByKey(item.href);
        },
        tab: (index) => {
          if (isInPane()) {
            const read = besideTabs[index];
            if (read !== undefined) dispatch(besideTurned({ tab: read, recordId: null }));
            return;
          }
          const tab = clientTabs[index];
          if (tab !== undefined && caseId !== null) goByKey(clientHref(caseId, tab));
        },
      }),
      [dispatch, t, caseId, isPrintPage, items, isInPane, toOther, showKeys],
    ),
  );

  const commands = useWorkCommands({
    caseId,
    items,
    hasBeside: beside !== null,
    onSwap: swap,
    onNew: begin,
    onKeys: showKeys,
  });
  const sought = useMemo(
    () => ({ what: isShared ? ('commands' as const) : ('anything' as const), commands }),
    [isShared, commands],
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
      {...(beside === null
        ? {}
        : {
            beside: {
              inSight: sides.inSight,
              ownName,
              sideSwitch: (
                <SideSwitch
                  side={sides.inSight === 'beside' ? 'beside' : 'own'}
                  ownName={ownName}
                  besideName={besideName}
                />
              ),
              pane: (
                <FailureBoundary place={beside.caseId}>
                  <BesidePane
                    key={beside.caseId}
                    beside={beside}
                    isHalf={sides.inSight === 'both'}
                    paneRef={sides.pane}
                    onSwap={swap}
                  />
                </FailureBoundary>
              ),
            },
          })}
    >
      <FailureBoundary place={place}>
        <Page route={route} onNew={begin} onFindInRegion={findInRegion} />
      </FailureBoundary>
      <FindPalette
        isOpen={isFinding}
        sought={sought}
        onClose={() => setFinding(false)}
        onFindInRegion={findInRegion}
      />
      {caseId !== null && <ChooseBeside ownCaseId={caseId} />}
      <ClientDialogs dialog={dialog} onChange={setDialog} person={person} directory={directory} />
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
