import type { Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';

/**
 * For a query that begins `WITH RECURSIVE`: the clients of `from` (a query of `case_id`) and every client
 * that is the same person by an alias.
 */
export const withAliases = (name: string, from: string): string => `${name} (case_id) AS (
  ${from}
  UNION
  SELECT near.case_id FROM ${name} JOIN LATERAL (
    SELECT main_case_id AS case_id FROM case_alias WHERE case_alias.case_id = ${name}.case_id
    UNION ALL
    SELECT case_id FROM case_alias WHERE main_case_id = ${name}.case_id) AS near ON true)`;

/**
 * The clients that are one person entered more than once, for each of the given: itself and the others.
 * Relations, openings and what the client has allowed or forbidden count for all of them.
 */
export const readAliasGroups = async (
  db: Reader,
  caseIds: readonly Id[],
): Promise<ReadonlyMap<Id, readonly Id[]>> => {
  const links = await db.query<{ caseId: Id; mainId: Id }>(
    `WITH RECURSIVE ${withAliases('asked', 'SELECT unnest($1::uuid[]) AS case_id')}
     SELECT case_id AS "caseId", main_case_id AS "mainId" FROM case_alias
     WHERE case_id IN (SELECT case_id FROM asked)`,
    [caseIds],
  );
  const groups = new Map<Id, readonly Id[]>(caseIds.map((id) => [id, [id]]));
  for (const { caseId, mainId } of links) {
    const joined = [
      ...new Set([...(groups.get(caseId) ?? [caseId]), ...(groups.get(mainId) ?? [mainId])]),
    ];
    for (const member of joined) groups.set(member, joined);
  }
  return groups;
};
