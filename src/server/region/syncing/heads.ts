import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { oneByOne, type Transaction } from '../../db/pool.ts';

/** A group of a record of a client, as a key of maps. */
type GroupKey = string;

const keyOf = (change: Pick<Change, 'caseId' | 'recordId' | 'group'>): GroupKey =>
  `${change.caseId} ${change.recordId} ${change.group}`;

export type HeadChanges = {
  readonly removed: readonly { readonly change: Change; readonly headId: Id }[];
  /** Ids among the given changes, or of older ones in the rare case of a cycle. */
  readonly added: ReadonlySet<Id>;
};

type State = {
  /** Any change of the group, for the columns that they share. */
  readonly sample: Change;
  readonly before: Set<Id>;
  readonly heads: Set<Id>;
  /** Ids named as parents so far. */
  readonly named: Set<Id>;
  readonly arrived: Change[];
  /** The quick rule does not apply: the whole group is read and its heads are computed anew. */
  whole: boolean;
};

/**
 * How the stored heads move when `changes` become known (SPEC H1–H5). The caller holds the clients'
 * locks. Normally a change replaces its parents among the heads. When it was itself named before it
 * arrived, or a cycle makes everybody a head, the group is read whole and `headsOf` decides, so that
 * the server and every device agree.
 */
export const headChanges = async (
  tx: Transaction,
  changes: readonly Change[],
): Promise<HeadChanges> => {
  const states = await readStates(tx, changes);
  for (const change of changes) {
    const state = states.get(keyOf(change));
    if (state === undefined) continue;
    state.arrived.push(change);
    if (state.named.has(change.id) || change.parents.includes(change.id)) state.whole = true;
    for (const parent of change.parents) {
      state.heads.delete(parent);
      state.named.add(parent);
    }
    state.heads.add(change.id);
  }
  const removed: { change: Change; headId: Id }[] = [];
  const added = new Set<Id>();
  for (const state of states.values()) {
    const now = state.whole ? await wholeGroup(tx, state) : state.heads;
    for (const id of state.before) {
      if (!now.has(id)) removed.push({ change: state.sample, headId: id });
    }
    for (const id of now) if (!state.before.has(id)) added.add(id);
  }
  return { removed, added };
};

const readStates = async (
  tx: Transaction,
  changes: readonly Change[],
): Promise<ReadonlyMap<GroupKey, State>> => {
  const states = new Map<GroupKey, State>();
  for (const change of changes) {
    if (states.has(keyOf(change))) continue;
    states.set(keyOf(change), {
      sample: change,
      before: new Set(),
      heads: new Set(),
      named: new Set(),
      arrived: [],
      whole: false,
    });
  }
  const groups = [...states.values()].map(({ sample }) => sample);
  const keys = [
    groups.map((group) => group.caseId),
    groups.map((group) => group.recordId),
    groups.map((group) => group.group),
  ];
  const headRows = await tx.query<{
    caseId: Id;
    recordId: Id;
    group: string;
    id: Id;
    named: boolean;
  }>(
    `SELECT touched.case_id AS "caseId", touched.record_id AS "recordId", touched.grp AS "group",
            head.change_id AS id, head.named
     FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS touched (case_id, record_id, grp)
     CROSS JOIN LATERAL (
       SELECT head.change_id, EXISTS (
           SELECT 1 FROM named_parent AS parent
           WHERE parent.case_id = touched.case_id AND parent.record_id = touched.record_id
             AND parent.grp = touched.grp AND parent.parent_id = head.change_id) AS named
       FROM head
       WHERE head.case_id = touched.case_id AND head.record_id = touched.record_id
         AND head.grp = touched.grp
       ${oneByOne}) AS head`,
    keys,
  );
  for (const row of headRows) {
    const state = states.get(keyOf(row));
    state?.before.add(row.id);
    state?.heads.add(row.id);
    // A head that is named is the member of a cycle (H4).
    if (state !== undefined && row.named) state.whole = true;
  }
  const namedRows = await tx.query<{ caseId: Id; recordId: Id; group: string; id: Id }>(
    `SELECT arrived.case_id AS "caseId", arrived.record_id AS "recordId", arrived.grp AS "group",
            arrived.parent_id AS id
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
       AS arrived (case_id, record_id, grp, parent_id)
     CROSS JOIN LATERAL (
       SELECT 1 FROM named_parent AS parent
       WHERE parent.case_id = arrived.case_id AND parent.record_id = arrived.record_id
         AND parent.grp = arrived.grp AND parent.parent_id = arrived.parent_id
       ${oneByOne}) AS parent`,
    [
      changes.map((change) => change.caseId),
      changes.map((change) => change.recordId),
      changes.map((change) => change.group),
      changes.map((change) => change.id),
    ],
  );
  for (const row of namedRows) states.get(keyOf(row))?.named.add(row.id);
  return states;
};

const wholeGroup = async (tx: Transaction, state: State): Promise<ReadonlySet<Id>> => {
  const { caseId, recordId, group } = state.sample;
  const stored = await tx.query<{ id: Id; parents: readonly Id[] }>(
    `SELECT change_id AS id, parents FROM change_log
     WHERE case_id = $1 AND record_id = $2 AND grp = $3`,
    [caseId, recordId, group],
  );
  return new Set(headsOf([...stored, ...state.arrived]).map((link) => link.id));
};

/** Takes heads away and notes the parents named; the new heads come with their numbers later. */
export const writeReplaced = async (
  tx: Transaction,
  changes: readonly Change[],
  { removed }: HeadChanges,
): Promise<void> => {
  const named = changes.flatMap((change) => change.parents.map((parent) => ({ change, parent })));
  if (named.length > 0) {
    await tx.query(
      `INSERT INTO named_parent (case_id, record_id, grp, parent_id)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
       ON CONFLICT DO NOTHING`,
      [
        named.map(({ change }) => change.caseId),
        named.map(({ change }) => change.recordId),
        named.map(({ change }) => change.group),
        named.map(({ parent }) => parent),
      ],
    );
  }
  if (removed.length > 0) {
    await tx.query(
      `DELETE FROM head USING unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
         AS gone (case_id, record_id, grp, change_id)
       WHERE head.case_id = ANY($1::uuid[])
         AND head.case_id = gone.case_id AND head.record_id = gone.record_id
         AND head.grp = gone.grp AND head.change_id = gone.change_id`,
      [
        removed.map(({ change }) => change.caseId),
        removed.map(({ change }) => change.recordId),
        removed.map(({ change }) => change.group),
        removed.map(({ headId }) => headId),
      ],
    );
  }
};

/** Writes the new heads, whose changes are in the log by now. */
export const writeAdded = async (
  tx: Transaction,
  changes: readonly Change[],
  { added }: HeadChanges,
): Promise<void> => {
  if (added.size === 0) return;
  const cases = [...new Set(changes.map((change) => change.caseId))];
  await tx.query(
    `INSERT INTO head (case_id, record_id, grp, change_id, kind, compartment, seq)
     SELECT case_id, record_id, grp, change_id, kind, compartment, seq FROM change_log
     WHERE case_id = ANY($1::uuid[]) AND change_id = ANY($2::uuid[])`,
    [cases, [...added]],
  );
};
