import type { ClientView, GroupView, RecordView, VersionView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import {
  groupDefinition,
  type GroupName,
  type GroupValue,
  type RecordKind,
} from '#shared/domain/records/kinds.ts';

/** The version that stands on the row while several wait: the latest, then the highest id. */
export const latestVersion = (heads: readonly VersionView[]): VersionView | undefined =>
  heads.toSorted((a, b) => b.time - a.time || (a.changeId < b.changeId ? 1 : -1))[0];

/** What a group shows, whatever its state. */
export const shownValue = (view: GroupView): VersionView['value'] | undefined =>
  view.state === 'conflict' ? latestVersion(view.heads)?.value : view.value;

/** Parsed once per version of a group: the store shares what did not change. */
const parsed = new WeakMap<GroupView, unknown>();

/**
 * A group's shown value by its schema, or null: nobody has written it, or a newer program wrote it in a
 * shape that this one does not read.
 */
export const valueOf = <K extends RecordKind, G extends GroupName<K>>(
  record: RecordView | undefined,
  kind: K,
  group: G,
): GroupValue<K, G> | null => {
  if (record?.kind !== kind || !Object.hasOwn(record.groups, group)) return null;
  const view = record.groups[group];
  if (!view) return null;
  const known = parsed.get(view);
  if (known !== undefined) return known as GroupValue<K, G> | null;
  const read = groupDefinition(kind, group)?.schema.safeParse(shownValue(view));
  const value = read?.success === true ? (read.data as GroupValue<K, G>) : null;
  parsed.set(view, value);
  return value;
};

export const recordsOf = (view: ClientView, kind: RecordKind): readonly RecordView[] =>
  view.records.filter((record) => record.kind === kind);

export const isStanding = (record: RecordView): boolean => record.existence.state === 'standing';

/** Present and past: what somebody took away stays readable, but no longer counts. */
export const standingOf = (view: ClientView, kind: RecordKind): readonly RecordView[] =>
  recordsOf(view, kind).filter((record) => record.existence.state !== 'removed');

export const recordById = (view: ClientView, id: Id | null): RecordView | undefined =>
  view.records.find((record) => record.id === id);

/** Groups of a record whose versions wait for a person. */
export const conflictsOf = (record: RecordView): readonly string[] => [
  ...Object.entries(record.groups)
    .filter(([, view]) => view.state === 'conflict')
    .map(([group]) => group),
  ...(record.existence.state === 'removed-and-edited' ? ['existence'] : []),
];

/** How many versions stand side by side at the most disputed place of a record; nought when none do. */
export const versionsOf = (record: RecordView): number =>
  Math.max(
    record.existence.state === 'removed-and-edited' ? 2 : 0,
    ...Object.values(record.groups).map((view) =>
      view.state === 'conflict' ? view.heads.length : 0,
    ),
  );

/** Whether anything of the record waits to reach the region. */
export const isWaiting = (record: RecordView): boolean =>
  record.existenceTouched?.waiting === true ||
  Object.values(record.groups).some((view) => view.heads.some((head) => head.waiting));
