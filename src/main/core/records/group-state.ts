import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { existenceGroup, policyOf } from '#shared/domain/records/kinds.ts';
import { existenceSchema, recordState, type RecordState } from '#shared/sync/existence.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';
import { headsOf, nearestCommonAncestor } from '#shared/sync/heads.ts';
import { resolveGroup, type GroupState } from '#shared/sync/resolve.ts';
import type { KnownChange } from '#main/db/queries/changes.ts';

/** A change with its value read: only heads and ancestors are worth parsing. */
export type ReadVersion = {
  readonly id: Id;
  readonly value: Change['value'];
  readonly time: string;
  readonly change: KnownChange;
};

const readVersion = (change: KnownChange): ReadVersion => ({
  id: change.id,
  value: JSON.parse(change.valueText) as Change['value'],
  time: writeHybridTime(change.timeMs, change.timeCount),
  change,
});

/** What a group says now, from all its changes that this case file knows. */
export const groupState = (changes: readonly KnownChange[]): GroupState<ReadVersion> => {
  const [first] = changes;
  if (!first) return { state: 'empty' };
  const heads = changes.length === 1 ? changes : headsOf(changes);
  const [one, two] = heads;
  const ancestor =
    one && two && heads.length === 2 ? nearestCommonAncestor(changes, one.id, two.id) : null;
  return resolveGroup(
    policyOf(first.shape.kind, first.shape.group),
    heads.map(readVersion),
    ancestor ? readVersion(ancestor) : null,
  );
};

/** A record's changes, by group. */
export type RecordChanges = ReadonlyMap<string, readonly KnownChange[]>;

export const byGroup = (changes: readonly KnownChange[]): RecordChanges =>
  Map.groupBy(changes, (change) => change.shape.group);

export const byRecord = (
  changes: readonly KnownChange[],
): ReadonlyMap<Id, readonly KnownChange[]> => Map.groupBy(changes, (change) => change.recordId);

/** The ids of the heads of every group of a record but its existence: what a removal names. */
export const headsOfRecord = (groups: RecordChanges): readonly Id[] =>
  [...groups]
    .filter(([group]) => group !== existenceGroup)
    .flatMap(([, changes]) => headsOf(changes).map((head) => head.id));

/** Whether a record stands, is removed, or was edited apart from its removal (SPEC R1, R2). */
export const existenceOf = (groups: RecordChanges): RecordState => {
  const changes = groups.get(existenceGroup);
  if (!changes) return { state: 'standing' };
  const values = headsOf(changes).map((head) =>
    existenceSchema.safeParse(JSON.parse(head.valueText)),
  );
  const removals = values.flatMap((value) =>
    value.success && value.data.state === 'removed' ? [value.data] : [],
  );
  return recordState(removals, removals.length < values.length, headsOfRecord(groups));
};
