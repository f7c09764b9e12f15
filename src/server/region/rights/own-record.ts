import { createHash } from 'node:crypto';
import { tidyPersonalIdentityCode } from '#shared/domain/personal-identity-code.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';

/**
 * What `person.identity_code_hash` holds: by it a colleague who is also a client is noticed, without the
 * colleague's personal identity code standing in the directory. The same in SQL below.
 */
export const identityCodeHash = (regionId: Id, code: string): Buffer =>
  createHash('sha256')
    .update(`${regionId}:${tidyPersonalIdentityCode(code)}`, 'utf8')
    .digest();

/** Which of the clients are one of the people: nobody reads their own record as a professional. */
export const readOwnCases = (
  db: Reader,
  personIds: readonly Id[],
  caseIds: readonly Id[],
): Promise<readonly { readonly personId: Id; readonly caseId: Id }[]> =>
  db.query<{ personId: Id; caseId: Id }>(
    `SELECT person.id AS "personId", standing.case_id AS "caseId"
     FROM region_state CROSS JOIN client_standing AS standing
     JOIN person ON person.identity_code_hash = sha256(convert_to(
       region_state.region_id || ':' || standing.personal_identity_code, 'UTF8'))
     WHERE standing.case_id = ANY($2::uuid[]) AND person.id = ANY($1::uuid[])
       AND EXISTS (SELECT FROM person WHERE id = ANY($1::uuid[]) AND identity_code_hash IS NOT NULL)`,
    [personIds, caseIds],
  );
