import {
  absenceSchema,
  personSchema,
  unitSchema,
  type Absence,
  type Person,
  type Unit,
} from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
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
       (person_id, given_name, family_name, profession, task_class, unit_id, active,
        register_number, tasks, duties, partner_sector)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET
       given_name = excluded.given_name, family_name = excluded.family_name,
       profession = excluded.profession, task_class = excluded.task_class,
       unit_id = excluded.unit_id, active = excluded.active,
       register_number = excluded.register_number, tasks = excluded.tasks,
       duties = excluded.duties, partner_sector = excluded.partner_sector`,
    [
      idToBytes(person.id),
      person.givenName,
      person.familyName,
      person.profession,
      person.taskClass,
      person.unitId === null ? null : idToBytes(person.unitId),
      person.active ? 1 : 0,
      person.registerNumber,
      JSON.stringify(person.tasks),
      JSON.stringify(person.duties),
      person.partnerSector,
    ],
  );
};

export const readUnits = (db: ReadableDb): readonly Unit[] =>
  db
    .all<{ unit_id: Buffer; name: string; municipality: string; sector: string }>(
      'SELECT unit_id, name, municipality, sector FROM unit',
    )
    .map(({ unit_id: id, ...unit }) => unitSchema.parse({ id: idFromBytes(id), ...unit }));

type PersonRow = {
  person_id: Buffer;
  given_name: string;
  family_name: string;
  profession: string;
  task_class: string;
  unit_id: Buffer | null;
  active: number;
  register_number: string | null;
  tasks: string;
  duties: string;
  partner_sector: string | null;
};

const person = (row: PersonRow): Person =>
  personSchema.parse({
    id: idFromBytes(row.person_id),
    givenName: row.given_name,
    familyName: row.family_name,
    profession: row.profession,
    taskClass: row.task_class,
    unitId: row.unit_id === null ? null : idFromBytes(row.unit_id),
    active: row.active !== 0,
    registerNumber: row.register_number,
    tasks: JSON.parse(row.tasks) as unknown,
    duties: JSON.parse(row.duties) as unknown,
    partnerSector: row.partner_sector,
  });

const selectPeople = `
  SELECT person_id, given_name, family_name, profession, task_class, unit_id, active,
    register_number, tasks, duties, partner_sector
  FROM person`;

export const readPeople = (db: ReadableDb): readonly Person[] =>
  db.all<PersonRow>(selectPeople).map(person);

export const findPerson = (db: ReadableDb, personId: Id): Person | undefined => {
  const row = db.first<PersonRow>(`${selectPeople} WHERE person_id = ?`, [idToBytes(personId)]);
  return row && person(row);
};

/** Colleagues who may go round: those with a work task that does. */
export const peopleOnRounds = (db: ReadableDb): readonly Person[] =>
  db.all<PersonRow>(`${selectPeople} WHERE instr(tasks, '"round":true') > 0`).map(person);

/** The region's absences as they came last, in the place of all that came before. */
export const replaceAbsences = (db: WritableDb, absences: readonly Absence[]): void => {
  db.run('DELETE FROM absence');
  for (const absence of absences) {
    db.run(
      `INSERT INTO absence (absence_id, person_id, deputy_id, valid_from, valid_to, case_ids)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [
        idToBytes(absence.id),
        idToBytes(absence.personId),
        absence.deputyId === null ? null : idToBytes(absence.deputyId),
        absence.validFrom,
        absence.validTo,
        absence.caseIds === null ? null : JSON.stringify(absence.caseIds),
      ],
    );
  }
};

export const readAbsences = (db: ReadableDb): readonly Absence[] =>
  db
    .all<{
      absence_id: Buffer;
      person_id: Buffer;
      deputy_id: Buffer | null;
      valid_from: string;
      valid_to: string;
      case_ids: string | null;
    }>('SELECT absence_id, person_id, deputy_id, valid_from, valid_to, case_ids FROM absence')
    .map((row) =>
      absenceSchema.parse({
        id: idFromBytes(row.absence_id),
        personId: idFromBytes(row.person_id),
        deputyId: row.deputy_id === null ? null : idFromBytes(row.deputy_id),
        validFrom: row.valid_from,
        validTo: row.valid_to,
        caseIds: row.case_ids === null ? null : (JSON.parse(row.case_ids) as unknown),
      }),
    );
