import type { Id } from '#shared/domain/ids.ts';
import type { Grant } from '#shared/protocol/grant.ts';
import type { Scope } from '#shared/protocol/pull.ts';
import type { Transaction } from '../../db/pool.ts';

/** Takes in what the device says it took and erased: the page named by its cursor, and what had left. */
export const confirmPage = async (tx: Transaction, deviceId: Id, page: string): Promise<void> => {
  await tx.query(
    `UPDATE device_scope SET
       state = CASE WHEN pending_done THEN 'present' ELSE state END,
       progress = pending_progress, pending_page = NULL
     WHERE device_id = $1 AND state = 'entering' AND pending_page = $2`,
    [deviceId, page],
  );
  await tx.query(
    `UPDATE device_scope SET grant_told = true
     WHERE device_id = $1 AND NOT grant_told AND grant_page = $2`,
    [deviceId, page],
  );
};

export const confirmErased = async (
  tx: Transaction,
  deviceId: Id,
  erased: readonly Scope[],
): Promise<void> => {
  if (erased.length === 0) return;
  await tx.query(
    `DELETE FROM device_scope USING unnest($2::uuid[], $3::text[]) AS gone (case_id, compartment)
     WHERE device_scope.device_id = $1 AND device_scope.state = 'leaving'
       AND device_scope.case_id = gone.case_id AND device_scope.compartment = gone.compartment`,
    [deviceId, erased.map((scope) => scope.caseId), erased.map((scope) => scope.compartment)],
  );
};

/** A device without a cursor holds nothing for certain: all that it may hold enters anew. */
export const beginAnew = async (
  tx: Transaction,
  deviceId: Id,
  highWater: number,
): Promise<void> => {
  await tx.query(
    `UPDATE device_scope
     SET state = 'entering', entered_seq = $2, progress = NULL, pending_page = NULL,
       grant_told = false, grant_page = NULL
     WHERE device_id = $1 AND state <> 'leaving'`,
    [deviceId, highWater],
  );
};

export const readLeaving = async (
  tx: Transaction,
  deviceId: Id,
  most: number,
): Promise<readonly Scope[]> =>
  tx.query<Scope>(
    `SELECT case_id AS "caseId", compartment FROM device_scope
     WHERE device_id = $1 AND state = 'leaving' ORDER BY case_id, compartment LIMIT $2`,
    [deviceId, most],
  );

export type EnteringScope = Scope & {
  readonly enteredSeq: number;
  /** The last record that the device has taken, or null at the beginning. */
  readonly progress: Id | null;
  /** Whether an earlier page has carried any of it since it began to enter. */
  readonly offered: boolean;
  readonly grant: Grant;
};

/** One's own clients first (SPEC F5); each scope keeps its own progress, whatever comes before it next time. */
export const readEntering = async (
  tx: Transaction,
  deviceId: Id,
  most: number,
): Promise<readonly EnteringScope[]> =>
  tx.query<EnteringScope>(
    `SELECT case_id AS "caseId", compartment, entered_seq AS "enteredSeq", progress,
       progress IS NOT NULL OR pending_page IS NOT NULL AS offered, grant_value AS "grant"
     FROM device_scope WHERE device_id = $1 AND state = 'entering'
     ORDER BY turn, case_id, compartment LIMIT $2`,
    [deviceId, most],
  );

/** How far this page brings a scope; it counts when the page's cursor comes back. */
export type PageProgress = Scope & { readonly progress: Id | null; readonly done: boolean };

export const notePageProgress = async (
  tx: Transaction,
  deviceId: Id,
  page: string,
  carried: readonly PageProgress[],
): Promise<void> => {
  if (carried.length === 0) return;
  await tx.query(
    `UPDATE device_scope SET pending_page = $2, pending_progress = row.progress,
       pending_done = row.done
     FROM jsonb_to_recordset($3::jsonb) AS row
       ("caseId" uuid, compartment text, progress uuid, done boolean)
     WHERE device_scope.device_id = $1 AND device_scope.case_id = row."caseId"
       AND device_scope.compartment = row.compartment`,
    [deviceId, page, JSON.stringify(carried)],
  );
};

/** Clients that still have something to enter after this page; what an earlier one offered does not count. */
export const countEntering = async (
  tx: Transaction,
  deviceId: Id,
  page: string,
): Promise<number> => {
  const [row] = await tx.query<{ clients: number }>(
    `SELECT count(DISTINCT case_id) AS clients FROM device_scope
     WHERE device_id = $1 AND state = 'entering'
       AND NOT (pending_page IS NOT DISTINCT FROM $2 AND pending_done)`,
    [deviceId, page],
  );
  return row?.clients ?? 0;
};

/**
 * Grants that the device has not been told of yet, those of what enters first and in its order; they count as told when
 * the page's cursor comes back. `more` says that others wait for a later page.
 */
export const offerGrants = async (
  tx: Transaction,
  deviceId: Id,
  page: string,
  most: number,
): Promise<{ readonly grants: readonly Grant[]; readonly more: boolean }> => {
  const rows = await tx.query<{ grant: Grant }>(
    `SELECT grant_value AS "grant" FROM device_scope
     WHERE device_id = $1 AND NOT grant_told AND state <> 'leaving' AND grant_value IS NOT NULL
     ORDER BY state = 'present', turn, case_id, compartment LIMIT $2`,
    [deviceId, most + 1],
  );
  const grants = rows.slice(0, most).map((row) => row.grant);
  if (grants.length > 0) {
    await tx.query(
      `UPDATE device_scope SET grant_page = $2
       FROM unnest($3::uuid[], $4::text[]) AS told (case_id, compartment)
       WHERE device_scope.device_id = $1 AND device_scope.case_id = told.case_id
         AND device_scope.compartment = told.compartment`,
      [
        deviceId,
        page,
        grants.map((grant) => grant.caseId),
        grants.map((grant) => grant.compartment),
      ],
    );
  }
  return { grants, more: rows.length > most };
};
