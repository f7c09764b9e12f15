import { newId, type Id, type RandomBytes } from '#shared/domain/ids.ts';
import type { Reader, Transaction } from '../../db/pool.ts';
import { freshTokens, hashOf, sessionIdOf, tokenForm, type Tokens } from './tokens.ts';

/** A signed-in device of a person. */
export type Session = {
  readonly id: Id;
  readonly personId: Id;
  readonly deviceId: Id;
};

export type SessionLimits = {
  /** Ends after so long without use. As long as the lease of offline work. */
  readonly idleMs: number;
  /** Ends after so long however much it is used. */
  readonly absoluteMs: number;
  /** How long one access token is good for; then the session is renewed. */
  readonly accessMs: number;
  /** For so long a device whose answer was lost may ask again with the refresh token before. */
  readonly lostAnswerMs: number;
};

const minute = 60_000;
const hour = 60 * minute;
export const sessionLimits: SessionLimits = {
  idleMs: 72 * hour,
  absoluteMs: 14 * 24 * hour,
  accessMs: 10 * minute,
  lostAnswerMs: minute,
};

/** Use is noted at most so often: a write per request would cost more than it tells. */
const noteUseEveryMs = 60_000;

/** An older access token is known for so long after its end, so that its device hears that it may renew. */
const rememberExpiredMs = hour;

/** How the person proved who they are: an account of ours, or the provider's word for a subject. */
export type SessionWay =
  | { readonly kind: 'account' }
  | {
      readonly kind: 'provider';
      readonly issuer: string;
      readonly subject: string;
      /** The provider's name of its own session, where it gives one. */
      readonly providerSession: string | null;
    };

export type OpenedSession = Tokens & {
  /** When the access token runs out. */
  readonly accessUntil: Date;
  /** When the session ends if it is not used. */
  readonly expiresAt: Date;
};

const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

/** Opens the device's session; an earlier one of the same device ends, as when a reply was lost. */
export const openSession = async (
  tx: Transaction,
  who: { readonly personId: Id; readonly deviceId: Id; readonly way: SessionWay },
  now: Date,
  random: RandomBytes,
  limits: SessionLimits = sessionLimits,
): Promise<OpenedSession> => {
  await tx.query(`UPDATE session SET ended_at = $2 WHERE device_id = $1 AND ended_at IS NULL`, [
    who.deviceId,
    now,
  ]);
  const id = newId(now.getTime(), random);
  const tokens = freshTokens(id, random);
  const { way } = who;
  const provider = way.kind === 'provider' ? way : null;
  await tx.query(
    `INSERT INTO session (id, person_id, device_id, way, issuer, subject, provider_session,
       created_at, last_used_at, expires_at, refresh_hash, refreshed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $8)`,
    [
      id,
      who.personId,
      who.deviceId,
      way.kind,
      provider?.issuer ?? null,
      provider?.subject ?? null,
      provider?.providerSession ?? null,
      now,
      after(now, limits.absoluteMs),
      hashOf(tokens.refreshToken),
    ],
  );
  const accessUntil = await keepAccessToken(tx, { id, generation: 1, tokens, now, limits });
  return {
    ...tokens,
    accessUntil,
    expiresAt: after(now, Math.min(limits.idleMs, limits.absoluteMs)),
  };
};

const keepAccessToken = async (
  tx: Transaction,
  given: {
    readonly id: Id;
    readonly generation: number;
    readonly tokens: Tokens;
    readonly now: Date;
    readonly limits: SessionLimits;
  },
): Promise<Date> => {
  const until = after(given.now, given.limits.accessMs);
  await tx.query(
    `INSERT INTO access_token (token_hash, session_id, generation, expires_at)
     VALUES ($1, $2, $3, $4)`,
    [hashOf(given.tokens.token), given.id, given.generation, until],
  );
  return until;
};

/** Neither ended nor expired, of a person who works here on a device that is let in. `$1` now, `$2` idle since. */
const living = `session.ended_at IS NULL AND session.expires_at > $1 AND session.last_used_at > $2
  AND person.active AND device.revoked_at IS NULL`;

const whoseSession = `session
  JOIN person ON person.id = session.person_id
  JOIN device ON device.id = session.device_id`;

export type FoundSession = {
  readonly session: Session;
  /** The session lives, but the token has run out and must be renewed. */
  readonly tokenExpired: boolean;
};

/**
 * The living session of an access token. Null: never opened, ended, expired, or of a person or device that
 * is no longer let in. Looked up at every request, so an end holds at once.
 */
export const findSession = async (
  db: Reader,
  token: string,
  now: Date,
  limits: SessionLimits = sessionLimits,
): Promise<FoundSession | null> => {
  if (!tokenForm.test(token)) return null;
  const [row] = await db.query<Session & { lastUsedAt: Date; tokenUntil: Date; firstUse: boolean }>(
    `SELECT session.id, session.person_id AS "personId", session.device_id AS "deviceId",
            session.last_used_at AS "lastUsedAt", access_token.expires_at AS "tokenUntil",
            access_token.generation = session.generation AND NOT session.pair_used AS "firstUse"
     FROM access_token JOIN ${whoseSession} ON session.id = access_token.session_id
     WHERE access_token.token_hash = $3 AND ${living}`,
    [now, after(now, -limits.idleMs), hashOf(token)],
  );
  if (row === undefined) return null;
  const { id, personId, deviceId } = row;
  const session = { id, personId, deviceId };
  if (row.tokenUntil <= now) return { session, tokenExpired: true };
  if (row.firstUse || now.getTime() - row.lastUsedAt.getTime() >= noteUseEveryMs) {
    await db.query(
      `WITH used AS (UPDATE session SET last_used_at = greatest(last_used_at, $2),
           pair_used = pair_used OR $3
         WHERE id = $1 RETURNING device_id)
       UPDATE device SET last_seen_at = greatest(last_seen_at, $2)
       FROM used WHERE device.id = used.device_id`,
      [id, now, row.firstUse],
    );
  }
  return { session, tokenExpired: false };
};

/** Whether a session still lives, for a line that outlasts its access token. Counts as no use. */
export const sessionLives = async (
  db: Reader,
  id: Id,
  now: Date,
  limits: SessionLimits = sessionLimits,
): Promise<boolean> => {
  const rows = await db.query(
    `SELECT 1 AS one FROM ${whoseSession} WHERE session.id = $3 AND ${living}`,
    [now, after(now, -limits.idleMs), id],
  );
  return rows.length > 0;
};

export type SessionToRefresh = Session & {
  /** Raw Ed25519, by which the device proves that the request is its own. */
  readonly publicKey: Buffer;
  readonly expiresAt: Date;
  readonly generation: number;
  /**
   * Which token was shown: the one that holds; the one before it, whose answer may have been lost; or one
   * that somebody has used before, which tells of a copy.
   */
  readonly shown: 'current' | 'previous' | 'used-before';
};

/** The living session that a refresh token names, locked until the transaction ends. */
export const findToRefresh = async (
  tx: Transaction,
  refreshToken: string,
  now: Date,
  limits: SessionLimits = sessionLimits,
): Promise<SessionToRefresh | null> => {
  const id = sessionIdOf(refreshToken);
  if (id === null) return null;
  const [row] = await tx.query<SessionToRefresh>(
    `SELECT session.id, session.person_id AS "personId", session.device_id AS "deviceId",
            device.public_key AS "publicKey", session.expires_at AS "expiresAt", session.generation,
            CASE WHEN session.refresh_hash = $4 THEN 'current'
                 WHEN session.previous_refresh_hash = $4 AND NOT session.pair_used
                   AND session.refreshed_at > $5 THEN 'previous'
                 ELSE 'used-before' END AS shown
     FROM ${whoseSession} WHERE session.id = $3 AND ${living} FOR UPDATE OF session`,
    [now, after(now, -limits.idleMs), id, hashOf(refreshToken), after(now, -limits.lostAnswerMs)],
  );
  return row ?? null;
};

/** Gives the session its next pair of tokens. */
export const rotateTokens = async (
  tx: Transaction,
  session: SessionToRefresh,
  now: Date,
  random: RandomBytes,
  limits: SessionLimits = sessionLimits,
): Promise<OpenedSession> => {
  const tokens = freshTokens(session.id, random);
  const generation = session.generation + 1;
  // A pair whose answer was lost is nobody's: it goes, should the answer turn up elsewhere.
  const lost = session.shown === 'previous' ? session.generation : null;
  await tx.query(
    `DELETE FROM access_token
     WHERE session_id = $1 AND (expires_at < $2 OR generation = $3::int)`,
    [session.id, after(now, -rememberExpiredMs), lost],
  );
  await tx.query(
    `UPDATE session SET refresh_hash = $2, generation = $3, pair_used = false, last_used_at = $4,
       previous_refresh_hash = CASE WHEN $5 THEN refresh_hash ELSE previous_refresh_hash END,
       refreshed_at = CASE WHEN $5 THEN $4 ELSE refreshed_at END
     WHERE id = $1`,
    [session.id, hashOf(tokens.refreshToken), generation, now, session.shown === 'current'],
  );
  const accessUntil = await keepAccessToken(tx, {
    id: session.id,
    generation,
    tokens,
    now,
    limits,
  });
  const idleEnd = after(now, limits.idleMs);
  return {
    ...tokens,
    accessUntil,
    expiresAt: idleEnd < session.expiresAt ? idleEnd : session.expiresAt,
  };
};

export const endSession = async (db: Reader, id: Id, now: Date): Promise<void> => {
  await db.query(`UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL`, [id, now]);
};

/** Ends every session of the person, on all devices. @returns how many ended */
export const endSessionsOf = async (db: Reader, personId: Id, now: Date): Promise<number> => {
  const ended = await db.query(
    `UPDATE session SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL RETURNING 1 AS one`,
    [personId, now],
  );
  return ended.length;
};

/**
 * Ends what was opened by the provider's word for a subject, all of it or what belongs to one of the
 * provider's own sessions. @returns whose sessions ended, on which device
 */
export const endProviderSessions = (
  db: Reader,
  whose: {
    readonly issuer: string;
    readonly subject: string | null;
    readonly providerSession: string | null;
  },
  now: Date,
): Promise<readonly Session[]> =>
  db.query<Session>(
    `UPDATE session SET ended_at = $4
     WHERE issuer = $1 AND ended_at IS NULL
       AND ($2::text IS NOT NULL OR $3::text IS NOT NULL)
       AND ($2::text IS NULL OR subject = $2) AND ($3::text IS NULL OR provider_session = $3)
     RETURNING id, person_id AS "personId", device_id AS "deviceId"`,
    [whose.issuer, whose.subject, whose.providerSession, now],
  );

/** Housekeeping: sessions that ended or expired a month ago, with their tokens. */
export const forgetSessions = async (db: Reader, now: Date): Promise<void> => {
  await db.query(
    `DELETE FROM session
     WHERE least(expires_at, coalesce(ended_at, expires_at)) < $1::timestamptz - interval '30 days'`,
    [now],
  );
};
