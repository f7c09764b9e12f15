import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { kindDefinition } from '#shared/domain/records/kinds.ts';
import type { RefusalCode } from '#shared/protocol/push.ts';
import type { Transaction } from '../db/pool.ts';

type RecordIdentity = Pick<Change, 'kind' | 'caseId' | 'compartment'>;

const sameIdentity = (a: RecordIdentity, b: RecordIdentity): boolean =>
  a.kind === b.kind && a.caseId === b.caseId && a.compartment === b.compartment;

const groupKey = (change: Pick<Change, 'recordId' | 'group'>): string =>
  `${change.recordId} ${change.group}`;

/**
 * What is wrong with changes in their place among the stored ones and each other: a record that is
 * another client's, kind's or compartment's (G1), parents of another group (G5), a second version of
 * what is written once (G6).
 */
export const placeProblems = async (
  tx: Transaction,
  changes: readonly Change[],
): Promise<ReadonlyMap<Change, RefusalCode>> => {
  const records = await identities(tx, changes);
  const places = await placesOf(tx, [...new Set(changes.flatMap((change) => change.parents))]);
  const writtenOnce = await writtenGroups(tx, changes);
  const problems = new Map<Change, RefusalCode>();
  for (const change of changes) {
    const identity = records.get(change.recordId);
    const place = groupKey(change);
    if (identity && !sameIdentity(identity, change)) problems.set(change, 'identity-of-record');
    else if (change.parents.some((parent) => (places.get(parent) ?? place) !== place)) {
      problems.set(change, 'foreign-parent');
    } else if (kindDefinition(change.kind)?.appendOnly === true) {
      const first = writtenOnce.get(place);
      if (first !== undefined && first !== change.id) problems.set(change, 'append-only');
      else writtenOnce.set(place, change.id);
    }
    records.set(change.recordId, identity ?? change);
    places.set(change.id, place);
  }
  return problems;
};

const identities = async (
  tx: Transaction,
  changes: readonly Change[],
): Promise<Map<Id, RecordIdentity>> => {
  const rows = await tx.query<{ recordId: Id } & RecordIdentity>(
    `SELECT DISTINCT ON (record_id) record_id AS "recordId", kind, case_id AS "caseId", compartment
     FROM head WHERE record_id = ANY($1::uuid[]) AND case_id = ANY($2::uuid[])`,
    [
      [...new Set(changes.map((change) => change.recordId))],
      [...new Set(changes.map((change) => change.caseId))],
    ],
  );
  return new Map(rows.map((row) => [row.recordId, row]));
};

/** The record and group of stored changes, wherever they are: a parent may be claimed from anywhere. */
const placesOf = async (tx: Transaction, ids: readonly Id[]): Promise<Map<Id, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: Id; recordId: Id; group: string }>(
    `SELECT log.change_id AS id, log.record_id AS "recordId", log.grp AS "group"
     FROM change_receipt AS receipt
     JOIN change_log AS log ON log.case_id = receipt.case_id AND log.change_id = receipt.change_id
     WHERE receipt.change_id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, groupKey(row)]));
};

const writtenGroups = async (
  tx: Transaction,
  changes: readonly Change[],
): Promise<Map<string, Id>> => {
  const once = changes.filter((change) => kindDefinition(change.kind)?.appendOnly === true);
  if (once.length === 0) return new Map();
  const rows = await tx.query<{ id: Id; recordId: Id; group: string }>(
    `SELECT change_id AS id, record_id AS "recordId", grp AS "group"
     FROM head WHERE case_id = ANY($1::uuid[]) AND record_id = ANY($2::uuid[])`,
    [
      [...new Set(once.map((change) => change.caseId))],
      [...new Set(once.map((change) => change.recordId))],
    ],
  );
  return new Map(rows.map((row) => [groupKey(row), row.id]));
};
