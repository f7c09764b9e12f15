import { useTranslation } from 'react-i18next';
import { skipToken } from '@reduxjs/toolkit/query/react';
import type { ClientRow, ClientView, OutboxRowView, SyncStatus } from '#shared/contract/views.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import {
  formatDateTime,
  formatMoment,
  formatNumber,
  formatRelative,
  languageOf,
} from '#renderer/components/format.ts';
import { Icon } from '#renderer/components/icon.tsx';
import { PageHead } from '#renderer/components/page-head.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProgressBar } from '#renderer/components/progress-bar.tsx';
import { SyncDrawing } from '#renderer/components/sync-sign.tsx';
import {
  useDismissRefusedMutation,
  useOpenClientQuery,
  useReadOutboxQuery,
  useSearchClientsQuery,
  useSyncNowMutation,
  useSyncStatusQuery,
} from '#renderer/store/contract-api.ts';
import { useDirectory, type Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { conflictsOf } from '#renderer/store/reading.ts';
import { clientHref, tabOfKind } from '#renderer/store/route.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { useConflictSentence, useFieldText, useRecordName } from '../conflicts/index.ts';
import { fieldsOf, type FieldSpec } from '../editing/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { syncStateOf } from './sync-state.ts';
import './sync-centre.css';

const nameOf = (row: ClientRow): string => `${row.familyName} ${row.givenNames}`.trim();

/** Clients with conflicts are few; more than this the list of clients finds by sorting. */
const mostClients = 50;
const mostRows = 200;

/** What a change wrote, in words. References to other rows are told only where the client is open. */
const textsOf = (
  row: OutboxRowView,
  textOf: (spec: FieldSpec, value: JsonObject) => string,
): readonly { readonly spec: FieldSpec; readonly text: string }[] =>
  fieldsOf(row.kind, row.group)
    .filter((spec) => spec.type !== 'record')
    .map((spec) => ({ spec, text: textOf(spec, row.value as JsonObject) }))
    .filter(({ text }) => text !== '');

const RowHead = ({ row }: { readonly row: OutboxRowView }) => {
  const { t, i18n } = useTranslation(['sync', 'records']);
  const now = useNow();
  return (
    <span>
      {row.clientName === null ? (
        <b>{t('clientGone')}</b>
      ) : (
        <TextLink href={clientHref(row.caseId, tabOfKind(row.kind), { recordId: row.recordId })}>
          <PlainText text={row.clientName} />
        </TextLink>
      )}{' '}
      · {t([`records:kind.${row.kind}`, 'records:kind.unknown'])} ·{' '}
      {t([`records:group.${row.kind}.${row.group}`, 'records:group.unknown'])}{' '}
      <span className="muted">{formatMoment(row.time, now, languageOf(i18n.language))}</span>
    </span>
  );
};

const Refused = ({
  row,
  directory,
}: {
  readonly row: OutboxRowView;
  readonly directory: Directory;
}) => {
  const { t } = useTranslation(['sync', 'records', 'problems']);
  const textOf = useFieldText(null, directory);
  const [dismiss, { isLoading }] = useDismissRefusedMutation();
  return (
    <li>
      <Icon name="alert" size={15} />
      <div className="grow">
        <RowHead row={row} />
        <p>{t([`problems:refused.${row.code ?? ''}`, 'problems:refused.unknown'])}</p>
        <dl className="sync-text">
          {textsOf(row, textOf).map(({ spec, text }) => (
            <div key={spec.name}>
              <dt>{t(`records:field.${spec.label}`)}</dt>
              <dd>
                <PlainText text={text} multiline />
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <Button isPending={isLoading} onPress={() => void dismiss({ changeId: row.changeId })}>
        {t('dismiss')}
      </Button>
    </li>
  );
};

const Waiting = ({
  row,
  directory,
}: {
  readonly row: OutboxRowView;
  readonly directory: Directory;
}) => {
  const textOf = useFieldText(null, directory);
  const [first] = textsOf(row, textOf);
  return (
    <li>
      <span className="grow">
        <RowHead row={row} />
      </span>
      <span className="sync-waiting-text cut muted" title={first?.text ?? ''}>
        {first && <PlainText text={first.text} />}
      </span>
    </li>
  );
};

const Conflicts = ({
  view,
  client,
  directory,
}: {
  readonly view: ClientView;
  readonly client: string;
  readonly directory: Directory;
}) => {
  const { t } = useTranslation(['sync', 'records']);
  const sentence = useConflictSentence(directory);
  const recordName = useRecordName(view, directory);
  return view.records.flatMap((record) =>
    conflictsOf(record).map((group) => {
      const { name, title } = recordName(record.id);
      return (
        <li key={`${record.id}-${group}`}>
          <Icon name="fork" size={15} />
          <span className="grow">
            <b>
              <PlainText text={client} />
            </b>
            , {name} {title !== '' && <PlainText text={title} />}
            <br />
            <span className="muted text-xs">
              {group === 'existence'
                ? t('removedAndEdited')
                : sentence(record.groups[group]?.heads ?? [])}
            </span>
          </span>
          <TextLink
            href={clientHref(view.caseId, tabOfKind(record.kind), {
              recordId: record.id,
              settle: group,
            })}
          >
            {t('settle')}
          </TextLink>
        </li>
      );
    }),
  );
};

/** A client's own conflicts, read when the list is in sight. */
const OfClient = ({ row }: { readonly row: ClientRow }) => {
  const directory = useDirectory();
  const { data: view } = useOpenClientQuery({ caseId: row.caseId });
  return view ? <Conflicts view={view} client={nameOf(row)} directory={directory} /> : undefined;
};

const Headline = ({ status }: { readonly status: SyncStatus }) => {
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
          {t(`state.${status.state}`)} {t('safe')}
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
      </dl>
    </section>
  );
};

/** What is only here, what the region has, what asks for a person. */
export const SyncPage = () => {
  const { t, i18n } = useTranslation(['sync', 'problems']);
  const words = useProblemWords();
  const language = languageOf(i18n.language);
  const { data: status, error } = useSyncStatusQuery();
  const [syncNow, { isLoading }] = useSyncNowMutation();
  const { data: clients } = useSearchClientsQuery(
    status
      ? { query: '', sort: 'conflicts', descending: true, offset: 0, limit: mostClients }
      : skipToken,
  );
  const { data: outbox } = useReadOutboxQuery({ limit: mostRows });
  const directory = useDirectory();
  const withConflicts = clients?.rows.filter((row) => row.conflicts > 0) ?? [];
  const refused = outbox?.rows.filter((row) => row.code !== null) ?? [];
  const waiting = outbox?.rows.filter((row) => row.code === null) ?? [];
  return (
    <>
      <PageHead
        title={t('title')}
        note={t('note')}
        actions={
          <Button
            variant="main"
            icon="sync"
            isPending={isLoading || status?.state === 'working'}
            onPress={() => void syncNow()}
          >
            {t('syncNow')}
          </Button>
        }
      />
      <div className="page-body sync-body">
        {error !== undefined && (
          <Banner tone="bad" shape="box">
            {words(problemOf(error))}
          </Banner>
        )}
        {status && <Headline status={status} />}
        {status?.problem && (
          <Banner tone="warn" shape="box" announce="polite">
            {t([`problems:sync.${status.problem}`, 'problems:sync.unknown'])}
          </Banner>
        )}
        {status?.firstSync && (
          <Card title={t('firstSync')}>
            <ProgressBar
              label={t('firstSyncLabel')}
              share={
                status.firstSync.done /
                Math.max(1, status.firstSync.done + status.firstSync.waiting)
              }
              words={`${formatNumber(status.firstSync.done, language)} / ${formatNumber(
                status.firstSync.done + status.firstSync.waiting,
                language,
              )}`}
            />
            <p className="muted text-s">{t('firstSyncNote')}</p>
          </Card>
        )}
        <Card
          className="sync-half"
          title={t('waitingTitle')}
          {...(status && status.waiting > 0 ? { note: String(status.waiting) } : {})}
        >
          {waiting.length === 0 ? (
            <EmptyState>{t('nothingWaiting')}</EmptyState>
          ) : (
            <ul className="list">
              {waiting.map((row) => (
                <Waiting key={row.changeId} row={row} directory={directory} />
              ))}
            </ul>
          )}
        </Card>
        {refused.length > 0 && (
          <Card
            title={<span className="sync-bad">{t('refusedTitle')}</span>}
            note={t('refusedNote')}
          >
            <ul className="list sync-list">
              {refused.map((row) => (
                <Refused key={row.changeId} row={row} directory={directory} />
              ))}
            </ul>
          </Card>
        )}
        <Card
          className="sync-half"
          title={<span className="sync-fork">{t('conflictsTitle')}</span>}
          {...(status && status.conflicts > 0 ? { note: String(status.conflicts) } : {})}
        >
          {withConflicts.length === 0 ? (
            <EmptyState>{t('noConflicts')}</EmptyState>
          ) : (
            <ul className="list sync-list">
              {withConflicts.map((row) => (
                <OfClient key={row.caseId} row={row} />
              ))}
            </ul>
          )}
        </Card>
      </div>
    </>
  );
};
