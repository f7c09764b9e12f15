import type { Id } from '#shared/domain/ids.ts';
import type { Scope } from '#shared/protocol/pull.ts';
import type { Transaction } from '../../db/pool.ts';
import { readCandidates, readConcerned } from '../rights/candidates.ts';
import { readAccess } from '../rights/read-access.ts';
import { nextRuleDate, rulesDigest } from '../rights/rules-digest.ts';
import { scopeGrants } from '../rights/scope-grants.ts';

type Who = { readonly deviceId: Id; readonly personId: Id };

export type Comparison = {
  /** What the device has just said that it erased: a right that came back meanwhile may enter now. */
  readonly erased: readonly Scope[];
  /** The device begins anew: nothing is taken for compared. */
  readonly anew: boolean;
  readonly highWater: number;
  readonly nowMs: number;
};

/** Up to where, and by what, a device's scope was last compared. */
type Compared = {
  readonly seq: number;
  readonly version: number;
  readonly rules: string;
  readonly nextAt: Date | null;
  readonly personVersion: number;
};

/**
 * Compares what was delivered with present rights, which also begin and end by the clock (SPEC P1): what
 * is new begins to enter from here, what is no longer allowed begins to leave. Rights that come back
 * while a scope leaves wait until the device has erased it (P5).
 *
 * Worked out anew only for clients whose rights may have changed since the last time (P8), so that a pull
 * costs no more with many clients; for all of them when the person's own standing or the rules have
 * changed, or a date has come.
 */
export const compareWithRights = async (
  tx: Transaction,
  who: Who,
  asked: Comparison,
): Promise<void> => {
  const { highWater, nowMs } = asked;
  const last = await lastComparison(tx, who.deviceId);
  if (!last) return;
  const whole =
    asked.anew ||
    last.version !== last.personVersion ||
    last.rules !== rulesDigest ||
    (last.nextAt !== null && last.nextAt.getTime() <= nowMs);
  if (!whole && last.seq >= highWater && asked.erased.length === 0) return;
  const cases = whole
    ? await readCandidates(tx, who, nowMs)
    : await changedSince(tx, who, last.seq, asked);
  const next = cases.length === 0 ? Infinity : await compareCases(tx, who, cases, asked);
  const before = whole ? nextRuleDate(nowMs) : (last.nextAt?.getTime() ?? Infinity);
  const nextAt = Math.min(before, next);
  await tx.query(
    `UPDATE device SET rights_seq = $2, rights_version = $3, rights_rules = $4, rights_next_at = $5
     WHERE id = $1`,
    [
      who.deviceId,
      highWater,
      last.personVersion,
      rulesDigest,
      nextAt === Infinity ? null : new Date(nextAt),
    ],
  );
};

const lastComparison = async (tx: Transaction, deviceId: Id): Promise<Compared | undefined> => {
  const [row] = await tx.query<Compared>(
    `SELECT device.rights_seq AS seq, device.rights_version AS version, device.rights_rules AS rules,
            device.rights_next_at AS "nextAt", person.rights_version AS "personVersion"
     FROM device JOIN person ON person.id = device.person_id WHERE device.id = $1`,
    [deviceId],
  );
  return row;
};

const changedSince = async (
  tx: Transaction,
  { personId, deviceId }: Who,
  after: number,
  { erased, highWater, nowMs }: Comparison,
): Promise<readonly Id[]> => {
  const changed =
    after >= highWater
      ? []
      : await readConcerned(
          tx,
          { personIds: [personId], deviceIds: [deviceId] },
          { after, upTo: highWater },
          nowMs,
        );
  return [...new Set([...changed, ...erased].map(({ caseId }) => caseId))];
};

/** @returns when the clock may next change something of these clients; Infinity for never */
const compareCases = async (
  tx: Transaction,
  { deviceId, personId }: Who,
  cases: readonly Id[],
  { highWater, nowMs }: Comparison,
): Promise<number> => {
  const access = await readAccess(tx, personId, cases, nowMs);
  const grants = [...access].flatMap(([caseId, one]) => scopeGrants(caseId, one));
  await tx.query(
    `WITH granted AS (
       SELECT "caseId" AS case_id, compartment, value
       FROM jsonb_array_elements($3::jsonb) AS value,
         jsonb_to_record(value) AS scope ("caseId" uuid, compartment text)),
     given AS (
       INSERT INTO device_scope AS held
         (device_id, case_id, compartment, state, entered_seq, grant_value)
       SELECT $1, case_id, compartment, 'entering', $4, value FROM granted
       ON CONFLICT (device_id, case_id, compartment) DO UPDATE SET
         grant_value = excluded.grant_value, grant_told = false, grant_page = NULL
       WHERE held.state <> 'leaving' AND held.grant_value IS DISTINCT FROM excluded.grant_value
       RETURNING held.case_id, held.compartment)
     INSERT INTO scope_history (person_id, case_id, compartment, first_at)
     SELECT $2, case_id, compartment, $5 FROM given ON CONFLICT DO NOTHING`,
    [deviceId, personId, JSON.stringify(grants), highWater, new Date(nowMs)],
  );
  await tx.query(
    `UPDATE device_scope AS held SET state = 'leaving', pending_page = NULL
     WHERE held.device_id = $1 AND held.case_id = ANY($2::uuid[]) AND held.state <> 'leaving'
       AND NOT EXISTS (
         SELECT FROM unnest($3::uuid[], $4::text[]) AS granted (case_id, compartment)
         WHERE granted.case_id = held.case_id AND granted.compartment = held.compartment)`,
    [
      deviceId,
      cases,
      grants.map((grant) => grant.caseId),
      grants.map((grant) => grant.compartment),
    ],
  );
  return Math.min(...[...access.values()].map((one) => one.nextBoundary() ?? Infinity));
};
