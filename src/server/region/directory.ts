import {
  personSchema,
  unitSchema,
  type Absence,
  type Person,
  type Unit,
} from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader, Transaction } from '../db/pool.ts';
import { touchPersonRights } from './rights/touch-rights.ts';

/** The region's units and people, and who is away. Every statement that changes them raises the revision. */
export type Directory = {
  readonly revision: number;
  readonly units: readonly Unit[];
  readonly people: readonly Person[];
  readonly absences: readonly Absence[];
};

const personColumns = `id, given_name AS "givenName", family_name AS "familyName", profession,
  task_class AS "taskClass", unit_id AS "unitId", registers_number AS "registerNumber", tasks, duties,
  partner_sector AS "partnerSector", active`;

const absenceColumns = `id, person_id AS "personId", deputy_id AS "deputyId",
  valid_from AS "validFrom", valid_to AS "validTo", case_ids AS "caseIds"`;

export const findPerson = async (db: Reader, personId: Id): Promise<Person | null> => {
  const [person] = await db.query<Person>(`SELECT ${personColumns} FROM person WHERE id = $1`, [
    personId,
  ]);
  return person ?? null;
};

export const readPeople = (db: Reader, personIds: readonly Id[]): Promise<readonly Person[]> =>
  db.query<Person>(`SELECT ${personColumns} FROM person WHERE id = ANY($1::uuid[])`, [personIds]);

/** Absences that have not ended before the day and in which one of these people steps in. */
export const readDeputyships = (
  db: Reader,
  deputyIds: readonly Id[],
  today: string,
): Promise<readonly Absence[]> =>
  db.query<Absence>(
    `SELECT ${absenceColumns} FROM absence
     WHERE deputy_id = ANY($1::uuid[]) AND valid_to >= $2 ORDER BY id`,
    [deputyIds, today],
  );

/**
 * The whole directory as the reader may know it, or null when the reader holds this revision already.
 * Which clients an absence hands over is told only to those whom it concerns.
 */
export const readDirectory = async (
  db: Reader,
  held: number,
  readerId: Id,
  today: string,
): Promise<Directory | null> => {
  // Read before the rows: a change in between is sent again rather than missed.
  const [state] = await db.query<{ revision: number }>(`SELECT revision FROM directory_state`);
  if (state === undefined || state.revision === held) return null;
  const units = await db.query<Unit>(
    `SELECT id, name, municipality, sector FROM unit ORDER BY name, id`,
  );
  const people = await db.query<Person>(
    `SELECT ${personColumns} FROM person ORDER BY family_name, given_name, id`,
  );
  const absences = await db.query<Absence>(
    `SELECT ${absenceColumns} FROM absence WHERE valid_to >= $1 ORDER BY valid_from, id`,
    [today],
  );
  return {
    revision: state.revision,
    units,
    people,
    absences: absences.map((absence) => absenceAsToldTo(readerId, people, absence)),
  };
};

/** That clients were handed over, without which, to everybody but the two, their leads and administrators. */
const absenceAsToldTo = (readerId: Id, people: readonly Person[], absence: Absence): Absence => {
  if (absence.caseIds === null) return absence;
  if (absence.personId === readerId || absence.deputyId === readerId) return absence;
  const reader = people.find((person) => person.id === readerId);
  const absent = people.find((person) => person.id === absence.personId);
  const leads =
    reader?.duties.includes('administrator') === true ||
    (reader?.duties.includes('unit-lead') === true &&
      unitsOf(reader).some((unit) => absent !== undefined && unitsOf(absent).includes(unit)));
  return leads ? absence : { ...absence, caseIds: [] };
};

/** The units that the person works in, whenever. */
export const unitsOf = (person: Pick<Person, 'unitId' | 'tasks'>): readonly Id[] => [
  ...new Set(
    [person.unitId, ...person.tasks.map((task) => task.unitId)].filter((id) => id !== null),
  ),
];

/** Adds units or brings them up to date; what is the same already does not raise the revision. */
export const saveUnits = async (tx: Transaction, units: readonly Unit[]): Promise<void> => {
  if (units.length === 0) return;
  const rows = JSON.stringify(units.map((unit) => unitSchema.parse(unit)));
  await tx.query(
    `INSERT INTO unit AS known (id, name, municipality, sector)
     SELECT id, name, municipality, sector FROM jsonb_to_recordset($1::jsonb)
       AS given (id uuid, name text, municipality text, sector text)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, municipality = excluded.municipality, sector = excluded.sector
     WHERE (known.name, known.municipality, known.sector)
       IS DISTINCT FROM (excluded.name, excluded.municipality, excluded.sector)`,
    [rows],
  );
};

const givenPeople = `jsonb_to_recordset($1::jsonb) AS given (id uuid, "givenName" text,
  "familyName" text, profession text, "taskClass" text, "unitId" uuid, "registerNumber" text,
  tasks jsonb, duties text[], "partnerSector" text, active boolean)`;

/**
 * Adds people or brings them up to date, and notes whose rights may be others now. Their units must be
 * known.
 */
export const savePeople = async (tx: Transaction, people: readonly Person[]): Promise<void> => {
  if (people.length === 0) return;
  const rows = JSON.stringify(people.map((person) => personSchema.parse(person)));
  const otherRights = await tx.query<{ id: Id }>(
    `SELECT known.id FROM ${givenPeople} JOIN person AS known USING (id)
     WHERE (known.profession, known.task_class, known.unit_id, known.tasks, known.partner_sector,
            known.active)
       IS DISTINCT FROM (given.profession, given."taskClass", given."unitId", given.tasks,
            given."partnerSector", given.active)`,
    [rows],
  );
  await tx.query(
    `INSERT INTO person AS known
       (id, given_name, family_name, profession, task_class, unit_id, registers_number, tasks, duties,
        partner_sector, active)
     SELECT id, "givenName", "familyName", profession, "taskClass", "unitId", "registerNumber", tasks,
       duties, "partnerSector", active
     FROM ${givenPeople}
     ON CONFLICT (id) DO UPDATE SET
       given_name = excluded.given_name, family_name = excluded.family_name,
       profession = excluded.profession, task_class = excluded.task_class,
       unit_id = excluded.unit_id, registers_number = excluded.registers_number,
       tasks = excluded.tasks, duties = excluded.duties, partner_sector = excluded.partner_sector,
       active = excluded.active
     WHERE (known.given_name, known.family_name, known.profession, known.task_class, known.unit_id,
            known.registers_number, known.tasks, known.duties, known.partner_sector, known.active)
       IS DISTINCT FROM (excluded.given_name, excluded.family_name, excluded.profession,
            excluded.task_class, excluded.unit_id, excluded.registers_number, excluded.tasks,
            excluded.duties, excluded.partner_sector, excluded.active)`,
    [rows],
  );
  await touchPersonRights(
    tx,
    otherRights.map(({ id }) => id),
  );
};
