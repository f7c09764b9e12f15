import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Reader } from '../../db/pool.ts';

/**
 * Slow-down on guessing. Attempts are counted per login and per address before the secret is looked
 * at, so that many at once gain nothing; a right secret takes its attempt back. After a few free
 * ones the pause doubles up to a limit, so nobody is locked out for good. Unknown logins are counted
 * like known ones. Kept in the database: all processes of the region count together.
 */
type Limit = {
  readonly free: number;
  readonly longestPauseSeconds: number;
  /** With no attempt for so long, counting begins anew. */
  readonly forgetSeconds: number;
};

const perLogin: Limit = { free: 5, longestPauseSeconds: 300, forgetSeconds: 3_600 };
/** A hospital may reach the region from one address: many may mistype there in a morning. */
const perAddress: Limit = { free: 60, longestPauseSeconds: 60, forgetSeconds: 900 };

export type AttemptKeys = { readonly login: Buffer; readonly address: Buffer };

const keyOf = (kind: string, text: string): Buffer =>
  createHash('sha256').update(`${kind}\u0000${text}`).digest();

export const attemptKeys = (login: string, address: string): AttemptKeys => ({
  login: keyOf('login', login),
  address: addressKey(address),
});

const addressKey = (address: string): Buffer => keyOf('address', network(address));

/** One household or device has a whole /64 of IPv6 addresses: they count as one. */
const network = (address: string): string => {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [left = '', right] = address.split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const parts = right === undefined ? head : [...head, ...zeros, ...tail];
  return parts
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':');
};

/** @returns seconds to wait, or 0 when the attempt may go on and has been counted */
export const countAttempt = async (db: Reader, keys: AttemptKeys, now: Date): Promise<number> => {
  const address = await countOne(db, keys.address, perAddress, now);
  return address > 0 ? address : countOne(db, keys.login, perLogin, now);
};

/** As `countAttempt`, where there is no login: by address alone. */
export const countAddress = (db: Reader, address: string, now: Date): Promise<number> =>
  countOne(db, addressKey(address), perAddress, now);

/** No pause stands as the far past: of two requests at once, the one that looked at its clock first may come last. */
const countOne = async (db: Reader, key: Buffer, limit: Limit, now: Date): Promise<number> => {
  const [counted] = await db.query<{ failures: number }>(
    `INSERT INTO sign_in_attempt AS attempt (key, failures, last_at, blocked_until)
     VALUES ($1, 1, $2::timestamptz, '-infinity')
     ON CONFLICT (key) DO UPDATE SET
       failures = CASE
         WHEN attempt.last_at < $2::timestamptz - make_interval(secs => $3) THEN 1
         ELSE attempt.failures + 1 END,
       last_at = $2::timestamptz,
       blocked_until = CASE
         WHEN attempt.last_at < $2::timestamptz - make_interval(secs => $3)
           OR attempt.failures + 1 < $4 THEN '-infinity'
         ELSE $2::timestamptz + make_interval(
           secs => least($5::float8, power(2, least(attempt.failures + 1 - $4, 30)))) END
     WHERE attempt.blocked_until <= $2::timestamptz
       -- Further ahead than any pause: the clock was set back, and nobody is locked out by that.
       OR attempt.blocked_until > $2::timestamptz + make_interval(secs => $5)
     RETURNING failures`,
    [key, now, limit.forgetSeconds, limit.free, limit.longestPauseSeconds],
  );
  if (counted !== undefined) return 0;
  const [blocked] = await db.query<{ until: Date }>(
    `SELECT blocked_until AS until FROM sign_in_attempt WHERE key = $1`,
    [key],
  );
  const left = blocked === undefined ? 1 : (blocked.until.getTime() - now.getTime()) / 1_000;
  return Math.min(Math.max(1, Math.ceil(left)), limit.longestPauseSeconds);
};

/** A right secret: the login's count ends, and the address gets its attempt back. */
export const takeBackAttempt = async (db: Reader, keys: AttemptKeys): Promise<void> => {
  await db.query(`DELETE FROM sign_in_attempt WHERE key = $1`, [keys.login]);
  await takeBack(db, keys.address);
};

/** As `takeBackAttempt`, where there is no login. */
export const takeBackAddress = (db: Reader, address: string): Promise<void> =>
  takeBack(db, addressKey(address));

const takeBack = async (db: Reader, key: Buffer): Promise<void> => {
  await db.query(
    `UPDATE sign_in_attempt SET failures = greatest(failures - 1, 0),
       blocked_until = CASE WHEN failures - 1 < $2 THEN '-infinity' ELSE blocked_until END
     WHERE key = $1`,
    [key, perAddress.free],
  );
};

/** Housekeeping: counts that nobody has touched for a day. */
export const forgetAttempts = async (db: Reader, now: Date): Promise<void> => {
  await db.query(`DELETE FROM sign_in_attempt WHERE last_at < $1::timestamptz - interval '1 day'`, [
    now,
  ]);
};
