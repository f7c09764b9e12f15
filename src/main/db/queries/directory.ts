import { personSchema, unitSchema, type Person, type Unit } from '#shared/domain/directory.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idToBytes } from '../id-bytes.ts';

export const putUnit = (db: WritableDb, unit: Unit): void => {
  db.run(
    `INSERT INTO unit (unit_id, name, municipality, sector) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET
       name = excluded.name, municipality = excluded.municipality, sector = excluded.sector`,
    [idToBytes(unit.id), unit.name, unit.municipality, unit.sector],
  );
};

export const putPerson = (db: WritableDb, person: Person): void => {
  db.run(
    `INSERT INTO person
       (person_id, given_name, family_name, profession, task_class, unit_id, active)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET
       given_name = excluded.given_name, family_name = excluded.family_name,
       profession = excluded.profession, task_class = excluded.task_class,
       unit_id = excluded.unit_id, active = excluded.active`,
    [
      idToBytes(person.id),
      person.givenName,
      person.familyName,
      person.profession,
      person.taskClass,
      person.unitId === null ? null : idToBytes(person.unitId),
      person.active ? 1 : 0,
    ],
  );
};

export const readUnits = (db: ReadableDb): readonly Unit[] =>
  db
    .all<{ unit_id: Buffer; name: string; municipality: string; sector: string }>(
      'SELECT unit_id, name, municipality, sector FROM unit',
    )
    .map(({ unit_id: id, ...unit }) => unitSchema.parse({ id: idFromBytes(id), ...unit }));

export const readPeople = (db: ReadableDb): readonly Person[] =>
  db
    .all<{
      person_id: Buffer;
      given_name: string;
      family_name: string;
      profession: string;
      task_class: string;
      unit_id: Buffer | null;
      active: number;
    }>(
      `SELECT person_id, given_name, family_name, profession, task_class, unit_id, active
       FROM person`,
    )
    .map((row) =>
      personSchema.parse({
        id: idFromBytes(row.person_id),
        givenName: row.given_name,
        familyName: row.family_name,
        profession: row.profession,
        taskClass: row.task_class,
        unitId: row.unit_id === null ? null : idFromBytes(row.unit_id),
        active: row.active !== 0,
      }),
    );
