import { finnishDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';
import { withAliases } from './aliases.ts';

/** Which rounds the people go, whenever. */
const rounds = (people: string): string => `
  SELECT person.id AS person_id, task."unitId" AS unit_id
  FROM person, jsonb_to_recordset(person.tasks) AS task (round boolean, "unitId" uuid)
  WHERE person.id = ANY(${people}::uuid[]) AND task.round`;

/**
 * Every client to whom the person could have a right now, and all that the device holds something of:
 * the team's clients, those of the unit's round, of absent colleagues and of openings, with aliases.
 */
export const readCandidates = async (
  db: Reader,
  who: { readonly personId: Id; readonly deviceId: Id },
  nowMs: number,
): Promise<readonly Id[]> => {
  const rows = await db.query<{ caseId: Id }>(
    `WITH RECURSIVE mine AS (
       SELECT case_id FROM membership_current WHERE person_id = $1
       UNION SELECT case_id FROM membership_current WHERE person_id IN (
         SELECT person_id FROM absence WHERE deputy_id = $1 AND valid_to >= $4)
       UNION SELECT case_id FROM client_standing WHERE unit_id IN (
         SELECT unit_id FROM (${rounds('ARRAY[$1]')}) AS round)
       UNION SELECT case_id FROM opening WHERE person_id = $1 AND until_at > $3
       UNION SELECT case_id FROM device_scope WHERE device_id = $2),
     ${withAliases('candidate', 'SELECT case_id FROM mine')}
     SELECT case_id AS "caseId" FROM candidate ORDER BY case_id`,
    [who.personId, who.deviceId, new Date(nowMs), finnishDate(nowMs)],
  );
  return rows.map(({ caseId }) => caseId);
};

export type Concern = { readonly personId: Id; readonly caseId: Id };

/**
 * Clients whose rights may have changed between the two numbers, with those of the people whom it may
 * concern: named in the team, going round there, standing in for a member, with an opening, or holding
 * something of the client on one of the devices. The cost follows what changed, not what anybody holds.
 */
export const readConcerned = (
  db: Reader,
  among: { readonly personIds: readonly Id[]; readonly deviceIds: readonly Id[] },
  span: { readonly after: number; readonly upTo: number },
  nowMs: number,
): Promise<readonly Concern[]> =>
  db.query<Concern>(
    `WITH RECURSIVE ${withAliases(
      'touched',
      'SELECT case_id FROM case_rights WHERE seq > $1 AND seq <= $2',
    )},
     direct AS (
       SELECT member.person_id, case_id
       FROM touched JOIN membership_current AS member USING (case_id)
       WHERE member.person_id = ANY($3::uuid[])
       UNION
       SELECT absence.deputy_id, case_id
       FROM touched JOIN membership_current AS member USING (case_id)
       JOIN absence ON absence.person_id = member.person_id
       WHERE absence.deputy_id = ANY($3::uuid[]) AND absence.valid_to >= $6
       UNION
       SELECT round.person_id, case_id
       FROM touched JOIN client_standing USING (case_id)
       JOIN (${rounds('$3')}) AS round USING (unit_id)
       UNION
       SELECT opening.person_id, case_id
       FROM touched JOIN opening USING (case_id)
       WHERE opening.person_id = ANY($3::uuid[]) AND opening.until_at > $5
       UNION
       SELECT device.person_id, case_id
       FROM touched JOIN device_scope AS held USING (case_id)
       JOIN device ON device.id = held.device_id
       WHERE held.device_id = ANY($4::uuid[])),
     concerned AS (
       SELECT person_id, case_id FROM direct
       UNION
       SELECT concerned.person_id, near.case_id FROM concerned JOIN LATERAL (
         SELECT main_case_id AS case_id FROM case_alias WHERE case_alias.case_id = concerned.case_id
         UNION ALL
         SELECT case_id FROM case_alias WHERE main_case_id = concerned.case_id) AS near ON true)
     SELECT person_id AS "personId", case_id AS "caseId" FROM concerned ORDER BY 1, 2`,
    [span.after, span.upTo, among.personIds, among.deviceIds, new Date(nowMs), finnishDate(nowMs)],
  );
