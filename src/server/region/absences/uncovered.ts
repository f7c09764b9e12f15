import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Compartment } from '#shared/domain/codes.ts';
import type { Absence, Person } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';
import { readPeople } from '../directory.ts';
import { reachesByRelation, tasksOn } from '../openings/task-reach.ts';
import { readOwnCases } from '../rights/own-record.ts';

/** Something that the absent person answers for. */
export type Responsibility = {
  readonly absenceId: Id;
  readonly caseId: Id;
  readonly recordId: Id;
  readonly kind: 'action' | 'custodian';
  readonly compartment: Compartment;
  readonly title: string;
};

type Found = Responsibility & { readonly handedOver: boolean };

/**
 * What the absent people answer for and nobody steps in to: plans whose custodian they are, and actions
 * under way without a deputy of their own, of the clients in whose team they are during the absence. What
 * was handed over is covered when the deputy's task reaches it. Three questions, however many absences and
 * clients.
 */
export const uncoveredIn = async (
  db: Reader,
  absences: readonly Absence[],
  today: CivilDate,
): Promise<readonly Responsibility[]> => {
  if (absences.length === 0) return [];
  const found = await responsibilities(db, absences, today);
  const byId = new Map(absences.map((absence) => [absence.id, absence]));
  const deputyIds = absences.flatMap(({ deputyId }) => (deputyId === null ? [] : [deputyId]));
  const deputies = new Map((await readPeople(db, deputyIds)).map((one) => [one.id, one]));
  const own = new Set(
    (
      await readOwnCases(
        db,
        deputyIds,
        found.filter(({ handedOver }) => handedOver).map(({ caseId }) => caseId),
      )
    ).map(({ personId, caseId }) => `${personId} ${caseId}`),
  );
  return found.filter(({ absenceId, caseId, compartment, handedOver }) => {
    const absence = byId.get(absenceId);
    const deputy = deputies.get(absence?.deputyId ?? '');
    if (!absence || !deputy || !handedOver || own.has(`${deputy.id} ${caseId}`)) return true;
    return !reachesIn(deputy, absence, compartment, today);
  });
};

/** By the deputy's tasks on the first day of the absence that is not over. */
const reachesIn = (
  deputy: Person,
  { validFrom }: Absence,
  compartment: Compartment,
  today: CivilDate,
): boolean => {
  const day = validFrom > today ? validFrom : today;
  return reachesByRelation(tasksOn(deputy, day), compartment, day);
};

/** The clients of the absent people: in whose team they are on a day of the absence that is not over. */
const clientsOfAbsent = `asked AS (
    SELECT id, person_id, deputy_id, case_ids, valid_from, valid_to FROM absence
    WHERE id = ANY($1::uuid[])),
  client AS (
    SELECT DISTINCT asked.id AS absence_id, asked.person_id, member.case_id,
      asked.deputy_id IS NOT NULL
        AND (asked.case_ids IS NULL OR member.case_id = ANY(asked.case_ids)) AS handed_over
    FROM asked JOIN membership_current AS member USING (person_id)
    WHERE member.role NOT IN ('student', 'external')
      AND member.valid_from <= asked.valid_to
      AND (member.valid_to IS NULL
        OR member.valid_to >= greatest(asked.valid_from, least($2::date, asked.valid_to))))`;

const notRemoved = `NOT EXISTS (
  SELECT FROM head AS gone JOIN change_log AS log USING (case_id, change_id)
  WHERE gone.case_id = head.case_id AND gone.record_id = head.record_id AND gone.grp = 'existence'
    AND log.value ->> 'state' = 'removed')`;

const responsibilities = (
  db: Reader,
  absences: readonly Absence[],
  today: CivilDate,
): Promise<readonly Found[]> =>
  db.query<Found>(
    `WITH ${clientsOfAbsent}
     SELECT DISTINCT client.absence_id AS "absenceId", client.case_id AS "caseId",
       head.record_id AS "recordId", head.compartment, client.handed_over AS "handedOver",
       CASE head.kind WHEN 'plan' THEN 'custodian' ELSE 'action' END AS kind,
       coalesce((SELECT log.value ->> 'title' FROM head AS named
         JOIN change_log AS log USING (case_id, change_id)
         WHERE named.case_id = head.case_id AND named.record_id = head.record_id
           AND named.grp = 'content' AND head.kind = 'action'
         ORDER BY named.seq DESC LIMIT 1), '') AS title
     FROM client
     JOIN head ON head.case_id = client.case_id
       AND (head.kind, head.grp) IN (('action', 'responsibility'), ('plan', 'custodian'))
     JOIN change_log AS said ON said.case_id = head.case_id AND said.change_id = head.change_id
     WHERE CASE head.kind
         WHEN 'plan' THEN said.value ->> 'personId' = client.person_id::text
         ELSE said.value ->> 'responsibleId' = client.person_id::text
           AND said.value ->> 'deputyId' IS NULL
           AND NOT EXISTS (
             SELECT FROM head AS status JOIN change_log AS log USING (case_id, change_id)
             WHERE status.case_id = head.case_id AND status.record_id = head.record_id
               AND status.grp = 'status' AND log.value ->> 'status' IN ('done', 'not-done'))
         END
       AND ${notRemoved}
     ORDER BY "absenceId", "caseId", kind DESC, "recordId"`,
    [absences.map(({ id }) => id), today],
  );

/** How many clients each absence hands over; without a deputy, how many the absent person has. */
export const clientCounts = async (
  db: Reader,
  absences: readonly Absence[],
  today: CivilDate,
): Promise<ReadonlyMap<Id, number>> => {
  if (absences.length === 0) return new Map();
  const rows = await db.query<{ absenceId: Id; clients: number }>(
    `WITH ${clientsOfAbsent}
     SELECT absence_id AS "absenceId", count(DISTINCT case_id)::int AS clients
     FROM client JOIN asked ON asked.id = client.absence_id
     WHERE client.handed_over OR asked.deputy_id IS NULL
     GROUP BY absence_id`,
    [absences.map(({ id }) => id), today],
  );
  return new Map(rows.map(({ absenceId, clients }) => [absenceId, clients]));
};

/** Those of the clients in whose team the person is on a day of the span; a merged client counts by either name. */
export const clientsOf = async (
  db: Reader,
  personId: Id,
  { validFrom, validTo }: Pick<Absence, 'validFrom' | 'validTo'>,
  caseIds: readonly Id[],
): Promise<ReadonlySet<Id>> => {
  const rows = await db.query<{ caseId: Id }>(
    `SELECT DISTINCT case_id AS "caseId" FROM membership_current
     WHERE person_id = $1 AND case_id = ANY($2::uuid[]) AND role NOT IN ('student', 'external')
       AND valid_from <= $4 AND (valid_to IS NULL OR valid_to >= $3)`,
    [personId, caseIds, validFrom, validTo],
  );
  return new Set(rows.map(({ caseId }) => caseId));
};
