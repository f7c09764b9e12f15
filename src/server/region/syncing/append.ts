import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Scope } from '#shared/protocol/pull.ts';
import type { Receipt } from '#shared/protocol/push.ts';
import type { Transaction } from '../../db/pool.ts';
import { noteRightsChanges } from '../journal/note-rights-changes.ts';
import { noteCaseRights } from '../rights/case-rights.ts';
import { headChanges, writeAdded, writeReplaced } from './heads.ts';
import type { LogEntry } from './log-entry.ts';
import { claimRecords } from './record-identity.ts';
import { claimReceipts } from './receipts.ts';

/** Told to every server process at commit; carries the highest new sequence number. */
export const newsChannel = 'punos_news';

/** With more clients than this, one lock for all clients is taken: PostgreSQL has room for some thousands. */
const mostCaseLocks = 1_000;

/** Any number: who writes to a few clients shares it, who writes to very many has it alone. */
const allCases = 7_021_012;

/**
 * Makes this transaction the only one that writes to these clients. Taken in the order of the ids,
 * so that two batches never wait for each other in a circle; a caller that reads rights or heads
 * before it appends takes the locks of its whole batch first.
 */
export const lockCases = async (tx: Transaction, caseIds: readonly Id[]): Promise<void> => {
  const sorted = [...new Set(caseIds)].toSorted();
  if (sorted.length > mostCaseLocks) {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [allCases]);
    return;
  }
  await tx.query('SELECT pg_advisory_xact_lock_shared($1)', [allCases]);
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended(case_id, 7021011))
     FROM unnest($1::text[]) WITH ORDINALITY AS wanted (case_id, place) ORDER BY place`,
    [sorted],
  );
};

/**
 * Stores changes that the caller has checked, all in the caller's transaction, and answers each, in
 * their order. A change stored before gets the same sequence number again; the same id with other
 * content gets `id-taken` and changes nothing (SPEC G4, U3).
 *
 * The region's lock is taken last, just before the log insert (SPEC Q1): after this call the caller
 * commits at once.
 */
export const appendChanges = async (
  tx: Transaction,
  entries: readonly LogEntry[],
  receivedAt: Date,
): Promise<readonly Receipt[]> => {
  if (entries.length === 0) return [];
  await lockCases(
    tx,
    entries.map(({ change }) => change.caseId),
  );
  const { fresh, settled } = await claimReceipts(
    tx,
    entries.map((entry) => ({ entry, verdict: 'stored' })),
    receivedAt,
  );
  const numbers = await insertFresh(tx, fresh, receivedAt);
  return entries.map((entry) => {
    const known = settled.get(entry);
    if (known !== undefined) return known;
    const seq = numbers.get(entry.change.id);
    if (seq === undefined) throw new Error(`No number for change ${entry.change.id}.`);
    return { changeId: entry.change.id, verdict: 'stored', seq };
  });
};

/**
 * Writes changes whose receipts stand already into the log and everything that follows from the log
 * alone: heads, compartments, news. The caller holds the clients' locks.
 */
export const insertFresh = async (
  tx: Transaction,
  fresh: readonly LogEntry[],
  receivedAt: Date,
): Promise<ReadonlyMap<Id, number>> => {
  if (fresh.length === 0) return new Map();
  const changes = fresh.map(({ change }) => change);
  await claimRecords(tx, changes);
  const heads = await headChanges(tx, changes);
  await writeReplaced(tx, changes, heads);
  const opened = await noteCompartments(tx, changes);
  const rows = JSON.stringify(fresh.map(logRow));

  const [taken] = await tx.query<{ highest: number }>('SELECT take_sequence($1::int) AS highest', [
    fresh.length,
  ]);
  if (taken === undefined) throw new Error('The region gave no sequence number.');
  const before = taken.highest - fresh.length;
  await tx.query(
    `INSERT INTO change_log
       (seq, change_id, record_id, kind, case_id, compartment, grp, value, parents, author_id,
        profession, task_class, hybrid_time, schema, signature, device_id, counter, received_at)
     SELECT $2::bigint + place, change_id, record_id, kind, case_id, compartment, grp, value,
        parents, author_id, profession, task_class, hybrid_time, schema, signature, device_id,
        counter, $3
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (
        change_id uuid, record_id uuid, kind text, case_id uuid, compartment text, grp text,
        value jsonb, parents uuid[], author_id uuid, profession text, task_class text,
        hybrid_time text, schema smallint, signature bytea, device_id uuid, counter bigint
     )) WITH ORDINALITY AS row (
        change_id, record_id, kind, case_id, compartment, grp, value, parents, author_id,
        profession, task_class, hybrid_time, schema, signature, device_id, counter, place
     )`,
    [rows, before, receivedAt],
  );
  await writeAdded(tx, changes, heads);
  await noteCaseRights(tx, changes, before, opened);
  await noteRightsChanges(tx, fresh);
  await tx.query('SELECT pg_notify($1, $2)', [newsChannel, String(taken.highest)]);
  return new Map(changes.map((change, index) => [change.id, before + index + 1]));
};

/** @returns those in which the client had nothing before */
const noteCompartments = (tx: Transaction, changes: readonly Change[]): Promise<readonly Scope[]> =>
  tx.query<Scope>(
    `INSERT INTO case_compartment (case_id, compartment)
     SELECT DISTINCT * FROM unnest($1::uuid[], $2::text[]) ON CONFLICT DO NOTHING
     RETURNING case_id AS "caseId", compartment`,
    [changes.map((change) => change.caseId), changes.map((change) => change.compartment)],
  );

const logRow = ({ change, device }: LogEntry) => ({
  change_id: change.id,
  record_id: change.recordId,
  kind: change.kind,
  case_id: change.caseId,
  compartment: change.compartment,
  grp: change.group,
  value: change.value,
  parents: change.parents,
  author_id: change.authorId,
  profession: change.profession,
  task_class: change.taskClass,
  hybrid_time: change.time,
  schema: change.schema,
  signature: device === null ? null : `\\x${Buffer.from(device.signature).toString('hex')}`,
  device_id: device?.id ?? null,
  counter: device?.counter ?? null,
});
