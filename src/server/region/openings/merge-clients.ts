import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Transaction } from '../../db/pool.ts';
import { entryOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { touchCaseRights } from '../rights/touch-rights.ts';
import { lockCases } from '../syncing/append.ts';
import { writeUse } from '../use-log/write-use.ts';
import { noAccess } from './case-standing.ts';

/**
 * Makes one client of two that are the same person entered twice: `from` becomes another name of `into`.
 * Both histories stay where they are; relations, openings and permissions of either count for both. All
 * names lead straight to the main one. Two with different personal identity codes are two people until
 * one of the codes has been corrected. The caller has checked that the actor may administer.
 */
export const mergeClients = async (
  tx: Transaction,
  actor: Asker,
  fromCaseId: Id,
  intoCaseId: Id,
  reason: string,
  nowMs: number,
): Promise<Result<{ readonly mainCaseId: Id }, OnlineRefusal>> => {
  if (fromCaseId === intoCaseId) return err(notAcceptable('intoCaseId', 'same-client'));
  // Every merging after every other: a chain could else come about between two of them.
  await tx.query('SELECT pg_advisory_xact_lock(7021013)');
  const mains = await mainsOf(tx, [fromCaseId, intoCaseId]);
  const from = mains.get(fromCaseId);
  const into = mains.get(intoCaseId);
  if (!from || !into) return err(noAccess);
  if (from.mainCaseId === into.mainCaseId)
    return err(notAcceptable('fromCaseId', 'already-merged'));
  // Already another name of somebody: that person's main record is what would have to be merged.
  if (from.mainCaseId !== fromCaseId) return err(notAcceptable('fromCaseId', 'already-merged'));
  if (await areDifferentPeople(tx, from.mainCaseId, into.mainCaseId)) {
    return err(notAcceptable('intoCaseId', 'different-people'));
  }
  const mainCaseId = into.mainCaseId;
  await lockCases(tx, [fromCaseId, mainCaseId]);
  await tx.query(`UPDATE case_alias SET main_case_id = $2 WHERE main_case_id = $1`, [
    fromCaseId,
    mainCaseId,
  ]);
  await tx.query(
    `INSERT INTO case_alias (case_id, main_case_id, reason, merged_by, merged_at)
     VALUES ($1, $2, $3, $4, $5)`,
    [fromCaseId, mainCaseId, reason, actor.person.id, new Date(nowMs)],
  );
  await touchCaseRights(tx, [fromCaseId, mainCaseId]);
  await writeUse(
    tx,
    [
      [fromCaseId, mainCaseId],
      [mainCaseId, fromCaseId],
    ].map(([caseId = null, subjectId = '']) =>
      entryOf(actor, {
        action: 'administration',
        caseId,
        register: 'joint',
        what: { screen: 'merge-clients', subjectId, reason },
        role: 'administrator',
      }),
    ),
  );
  return ok({ mainCaseId });
};

const notAcceptable = (path: string, problem: string): OnlineRefusal => ({
  code: 'not-acceptable',
  path,
  problem,
});

/** The main record of each client that the region has anything of: itself where it is no alias. */
const mainsOf = async (
  tx: Transaction,
  caseIds: readonly Id[],
): Promise<ReadonlyMap<Id, { readonly mainCaseId: Id }>> => {
  const rows = await tx.query<{ caseId: Id; mainCaseId: Id }>(
    `SELECT wanted.case_id AS "caseId", coalesce(alias.main_case_id, wanted.case_id) AS "mainCaseId"
     FROM unnest($1::uuid[]) AS wanted (case_id) LEFT JOIN case_alias AS alias USING (case_id)
     WHERE EXISTS (SELECT FROM case_compartment AS part WHERE part.case_id = wanted.case_id)`,
    [caseIds],
  );
  return new Map(rows.map((row) => [row.caseId, { mainCaseId: row.mainCaseId }]));
};

/** Whether the codes on record, under all names of the two, are more than one. */
const areDifferentPeople = async (tx: Transaction, oneId: Id, otherId: Id): Promise<boolean> => {
  const [row] = await tx.query<{ codes: number }>(
    `SELECT count(DISTINCT personal_identity_code)::int AS codes FROM client_standing
     WHERE case_id IN ($1, $2)
        OR case_id IN (SELECT case_id FROM case_alias WHERE main_case_id IN ($1, $2))`,
    [oneId, otherId],
  );
  return (row?.codes ?? 0) > 1;
};
