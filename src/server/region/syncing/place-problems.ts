import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { kindDefinition } from '#shared/domain/records/kinds.ts';
import type { RefusalCode } from '#shared/protocol/push.ts';
import { oneByOne, type Transaction } from '../../db/pool.ts';

type RecordIdentity = Pick<Change, 'kind' | 'caseId' | 'compartment'>;

const sameIdentity = (a: RecordIdentity, b: RecordIdentity): boolean =>
  a.kind === b.kind && a.caseId === b.caseId && a.compartment === b.compartment;

const groupKey = (change: Pick<Change, 'recordId' | 'group'>): string =>
  `${change.recordId} ${change.group}`;

/** Where the changes of a batch would stand among the stored ones and among those accepted before them. */
export type Places = {
  /**
   * What is wrong with the change's place: a record that is another client's, kind's or compartment's
   * (G1), parents of another group (G5), a second version of what is written once (G6).
   */
  readonly problemOf: (change: Change) => RefusalCode | null;
  /** The change is taken in: later ones of the batch stand after it. */
  readonly accept: (change: Change) => void;
};

export const readPlaces = async (tx: Transaction, changes: readonly Change[]): Promise<Places> => {
  const records = await identities(tx, changes);
  const places = await placesOf(tx, [...new Set(changes.flatMap((change) => change.parents))]);
  const writtenOnce = await writtenGroups(tx, changes);
  return {
    problemOf: (change) => {
      const identity = records.get(change.recordId);
      const place = groupKey(change);
      if (identity && !sameIdentity(identity, change)) return 'identity-of-record';
      if (change.parents.some((parent) => (places.get(parent) ?? place) !== place)) {
        return 'foreign-parent';
      }
      const first = writtenOnce.get(place);
      return isWrittenOnce(change) && first !== undefined && first !== change.id
        ? 'append-only'
        : null;
    },
    accept: (change) => {
      const place = groupKey(change);
      if (!records.has(change.recordId)) records.set(change.recordId, change);
      places.set(change.id, place);
      if (!writtenOnce.has(place)) writtenOnce.set(place, change.id);
    },
  };
};

const isWrittenOnce = (change: Change): boolean => kindDefinition(change.kind)?.appendOnly === true;

const identities = async (
  tx: Transaction,
  changes: readonly Change[],
): Promise<Map<Id, RecordIdentity>> => {
  const rows = await tx.query<{ recordId: Id } & RecordIdentity>(
    `SELECT record_id AS "recordId", kind, case_id AS "caseId", compartment
     FROM record_identity WHERE record_id = ANY($1::uuid[])`,
    [[...new Set(changes.map((change) => change.recordId))]],
  );
  return new Map(rows.map((row) => [row.recordId, row]));
};

/** The record and group of stored changes, wherever they are: a parent may be claimed from anywhere. */
const placesOf = async (tx: Transaction, ids: readonly Id[]): Promise<Map<Id, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: Id; recordId: Id; group: string }>(
    `SELECT log.change_id AS id, log.record_id AS "recordId", log.grp AS "group"
     FROM change_receipt AS receipt
     CROSS JOIN LATERAL (
       SELECT change_id, record_id, grp FROM change_log AS log
       WHERE log.case_id = receipt.case_id AND log.change_id = receipt.change_id
       ${oneByOne}) AS log
     WHERE receipt.change_id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, groupKey(row)]));
};

const writtenGroups = async (
  tx: Transaction,
  changes: readonly Change[],
): Promise<Map<string, Id>> => {
  const once = changes.filter(isWrittenOnce);
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
