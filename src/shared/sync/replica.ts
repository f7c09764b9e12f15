import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { MergePolicy } from '#shared/domain/records/group.ts';
import { ancestorOfHeads, headsOf } from './heads.ts';
import { resolveGroup, type GroupState } from './resolve.ts';

/** What a replica needs of a change. */
export type Known = Pick<Change, 'id' | 'recordId' | 'group' | 'value' | 'parents' | 'time'>;

/**
 * What somebody knows: a set of changes and nothing else. Immutable. This is the rules of heads, merging
 * and settling in their plainest form, without a file, an index or a network; the case file and the
 * region's database must show what a replica of the same changes shows.
 */
export type Replica<C extends Known = Known> = { readonly changes: ReadonlyMap<Id, C> };

export const emptyReplica = <C extends Known>(): Replica<C> => ({ changes: new Map() });

/** Takes changes in, in any order and any number of times (H1). The first content of an id stays (G4). */
export const receive = <C extends Known>(
  replica: Replica<C>,
  ...arrived: readonly C[]
): Replica<C> => {
  const fresh = arrived.filter((change) => !replica.changes.has(change.id));
  if (fresh.length === 0) return replica;
  const changes = new Map(replica.changes);
  for (const change of fresh) if (!changes.has(change.id)) changes.set(change.id, change);
  return { changes };
};

/**
 * Writes a change over the given heads, or over those that the replica has now (D5: a caller whose author
 * has been looking at older ones names those).
 */
export const write = <C extends Known>(
  replica: Replica<C>,
  edit: Omit<C, 'parents'>,
  parents: readonly Id[] = headsOf(groupOf(replica, edit)).map((head) => head.id),
): { readonly replica: Replica<C>; readonly change: C } => {
  // The compiler does not see that an edit with parents is the change it was made from.
  const change = { ...edit, parents } as unknown as C;
  return { replica: receive(replica, change), change };
};

/** Where a group is found: its record and its name. */
export type GroupKey = Pick<Change, 'recordId' | 'group'>;

export const groupOf = <C extends Known>(
  replica: Replica<C>,
  { recordId, group }: GroupKey,
): readonly C[] =>
  [...replica.changes.values()].filter(
    (change) => change.recordId === recordId && change.group === group,
  );

/** What one group says now (M1). */
export const groupState = <C extends Known>(
  policy: MergePolicy,
  changesOfGroup: readonly C[],
): GroupState<C> => {
  const heads = headsOf(changesOfGroup);
  return resolveGroup(policy, heads, ancestorOfHeads(changesOfGroup, heads));
};

/** What every group says now, by `recordId/group` in the order of that text. */
export const groupStates = <C extends Known>(
  replica: Replica<C>,
  policyOf: (change: C) => MergePolicy,
): ReadonlyMap<string, GroupState<C>> => {
  const groups = new Map<string, C[]>();
  for (const change of replica.changes.values()) {
    const key = `${change.recordId}/${change.group}`;
    const others = groups.get(key);
    if (others) others.push(change);
    else groups.set(key, [change]);
  }
  const states = [...groups].map(([key, changes]): readonly [string, GroupState<C>] => {
    const [first] = changes;
    return [key, groupState(first ? policyOf(first) : 'decide', changes)];
  });
  return new Map(states.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};
