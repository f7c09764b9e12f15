import { personSchema, unitSchema, type Person, type Unit } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader, Transaction } from '../db/pool.ts';

/** The region's units and people. Every statement that changes them raises the revision. */
export type Directory = {
  readonly revision: number;
  readonly units: readonly Unit[];
  readonly people: readonly Person[];
};

const personColumns = `id, given_name AS "givenName", family_name AS "familyName", profession,
  task_class AS "taskClass", unit_id AS "unitId", active`;

export const findPerson = async (db: Reader, personId: Id): Promise<Person | null> => {
  const [person] = await db.query<Person>(`SELECT ${personColumns} FROM person WHERE id = $1`, [
    personId,
  ]);
  return person ?? null;
};

/** The whole directory, or null when the reader holds this revision already. */
export const readDirectory = async (db: Reader, held: number): Promise<Directory | null> => {
  // Read before the rows: a change in between is sent again rather than missed.
  const [state] = await db.query<{ revision: number }>(`SELECT revision FROM directory_state`);
  if (state === undefined || state.revision === held) return null;
  const units = await db.query<Unit>(
    `SELECT id, name, municipality, sector FROM unit ORDER BY name, id`,
  );
  const people = await db.query<Person>(
    `SELECT ${personColumns} FROM person ORDER BY family_name, given_name, id`,
  );
  return { revision: state.revision, units, people };
};

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

/** Adds people or brings them up to date. Their units must be known. */
export const savePeople = async (tx: Transaction, people: readonly Person[]): Promise<void> => {
  if (people.length === 0) return;
  const rows = JSON.stringify(people.map((person) => personSchema.parse(person)));
  await tx.query(
    `INSERT INTO person AS known
       (id, given_name, family_name, profession, task_class, unit_id, active)
     SELECT id, "givenName", "familyName", profession, "taskClass", "unitId", active
     FROM jsonb_to_recordset($1::jsonb) AS given (id uuid, "givenName" text, "familyName" text,
       profession text, "taskClass" text, "unitId" uuid, active boolean)
     ON CONFLICT (id) DO UPDATE SET
       given_name = excluded.given_name, family_name = excluded.family_name,
       profession = excluded.profession, task_class = excluded.task_class,
       unit_id = excluded.unit_id, active = excluded.active
     WHERE (known.given_name, known.family_name, known.profession, known.task_class,
            known.unit_id, known.active)
       IS DISTINCT FROM (excluded.given_name, excluded.family_name, excluded.profession,
            excluded.task_class, excluded.unit_id, excluded.active)`,
    [rows],
  );
};
