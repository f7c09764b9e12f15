import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Transaction } from '../../db/pool.ts';
import type { RegionContext } from '../context.ts';
import { attemptKeys, countAttempt, takeBackAttempt } from './guessing.ts';
import { hashSecret, secretFits } from './secrets.ts';

/** Local accounts: for the demo and for small sites without an identity provider. */

/** Logins are compared without regard to case, outer spaces and how a letter was composed. */
export const normalLogin = (login: string): string => login.normalize('NFKC').trim().toLowerCase();

/** Makes the person's account or, where there is one, gives it this login and secret. */
export const saveAccount = async (
  tx: Transaction,
  account: { readonly login: string; readonly secret: string; readonly personId: Id },
  at: Date,
): Promise<void> => {
  await tx.query(
    `INSERT INTO account (login, secret_hash, person_id, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (person_id) DO UPDATE SET login = excluded.login, secret_hash = excluded.secret_hash`,
    [normalLogin(account.login), await hashSecret(account.secret), account.personId, at],
  );
};

export type SignInRefusal =
  | { readonly code: 'wrong-credentials' }
  | { readonly code: 'slow-down'; readonly retryAfterSeconds: number };

/**
 * Who the login and secret belong to. An unknown login, a wrong secret and a person who no longer
 * works in the region get the same answer after the same work.
 * @param address where the request came from, to slow guessing down
 */
export const checkCredentials = async (
  { db, now }: RegionContext,
  given: { readonly login: string; readonly secret: string },
  address: string,
): Promise<Result<{ readonly personId: Id }, SignInRefusal>> => {
  const login = normalLogin(given.login);
  const keys = attemptKeys(login, address);
  const wait = await countAttempt(db, keys, now());
  if (wait > 0) return err({ code: 'slow-down', retryAfterSeconds: wait });

  const [account] = await db.query<{ secretHash: string; personId: Id; active: boolean }>(
    `SELECT account.secret_hash AS "secretHash", account.person_id AS "personId", person.active
     FROM account JOIN person ON person.id = account.person_id WHERE account.login = $1`,
    [login],
  );
  const fits = await secretFits(account?.secretHash ?? null, given.secret);
  if (!fits || account?.active !== true) return err({ code: 'wrong-credentials' });
  await takeBackAttempt(db, keys);
  return ok({ personId: account.personId });
};
