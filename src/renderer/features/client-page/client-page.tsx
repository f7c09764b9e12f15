import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { TabBar } from '#renderer/components/tab-bar.tsx';
import { useDirectory, type Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import {
  clientHref,
  clientsHref,
  clientTabs,
  goTo,
  syncHref,
  type ClientTab,
  type Route,
} from '#renderer/store/route.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { DetailsPage } from '../client-details/index.ts';
import { FamilyPage } from '../family-page/index.ts';
import { HistoryPage } from '../history/index.ts';
import { MeetingLine, MeetingPage, useIsMeetingOn } from '../meeting/index.ts';
import { NotesPage } from '../notes/index.ts';
import { OpeningLines, ProtectedLine } from '../openings/index.ts';
import { OverviewPage } from '../overview/index.ts';
import { PermissionsPage } from '../permissions/index.ts';
import { PlanTab } from '../plan-parts/index.ts';
import { PlanPrintPage } from '../plan-print/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { TeamPage } from '../team/index.ts';
import { UndoNote } from '../undo/index.ts';
import { unseenCounts, unseenOf } from '../unseen/index.ts';
import { ClientLogPage } from '../use-log/index.ts';
import { VisitPage } from '../visit/index.ts';
import { ClientHead } from './client-head.tsx';
import { RightEnded } from './right-ended.tsx';
import { Settling } from './settling.tsx';
import { useBegin } from './use-begin.ts';
import { useDoor } from './use-door.ts';
import './client-page.css';

type ClientRoute = Extract<Route, { readonly page: 'client' }>;

type TabProps = {
  readonly route: ClientRoute;
  readonly view: ClientView;
  readonly directory: Directory;
};

const Tab = ({ route, view, directory }: TabProps) => {
  const { recordId, settle } = route;
  if (recordId !== null && settle !== null) {
    return <Settling view={view} recordId={recordId} group={settle} directory={directory} />;
  }
  switch (route.tab) {
    case 'plan':
      return <PlanTab view={view} directory={directory} recordId={recordId} group={route.group} />;
    case 'print':
      return <PlanPrintPage view={view} directory={directory} />;
    case 'family':
      return <FamilyPage view={view} directory={directory} />;
    case 'meeting':
      return <MeetingPage view={view} directory={directory} recordId={recordId} />;
    case 'team':
      return <TeamPage view={view} directory={directory} recordId={recordId} />;
    case 'permissions':
      return <PermissionsPage view={view} directory={directory} recordId={recordId} />;
    case 'notes':
      return <NotesPage view={view} directory={directory} recordId={recordId} />;
    case 'details':
      return <DetailsPage view={view} directory={directory} />;
    case 'log':
      return <ClientLogPage view={view} />;
    case 'history':
      return <HistoryPage view={view} directory={directory} place={route} />;
    case 'visit':
      return <VisitPage view={view} directory={directory} recordId={recordId} />;
    default:
      return <OverviewPage view={view} directory={directory} />;
  }
};

/** Pages that belong to the plan's tab. */
const planPages: ReadonlySet<ClientTab> = new Set(['print', 'meeting', 'family']);

const Tabs = ({ route, view }: { readonly route: ClientRoute; readonly view: ClientView }) => {
  const { t } = useTranslation('client');
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const counts: Readonly<Partial<Record<ClientTab, number>>> = useMemo(
    () => unseenCounts(unseenOf(view, ownId)),
    [view, ownId],
  );
  const names: Readonly<Record<(typeof clientTabs)[number], string>> = {
    overview: t('tab.overview'),
    plan: t('tab.plan'),
    team: t('tab.team'),
    permissions: t('tab.permissions'),
    notes: t('tab.notes'),
    details: t('tab.details'),
    log: t('tab.log'),
    history: t('tab.history'),
    visit: t('tab.visit'),
  };
  return (
    <TabBar
      label={t('tabs')}
      current={planPages.has(route.tab) ? 'plan' : route.tab}
      items={clientTabs.map((id) => ({
        id,
        label: names[id],
        href: clientHref(route.caseId, id),
        changed: counts[id] ?? 0,
      }))}
    />
  );
};

/** Quiet places of the size of what is coming, so that nothing jumps when it comes. */
const Pending = () => {
  const { t } = useTranslation('client');
  return (
    <>
      <div className="client-bar" aria-busy="true">
        <h1 className="client-pending">{t('opening')}</h1>
      </div>
      <div className="tab-bar client-pending-tabs" />
    </>
  );
};

const Failed = ({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) => {
  const { t } = useTranslation('client');
  const words = useProblemWords();
  return (
    <div className="page-body client-failed">
      <h1>{t('failed')}</h1>
      <Banner
        tone="warn"
        shape="box"
        announce="polite"
        actions={<Button onPress={onAgain}>{t('again')}</Button>}
      >
        {words(problemOf(error))}
      </Banner>
      <TextLink href={clientsHref}>{t('toClients')}</TextLink>
    </div>
  );
};

/** How the client was found goes to the log once; the address then forgets it, so that Back tells no search. */
const useFoundBy = ({
  caseId,
  tab,
  recordId,
  settle,
  group,
  on,
  from,
}: ClientRoute): ClientRoute['from'] => {
  const [first] = useState(from);
  useEffect(() => {
    if (from === 'search') {
      goTo(clientHref(caseId, tab, { recordId, settle, group, on }), 'replace');
    }
  }, [caseId, tab, recordId, settle, group, on, from]);
  return first;
};

const useIsWriting = (caseId: Id): boolean =>
  useAppSelector(({ editing }) =>
    Object.values(editing).some((edited) => edited.caseId === caseId && edited.state !== 'written'),
  );

/** One client: who it is, why one sees this, and the tabs. */
export const ClientPage = ({ route }: { readonly route: ClientRoute }) => {
  const { caseId } = route;
  const directory = useDirectory();
  const from = useFoundBy(route);
  const door = useDoor(caseId, from, useIsWriting(caseId));
  useBegin(door.state === 'open');
  const [endedByOwn, setEndedByOwn] = useState(false);

  if (door.state === 'opening') return <Pending />;
  if (door.state === 'failed') return <Failed error={door.error} onAgain={door.again} />;
  if (door.state === 'ended') {
    const why = door.why === 'taken' && endedByOwn ? 'own' : door.why;
    return <RightEnded caseId={caseId} directory={directory} why={why} />;
  }
  return (
    <OpenPage
      route={route}
      view={door.view}
      directory={directory}
      onEnd={() => setEndedByOwn(true)}
    />
  );
};

/** The client's page with its head and tabs; a meeting on the screen stands alone. */
const OpenPage = ({ onEnd, ...props }: TabProps & { readonly onEnd: () => void }) => {
  const { t } = useTranslation('client');
  const { route, view, directory } = props;
  const { caseId, tab } = route;
  const isMeetingOn = useIsMeetingOn(view);
  // On a shared screen there is nothing but what everybody present may see.
  if (tab === 'meeting' && route.recordId === null && isMeetingOn) return <Tab {...props} />;
  return (
    <>
      <ClientHead view={view} directory={directory} />
      <Tabs route={route} view={view} />
      <MeetingLine view={view} />
      <OpeningLines view={view} onEnd={onEnd} />
      {(tab === 'overview' || tab === 'permissions') && <ProtectedLine caseId={caseId} />}
      {(view.unread.whole || view.unread.places.length > 0) && (
        <Banner
          tone="warn"
          announce="polite"
          actions={<TextLink href={syncHref}>{t('readUnread')}</TextLink>}
        >
          {t(view.unread.whole ? 'unreadWhole' : 'unread')}
        </Banner>
      )}
      {view.refused.length > 0 && (
        <Banner
          tone="bad"
          announce="polite"
          actions={<TextLink href={syncHref}>{t('readRefused')}</TextLink>}
        >
          {t('refused', { count: view.refused.length })}
        </Banner>
      )}
      <Tab {...props} />
      <UndoNote view={view} directory={directory} />
    </>
  );
};
