import {
  membershipGranted,
  type TeamMembership,
  type WrittenGrant,
} from '#shared/domain/access/team-membership.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';

/** The teams of the given clients, by client: past and future members too. */
export const readTeams = async (
  db: Reader,
  caseIds: readonly Id[],
): Promise<ReadonlyMap<Id, readonly TeamMembership[]>> => {
  const rows = await db.query<TeamMembership & { caseId: Id }>(
    `SELECT case_id AS "caseId", membership_id AS "membershipId", person_id AS "personId", role,
            task_class AS "taskClass", supervisor_id AS "supervisorId", valid_from AS "validFrom",
            valid_to AS "validTo"
     FROM membership_current WHERE case_id = ANY($1::uuid[]) ORDER BY membership_id`,
    [caseIds],
  );
  return Map.groupBy(rows, (row) => row.caseId);
};

/**
 * How the person has been in the teams of the given clients until this day, whatever became of it since:
 * every stored membership that had begun, as it would be were it still going on.
 */
export const everMember = async (
  db: Reader,
  personId: Id,
  caseIds: readonly Id[],
  day: string,
): Promise<ReadonlyMap<Id, readonly TeamMembership[]>> => {
  const rows = await db.query<WrittenGrant & { caseId: Id; recordId: Id }>(
    `SELECT case_id AS "caseId", record_id AS "recordId", value, author_id AS "authorId"
     FROM change_log
     WHERE case_id = ANY($1::uuid[]) AND kind = 'membership' AND grp = 'grant'
       AND value ->> 'personId' = $2 AND (value ->> 'validFrom' <= $3 OR author_id = $2::uuid)`,
    [caseIds, personId, day],
  );
  const been = rows.flatMap(({ caseId, recordId, ...written }) => {
    const granted = membershipGranted(recordId, [written], day);
    return granted ? [{ ...granted, caseId, validFrom: day, validTo: null }] : [];
  });
  return Map.groupBy(been, ({ caseId }) => caseId);
};

/** Which of the scopes have ever been given to a device of the person. */
export const everGiven = async (
  db: Reader,
  personId: Id,
  caseIds: readonly Id[],
): Promise<(caseId: Id, compartment: string) => boolean> => {
  const rows = await db.query<{ caseId: Id; compartment: string }>(
    `SELECT case_id AS "caseId", compartment FROM scope_history
     WHERE person_id = $1 AND case_id = ANY($2::uuid[])`,
    [personId, caseIds],
  );
  const given = new Set(rows.map((row) => `${row.caseId} ${row.compartment}`));
  return (caseId, compartment) => given.has(`${caseId} ${compartment}`);
};
