import { findGround, type OpeningGround, type OpeningKind } from '#shared/domain/access/rules.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import type { Compartment } from '#shared/domain/codes.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import type { Reader, Transaction } from '../../db/pool.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';

/** An opening as the asker is told of it. */
export type Opened = {
  readonly openingId: Id;
  readonly kind: OpeningKind;
  /** Milliseconds since 1970, UTC; no longer included. */
  readonly untilMs: number;
};

export const unknownGround: OnlineRefusal = {
  code: 'not-acceptable',
  path: 'ground',
  problem: 'unknown-ground',
};

export const otherSectorsGround: OnlineRefusal = {
  code: 'not-acceptable',
  path: 'ground',
  problem: 'not-suitable',
};

/** The ground, when the rules have it in force at that moment and for that kind of opening. */
export const groundInForce = (
  id: string,
  kinds: readonly OpeningKind[],
  nowMs: number,
): OpeningGround | null => {
  const ground = findGround(id);
  return ground && kinds.includes(ground.kind) && isCurrent(ground, finnishDate(nowMs))
    ? ground
    : null;
};

const minuteMs = 60_000;

export const lengthOf = (ground: OpeningGround): number => ground.minutes * minuteMs;

type Asked = {
  readonly caseId: Id;
  readonly ground: OpeningGround;
  readonly reason: string;
  /** The confirmed parts, for a confirmation. */
  readonly compartments: readonly Compartment[] | null;
};

/** An opening of the same client on the same ground that still runs and covers what is asked. */
export const runningOpening = async (
  db: Reader,
  personId: Id,
  { caseId, ground, compartments }: Asked,
  nowMs: number,
): Promise<Opened | null> => {
  const [running] = await db.query<{ openingId: Id; kind: OpeningKind; until: Date }>(
    `SELECT id AS "openingId", kind, until_at AS until FROM opening
     WHERE person_id = $1 AND case_id = $2 AND ground = $3 AND ended_at IS NULL
       AND from_at <= $4 AND until_at > $4
       AND ($5::text[] IS NULL OR compartments @> $5::text[])
     ORDER BY until_at DESC, id LIMIT 1`,
    [personId, caseId, ground.id, new Date(nowMs), compartments],
  );
  return running
    ? { openingId: running.openingId, kind: running.kind, untilMs: running.until.getTime() }
    : null;
};

/** Begins an opening for as long as its ground allows. */
export const addOpening = async (
  tx: Transaction,
  { person, session, random }: Asker,
  { caseId, ground, reason, compartments }: Asked,
  nowMs: number,
): Promise<Opened> => {
  const openingId = newId(nowMs, random);
  const untilMs = nowMs + lengthOf(ground);
  await tx.query(
    `INSERT INTO opening
       (id, kind, person_id, device_id, case_id, ground, reason, compartments, from_at, until_at,
        offline, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false, $9)`,
    [
      openingId,
      ground.kind,
      person.id,
      session.deviceId,
      caseId,
      ground.id,
      reason,
      compartments,
      new Date(nowMs),
      new Date(untilMs),
    ],
  );
  return { openingId, kind: ground.kind, untilMs };
};
