import type { Id } from '#shared/domain/ids.ts';
import type { Transaction } from '../../db/pool.ts';
import { withAliases } from './aliases.ts';

/** Told to every server process at commit; carries the person whose rights may be others now. */
export const rightsChannel = 'punos_rights';

/**
 * Notes that these people's rights may have changed by something that is no change of a record: work
 * tasks, activity, absences, openings, own-record links. Whoever changes one of those calls this in the
 * same transaction; the people's devices then work out all their rights anew at their next pull, and
 * hear that there is news. A student's rights follow the supervisor's, so the students are noted too.
 */
export const touchPersonRights = async (
  tx: Transaction,
  personIds: readonly Id[],
): Promise<void> => {
  if (personIds.length === 0) return;
  // In the order of the ids, so that two of these never wait crosswise.
  const touched = await tx.query<{ id: Id }>(
    `SELECT id FROM person WHERE id = ANY($1::uuid[])
       OR id IN (SELECT person_id FROM membership_current WHERE supervisor_id = ANY($1::uuid[]))
     ORDER BY id FOR NO KEY UPDATE`,
    [personIds],
  );
  await tx.query(
    `WITH touched AS (
       UPDATE person SET rights_version = rights_version + 1 WHERE id = ANY($2::uuid[]) RETURNING id)
     SELECT pg_notify($1, id::text) FROM touched`,
    [rightsChannel, touched.map(({ id }) => id)],
  );
};

/**
 * Notes that rights to these clients may have changed by something that is no change of their records: an
 * alias made or taken back. Call it while the alias stands, so before taking one back.
 */
export const touchCaseRights = async (tx: Transaction, caseIds: readonly Id[]): Promise<void> => {
  if (caseIds.length === 0) return;
  const people = await tx.query<{ id: Id }>(
    `WITH RECURSIVE ${withAliases('asked', 'SELECT unnest($1::uuid[]) AS case_id')},
     member AS (
       SELECT person_id FROM membership_current WHERE case_id IN (SELECT case_id FROM asked))
     SELECT person_id AS id FROM member
     UNION SELECT deputy_id FROM absence
       WHERE deputy_id IS NOT NULL AND person_id IN (SELECT person_id FROM member)
     UNION SELECT person_id FROM opening WHERE case_id IN (SELECT case_id FROM asked)
     UNION SELECT device.person_id FROM device_scope AS held JOIN device ON device.id = held.device_id
       WHERE held.case_id IN (SELECT case_id FROM asked)
     UNION SELECT person.id FROM person, jsonb_to_recordset(person.tasks)
         AS task (round boolean, "unitId" uuid)
       WHERE task.round AND task."unitId" IN (
         SELECT unit_id FROM client_standing WHERE case_id IN (SELECT case_id FROM asked))`,
    [caseIds],
  );
  await touchPersonRights(
    tx,
    people.map(({ id }) => id),
  );
};
