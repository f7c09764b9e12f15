import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { ageOn } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { ClientBar } from '#renderer/components/client-bar.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { TabBar } from '#renderer/components/tab-bar.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { useOpenClientQuery } from '#renderer/store/contract-api.ts';
import { useDirectory, type Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { conflictsOf, recordById } from '#renderer/store/reading.ts';
import {
  clientHref,
  clientsHref,
  clientTabs,
  goTo,
  syncHref,
  tabOfKind,
  type Route,
} from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { BehindRestraint, DetailsPage } from '../client-details/index.ts';
import { SettleExistence, SettleGroup } from '../conflicts/index.ts';
import { NotesPage } from '../notes/index.ts';
import { OverviewPage } from '../overview/index.ts';
import { PlanPage } from '../plan/index.ts';
import { clientFacts } from '../plan-model/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { TeamPage } from '../team/index.ts';
import './client-page.css';

type ClientRoute = Extract<Route, { readonly page: 'client' }>;

const Bar = ({ view, directory }: { readonly view: ClientView; readonly directory: Directory }) => {
  const { t } = useTranslation(['client', 'records']);
  const today = useToday();
  const facts = useMemo(() => clientFacts(view), [view]);
  const conflicts = view.records.reduce((count, record) => count + conflictsOf(record).length, 0);
  const unit = facts.unitId === null ? undefined : directory.units.get(facts.unitId)?.name;
  const words = [
    facts.birthDate === null ? undefined : t('age', { years: ageOn(facts.birthDate, today) }),
    facts.identity ?? undefined,
    facts.serviceLanguage === null
      ? undefined
      : t('serviceLanguage', { language: t(`records:language.${facts.serviceLanguage}`) }),
    unit,
  ].filter((word) => word !== undefined);
  return (
    <ClientBar
      name={facts.name === '' ? t('nameless') : facts.name}
      facts={words}
      tags={
        <>
          {facts.restraintOnDisclosure && (
            <Tag tone="bad" icon="alert">
              {t('records:restraint')}
            </Tag>
          )}
          {facts.interpreter && <Tag tone="info">{t('interpreter')}</Tag>}
          {conflicts > 0 && (
            <Tag tone="fork" icon="fork">
              {t('conflicts', { count: conflicts })}
            </Tag>
          )}
          {view.waiting > 0 && <Tag tone="line">{t('waiting', { changes: view.waiting })}</Tag>}
        </>
      }
      ground={t([`ground.${view.access.role}`, 'ground.team'])}
    />
  );
};

const Settling = ({
  view,
  recordId,
  group,
  directory,
}: {
  readonly view: ClientView;
  readonly recordId: Id;
  readonly group: string;
  readonly directory: Directory;
}) => {
  const { t } = useTranslation('client');
  const record = recordById(view, recordId);
  if (!record) return <EmptyState>{t('recordGone')}</EmptyState>;
  const close = (): void => goTo(clientHref(view.caseId, tabOfKind(record.kind), { recordId }));
  if (group === 'existence') {
    return <SettleExistence view={view} record={record} directory={directory} onClose={close} />;
  }
  const versions = (
    <SettleGroup
      key={`${recordId}/${group}`}
      view={view}
      record={record}
      group={group}
      directory={directory}
      onClose={close}
    />
  );
  return record.kind === 'client' && group === 'contact' ? (
    <BehindRestraint isRestrained={clientFacts(view).restraintOnDisclosure}>
      {versions}
    </BehindRestraint>
  ) : (
    versions
  );
};

const Tab = ({
  route,
  view,
  directory,
}: {
  readonly route: ClientRoute;
  readonly view: ClientView;
  readonly directory: Directory;
}) => {
  if (route.recordId !== null && route.settle !== null) {
    return (
      <Settling view={view} recordId={route.recordId} group={route.settle} directory={directory} />
    );
  }
  switch (route.tab) {
    case 'plan':
      return <PlanPage view={view} directory={directory} recordId={route.recordId} />;
    case 'team':
      return <TeamPage view={view} directory={directory} recordId={route.recordId} />;
    case 'details':
      return <DetailsPage view={view} directory={directory} />;
    case 'notes':
      return <NotesPage view={view} directory={directory} recordId={route.recordId} />;
    default:
      return <OverviewPage view={view} directory={directory} />;
  }
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

/** One client: who it is, why one sees this, and the tabs. */
export const ClientPage = ({ route }: { readonly route: ClientRoute }) => {
  const { t } = useTranslation('client');
  const words = useProblemWords();
  const directory = useDirectory();
  const { data: view, error, refetch } = useOpenClientQuery({ caseId: route.caseId });
  if (error !== undefined) {
    const problem = problemOf(error);
    const isTransient = problem.code === 'connection-lost' && view !== undefined;
    if (!isTransient) {
      return (
        <div className="page-body client-failed">
          <h1>{t('failed')}</h1>
          <Banner
            tone="warn"
            shape="box"
            announce="polite"
            actions={<Button onPress={() => void refetch()}>{t('again')}</Button>}
          >
            {words(problem)}
          </Banner>
          <TextLink href={clientsHref}>{t('toClients')}</TextLink>
        </div>
      );
    }
  }
  if (!view) return <Pending />;
  const names = {
    overview: t('tab.overview'),
    plan: t('tab.plan'),
    team: t('tab.team'),
    notes: t('tab.notes'),
    details: t('tab.details'),
  };
  return (
    <>
      <Bar view={view} directory={directory} />
      <TabBar
        label={t('tabs')}
        current={route.tab}
        items={clientTabs.map((id) => ({
          id,
          label: names[id],
          href: clientHref(route.caseId, id),
        }))}
      />
      {view.refused.length > 0 && (
        <Banner
          tone="bad"
          announce="polite"
          actions={<TextLink href={syncHref}>{t('readRefused')}</TextLink>}
        >
          {t('refused', { count: view.refused.length })}
        </Banner>
      )}
      <Tab route={route} view={view} directory={directory} />
    </>
  );
};
