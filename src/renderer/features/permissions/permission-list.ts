import type { ClientView, RecordView, VersionView } from '#shared/contract/views.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import { permissionKinds, type PermissionKind } from '#shared/domain/records/permission.ts';
import { foldForSearch } from '#shared/domain/search-fold.ts';
import { latestVersion, standingOf, valueOf, versionsOf } from '#renderer/store/reading.ts';

/** The scope of a record with its kind, so that a switch over the kind knows the fields. */
export type PermissionScope = {
  readonly [K in PermissionKind]: { readonly kind: K; readonly scope: GroupValue<K, 'scope'> };
}[PermissionKind];

/** One permission, consent, prohibition or joint service as the page lists it. */
export type PermissionEntry = PermissionScope & {
  readonly record: RecordView;
  /** By the version that stands on the row. */
  readonly when: 'current' | 'coming' | 'ended';
  /** Who recorded it, in what profession, when. */
  readonly recorded: VersionView;
  /** How many versions wait for a person; nought when none do. */
  readonly versions: number;
};

const scopeOf = (record: RecordView, kind: PermissionKind): PermissionScope | null => {
  const scope = valueOf(record, kind, 'scope');
  // The value was read by the schema of its own kind.
  return scope === null ? null : ({ kind, scope } as PermissionScope);
};

const whenOrder = ['current', 'coming', 'ended'];

const whenOf = (
  scope: { readonly validFrom: CivilDate; readonly validTo: CivilDate | null },
  today: CivilDate,
): PermissionEntry['when'] => {
  if (isCurrent(scope, today)) return 'current';
  return scope.validFrom > today ? 'coming' : 'ended';
};

const entryOf = (
  record: RecordView,
  kind: PermissionKind,
  today: CivilDate,
): readonly PermissionEntry[] => {
  const scoped = scopeOf(record, kind);
  const recorded = latestVersion(record.groups['scope']?.heads ?? []);
  if (scoped === null || recorded === undefined) return [];
  const when = whenOf(scoped.scope, today);
  return [{ ...scoped, record, when, recorded, versions: versionsOf(record) }];
};

/** Everything on record, kind by kind; within a kind what is in force first, then the latest. */
export const permissionEntries = (view: ClientView, today: CivilDate): readonly PermissionEntry[] =>
  permissionKinds.flatMap((kind) =>
    standingOf(view, kind)
      .flatMap((record) => entryOf(record, kind, today))
      .toSorted(
        (a, b) =>
          whenOrder.indexOf(a.when) - whenOrder.indexOf(b.when) ||
          (a.scope.validFrom < b.scope.validFrom ? 1 : -1),
      ),
  );

export type PermissionFilter = {
  readonly query: string;
  /** What waits to be settled is listed either way: a disagreement is never out of sight. */
  readonly only: 'in-force' | 'all';
};

/** The entries that pass; `textOf` says everything that stands on the row. */
export const filterEntries = (
  entries: readonly PermissionEntry[],
  { query, only }: PermissionFilter,
  textOf: (entry: PermissionEntry) => string,
): readonly PermissionEntry[] => {
  const words = foldForSearch(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return entries.filter((entry) => {
    if (only === 'in-force' && entry.when !== 'current' && entry.versions === 0) return false;
    if (words.length === 0) return true;
    const text = foldForSearch(textOf(entry));
    return words.every((word) => text.includes(word));
  });
};

/** New ones that were begun and never finished: drafts of records that nobody has written. */
export const unfinishedPermissions = (
  view: ClientView,
): readonly { readonly record: RecordView; readonly kind: PermissionKind }[] =>
  permissionKinds.flatMap((kind) =>
    view.records
      .filter(
        (record) =>
          record.kind === kind &&
          Object.keys(record.groups).length === 0 &&
          record.drafts['scope'] !== undefined,
      )
      .map((record) => ({ record, kind })),
  );
