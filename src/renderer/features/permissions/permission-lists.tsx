import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { permissionKinds, type PermissionKind } from '#shared/domain/records/permission.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { Menu } from '#renderer/components/menu.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { SearchField } from '#renderer/components/text-field.tsx';
import { useDiscardDraftMutation } from '#renderer/store/calls/records-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { recordById } from '#renderer/store/reading.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { makeId } from '#renderer/store/make-id.ts';
import { EndPermissionDialog } from './end-permission-dialog.tsx';
import { ChangePermissionDialog, NewPermissionDialog } from './permission-dialog.tsx';
import {
  filterEntries,
  permissionEntries,
  unfinishedPermissions,
  type PermissionEntry,
  type PermissionFilter,
} from './permission-list.ts';
import { PermissionRow, type PermissionAct } from './permission-row.tsx';
import { RemovePermissionDialog } from './remove-permission-dialog.tsx';
import { useScopeWords } from './scope-words.ts';

export type PermissionListsProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly recordId: Id | null;
  readonly mayRecord: boolean;
};

type Open =
  | { readonly act: 'new'; readonly kind: PermissionKind; readonly recordId: Id }
  | { readonly act: PermissionAct; readonly entry: PermissionEntry };

/** What is in force, coming and past, kind by kind; the way to record, change, end and remove. */
export const PermissionLists = ({ view, directory, recordId, mayRecord }: PermissionListsProps) => {
  const { t } = useTranslation(['permissions', 'records']);
  const today = useToday();
  const words = useScopeWords(view, directory);
  const [filter, setFilter] = useState<PermissionFilter>({ query: '', only: 'in-force' });
  const [open, setOpen] = useState<Open | null>(null);
  const [discardDraft] = useDiscardDraftMutation();
  const entries = useMemo(() => permissionEntries(view, today), [view, today]);
  const unfinished = useMemo(() => unfinishedPermissions(view), [view]);
  const textOf = (entry: PermissionEntry): string =>
    [
      t(`records:kind.${entry.kind}`),
      words.title(entry),
      words.concerns(entry),
      entry.kind === 'joint-service' ? '' : `${entry.scope.text} ${entry.scope.givenBy}`,
      directory.nameOf(entry.recorded.authorId) ?? '',
    ].join(' ');
  const passing = filterEntries(entries, filter, textOf);
  // What the address asks for is shown whatever the filter says.
  const asked = entries.filter((entry) => entry.record.id === recordId && !passing.includes(entry));
  const shown = [...passing, ...asked];
  const close = (): void => setOpen(null);
  const titleOf = (entry: PermissionEntry): string =>
    `${t(`records:kind.${entry.kind}`)}: ${words.title(entry)}`;

  return (
    <>
      <div className="permissions-bar">
        <SearchField
          label={t('search')}
          hideLabel
          placeholder={t('search')}
          value={filter.query}
          onChange={(query) => setFilter({ ...filter, query })}
        />
        <SegmentedControl
          label={t('only.label')}
          value={filter.only}
          onChange={(only) => setFilter({ ...filter, only })}
          segments={[
            { id: 'in-force', label: t('only.in-force') },
            { id: 'all', label: t('only.all'), count: entries.length },
          ]}
        />
        <span className="muted text-s" role="status">
          {t('count', { count: shown.length })}
        </span>
        {mayRecord && (
          <span className="end">
            <Menu<PermissionKind>
              label={t('record')}
              trigger={
                <Button variant="main" icon="plus">
                  {t('record')}
                </Button>
              }
              entries={permissionKinds.map((id) => ({ id, label: t(`records:kind.${id}`) }))}
              onAction={(kind) => setOpen({ act: 'new', kind, recordId: makeId() })}
            />
          </span>
        )}
      </div>
      <div className="permissions-lists">
        {mayRecord &&
          unfinished.map(({ record, kind }) => (
            <Banner
              key={record.id}
              tone="info"
              shape="box"
              icon="edit"
              actions={
                <>
                  <Button
                    onPress={() =>
                      void discardDraft({
                        caseId: view.caseId,
                        recordId: record.id,
                        group: 'scope',
                      })
                    }
                  >
                    {t('unfinished.discard')}
                  </Button>
                  <Button onPress={() => setOpen({ act: 'new', kind, recordId: record.id })}>
                    {t('unfinished.continue')}
                  </Button>
                </>
              }
            >
              {t('unfinished.text', { what: t(`records:kind.${kind}`) })}
            </Banner>
          ))}
        {permissionKinds.map((kind) => {
          const rows = shown.filter((entry) => entry.kind === kind);
          if (rows.length === 0) return undefined;
          return (
            <Card key={kind} title={t(`records:kinds.${kind}`)} note={t(`about.${kind}`)} flush>
              <ul className="permission-list">
                {rows.map((entry) => (
                  <PermissionRow
                    key={entry.record.id}
                    entry={entry}
                    view={view}
                    directory={directory}
                    words={words}
                    isShown={entry.record.id === recordId}
                    mayRecord={mayRecord}
                    onAct={(act, acted) => setOpen({ act, entry: acted })}
                  />
                ))}
              </ul>
            </Card>
          );
        })}
        {shown.length === 0 && (
          <div className="card">
            {entries.length === 0 ? (
              <EmptyState>{t(mayRecord ? 'emptyRecord' : 'empty')}</EmptyState>
            ) : (
              <EmptyState
                action={
                  <Button onPress={() => setFilter({ query: '', only: 'all' })}>
                    {t('showAll')}
                  </Button>
                }
              >
                {t('noMatch')}
              </EmptyState>
            )}
          </div>
        )}
      </div>
      {open?.act === 'new' && (
        <NewPermissionDialog
          key={open.recordId}
          view={view}
          directory={directory}
          kind={open.kind}
          recordId={open.recordId}
          onClose={close}
        />
      )}
      {open?.act === 'change' && recordById(view, open.entry.record.id) && (
        <ChangePermissionDialog
          key={open.entry.record.id}
          view={view}
          directory={directory}
          kind={open.entry.kind}
          recordId={open.entry.record.id}
          onClose={close}
        />
      )}
      {open?.act === 'end' && (
        <EndPermissionDialog
          view={view}
          directory={directory}
          entry={open.entry}
          title={titleOf(open.entry)}
          onClose={close}
        />
      )}
      {open?.act === 'remove' && (
        <RemovePermissionDialog
          view={view}
          directory={directory}
          entry={open.entry}
          title={titleOf(open.entry)}
          onClose={close}
        />
      )}
    </>
  );
};
