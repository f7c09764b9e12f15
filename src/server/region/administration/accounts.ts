import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { withTransaction } from '../../db/pool.ts';
import { normalLogin, saveAccount } from '../identity/accounts.ts';
import { endSessionsOf } from '../identity/sessions.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { logAdministration, notAcceptable } from './answers.ts';

/** No signs that are read wrong from paper: neither 0 and o nor 1, i and l. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of five: about a hundred bits, and can be read out on the telephone. */
const newSecret = (random: (length: number) => Uint8Array): string => {
  const letters = [...random(64)].filter((byte) => byte < 256 - (256 % alphabet.length));
  const text = letters
    .slice(0, 20)
    .map((byte) => alphabet[byte % alphabet.length])
    .join('');
  return text.replaceAll(/(.{5})(?=.)/gu, '$1-');
};

/** Gives a person a local account or a new secret; it is told once and kept as a hash alone. */
export const giveNewSecret = (
  asker: Asker,
  { id, login }: OnlineInput<'people.newSecret'>,
): Promise<Result<OnlineOutput<'people.newSecret'>, OnlineRefusal>> =>
  withTransaction(asker.db, async (tx) => {
    const [person] = await tx.query('SELECT id FROM person WHERE id = $1 AND active', [id]);
    if (!person) return err({ code: 'no-access' });
    const [taken] = await tx.query(
      'SELECT 1 AS one FROM account WHERE login = $1 AND person_id <> $2',
      [normalLogin(login), id],
    );
    if (taken) return err(notAcceptable('login', 'login-taken'));
    const secret = newSecret(asker.random);
    await saveAccount(tx, { login, secret, personId: id }, asker.now());
    await endSessionsOf(tx, id, asker.now());
    await logAdministration(tx, asker, 'accounts', id);
    return ok({ secret });
  });
