import { createHash } from 'node:crypto';
import type { Id, RandomBytes } from '#shared/domain/ids.ts';
import type { Reader, Transaction } from '../../db/pool.ts';

/** A signed-in device of a person. */
export type Session = {
  /** Names the session; the token itself is nowhere on the server. */
  readonly tokenHash: Buffer;
  readonly personId: Id;
  readonly deviceId: Id;
};

export type SessionLimits = {
  /** Ends after so long without use. As long as the lease of offline work. */
  readonly idleMs: number;
  /** Ends after so long however much it is used. */
  readonly absoluteMs: number;
};

const hour = 3_600_000;
export const sessionLimits: SessionLimits = { idleMs: 72 * hour, absoluteMs: 14 * 24 * hour };

/** Use is noted at most so often: a write per request would cost more than it tells. */
const noteUseEveryMs = 60_000;

const tokenForm = /^[A-Za-z0-9_-]{43}$/;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

export type OpenedSession = { readonly token: string; readonly expiresAt: Date };

/** Opens the device's session; an earlier one of the same device ends, as when a reply was lost. */
export const openSession = async (
  tx: Transaction,
  who: { readonly personId: Id; readonly deviceId: Id },
  now: Date,
  random: RandomBytes,
  limits: SessionLimits = sessionLimits,
): Promise<OpenedSession> => {
  await tx.query(`UPDATE session SET ended_at = $2 WHERE device_id = $1 AND ended_at IS NULL`, [
    who.deviceId,
    now,
  ]);
  const token = Buffer.from(random(32)).toString('base64url');
  await tx.query(
    `INSERT INTO session (token_hash, person_id, device_id, created_at, last_used_at, expires_at)
     VALUES ($1, $2, $3, $4, $4, $5)`,
    [hashOf(token), who.personId, who.deviceId, now, new Date(now.getTime() + limits.absoluteMs)],
  );
  return {
    token,
    expiresAt: new Date(now.getTime() + Math.min(limits.idleMs, limits.absoluteMs)),
  };
};

/**
 * The session of a token, or null: never opened, ended, expired, or of a person or device that is
 * no longer let in. Looked up at every request, so an end holds at once.
 */
export const findSession = async (
  db: Reader,
  token: string,
  now: Date,
  limits: SessionLimits = sessionLimits,
): Promise<Session | null> => {
  if (!tokenForm.test(token)) return null;
  const tokenHash = hashOf(token);
  const [row] = await db.query<{ personId: Id; deviceId: Id; lastUsedAt: Date }>(
    `SELECT session.person_id AS "personId", session.device_id AS "deviceId",
            session.last_used_at AS "lastUsedAt"
     FROM session
     JOIN person ON person.id = session.person_id
     JOIN device ON device.id = session.device_id
     WHERE session.token_hash = $1 AND session.ended_at IS NULL
       AND session.expires_at > $2 AND session.last_used_at > $3
       AND person.active AND device.revoked_at IS NULL`,
    [tokenHash, now, new Date(now.getTime() - limits.idleMs)],
  );
  if (row === undefined) return null;
  if (now.getTime() - row.lastUsedAt.getTime() >= noteUseEveryMs) {
    await db.query(
      `WITH used AS (UPDATE session SET last_used_at = $2
         WHERE token_hash = $1 AND last_used_at < $2 RETURNING device_id)
       UPDATE device SET last_seen_at = $2 FROM used WHERE device.id = used.device_id`,
      [tokenHash, now],
    );
  }
  return { tokenHash, personId: row.personId, deviceId: row.deviceId };
};

export const endSession = async (db: Reader, session: Session, now: Date): Promise<void> => {
  await db.query(`UPDATE session SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL`, [
    session.tokenHash,
    now,
  ]);
};

/** Ends every session of the person, on all devices. @returns how many ended */
export const endSessionsOf = async (db: Reader, personId: Id, now: Date): Promise<number> => {
  const ended = await db.query(
    `UPDATE session SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL RETURNING 1 AS one`,
    [personId, now],
  );
  return ended.length;
};

/** Housekeeping: sessions that ended or expired a month ago. */
export const forgetSessions = async (db: Reader, now: Date): Promise<void> => {
  await db.query(
    `DELETE FROM session
     WHERE least(expires_at, coalesce(ended_at, expires_at)) < $1::timestamptz - interval '30 days'`,
    [now],
  );
};
