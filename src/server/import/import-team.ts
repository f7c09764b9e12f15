import { normalLogin } from '../region/identity/accounts.ts';
import type { Reader } from '../db/pool.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { TeamMember } from './map-options.ts';

/** The people behind logins, in the order given; the logins that nobody has otherwise. */
export const findTeam = async (
  db: Reader,
  logins: readonly string[],
): Promise<Result<readonly TeamMember[], readonly string[]>> => {
  const wanted = [...new Set(logins.map(normalLogin))];
  const rows = await db.query<{ login: string } & TeamMember>(
    `SELECT account.login, person.id, person.profession, person.task_class AS "taskClass"
     FROM account JOIN person ON person.id = account.person_id
     WHERE account.login = ANY($1::text[]) AND person.active`,
    [wanted],
  );
  const known = new Map(rows.map(({ login, ...member }) => [login, member]));
  const unknown = wanted.filter((login) => !known.has(login));
  return unknown.length > 0 ? err(unknown) : ok(wanted.flatMap((login) => known.get(login) ?? []));
};
