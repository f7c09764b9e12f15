import { derivedId, type Id } from '#shared/domain/ids.ts';
import { filedAtMs } from '#shared/domain/use-log/blocks.ts';
import type { OfflineOpening } from '#shared/protocol/use-log.ts';
import type { Reader, Transaction } from '../../db/pool.ts';
import type { Session } from '../identity/sessions.ts';
import { touchPersonRights } from '../rights/touch-rights.ts';
import { groundInForce, lengthOf } from './store-opening.ts';

/**
 * Takes in emergencies that a device opened without a network. Every one is kept, as told, for the privacy
 * officer to see: also one on an unknown ground or about a client that the person was never given. Such a
 * one gives no right: it ends where it begins. A true one gives what is left of its hour.
 * @returns the ids that the region holds now: all of them
 */
export const takeInOfflineOpenings = async (
  tx: Transaction,
  session: Pick<Session, 'personId' | 'deviceId'>,
  openings: readonly OfflineOpening[],
  nowMs: number,
): Promise<readonly Id[]> => {
  if (openings.length === 0) return [];
  const held = await heldCases(
    tx,
    session.personId,
    openings.map(({ caseId }) => caseId),
  );
  for (const opening of openings) {
    await keep(tx, session, opening, held.has(opening.caseId), nowMs);
  }
  await touchPersonRights(tx, [session.personId]);
  return [...new Set(openings.map(({ id }) => id))];
};

/** Which of the clients the person has ever been given something of. */
const heldCases = async (
  db: Reader,
  personId: Id,
  caseIds: readonly Id[],
): Promise<ReadonlySet<Id>> => {
  const rows = await db.query<{ caseId: Id }>(
    `SELECT DISTINCT case_id AS "caseId" FROM scope_history
     WHERE person_id = $1 AND case_id = ANY($2::uuid[])`,
    [personId, caseIds],
  );
  return new Set(rows.map(({ caseId }) => caseId));
};

/**
 * The same opening told again adds nothing but its end. Somebody else's id does not hide it: it is then
 * kept under one that follows from the device and what it told.
 */
const keep = async (
  tx: Transaction,
  { personId, deviceId }: Pick<Session, 'personId' | 'deviceId'>,
  opening: OfflineOpening,
  wasGiven: boolean,
  nowMs: number,
): Promise<void> => {
  const { fromMs, untilMs, endedMs } = span(opening, wasGiven, nowMs);
  const values = [
    personId,
    deviceId,
    opening.caseId,
    storableText(opening.ground),
    storableText(opening.reason),
    new Date(fromMs),
    new Date(untilMs),
    endedMs === null ? null : new Date(endedMs),
    new Date(nowMs),
  ];
  const own = derivedId('opening', `${deviceId} ${opening.id} ${opening.caseId}`);
  for (const id of [opening.id, own]) {
    const kept = await tx.query(
      `INSERT INTO opening AS known
         (id, kind, person_id, device_id, case_id, ground, reason, from_at, until_at, ended_at,
          offline, received_at)
       VALUES ($1, 'emergency', $2, $3, $4, $5, $6, $7, $8, $9, true, $10)
       ON CONFLICT (id) DO UPDATE SET ended_at = coalesce(known.ended_at, excluded.ended_at)
       WHERE known.offline AND known.person_id = excluded.person_id
         AND known.case_id = excluded.case_id
       RETURNING 1 AS one`,
      [id, ...values],
    );
    if (kept.length > 0) return;
  }
};

/**
 * When it was open. It begins when its device says, unless that clock cannot be right, and never in the
 * future; how long it lasted goes by the device, at most as long as the ground allows.
 */
const span = (
  told: OfflineOpening,
  wasGiven: boolean,
  nowMs: number,
): { readonly fromMs: number; readonly untilMs: number; readonly endedMs: number | null } => {
  const fromMs = Math.min(filedAtMs({ atMs: told.fromMs }, nowMs), nowMs);
  const ground = groundInForce(told.ground, ['emergency'], fromMs);
  const allowed = wasGiven && ground ? lengthOf(ground) : 0;
  const after = (ms: number, most: number): number =>
    fromMs + Math.min(Math.max(ms - told.fromMs, 0), most);
  return {
    fromMs,
    untilMs: after(told.untilMs, allowed),
    endedMs: told.endedMs === null ? null : after(told.endedMs, nowMs - fromMs),
  };
};

/** NUL and lone surrogates, which the database cannot hold, must not keep an opening from being told. */
const storableText = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD');
