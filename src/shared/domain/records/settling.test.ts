import { describe, expect, test } from 'vitest';
import { taskClasses } from '../codes.ts';
import type { Person } from '../directory.ts';
import { mayLieIn } from './compartment-of-kind.ts';
import { recordKinds, type RecordKind } from './kinds.ts';
import { decidesBetween, personSettles, settlersOf } from './settling.ts';

const today = '2026-11-24';
const person = (taskClass: string, tasks: Person['tasks'] = []): Person => ({
  id: '01a2b3c4-0000-7000-8000-000000000001',
  givenName: 'A',
  familyName: 'B',
  profession: 'nurse',
  taskClass,
  unitId: null,
  registerNumber: null,
  tasks,
  duties: [],
  partnerSector: null,
  active: true,
});
const medicine = { kind: 'medication', group: 'medicine' };

describe('S4 who settles', () => {
  test('S4 what is said of medication and diagnoses is settled by the broad health care task alone', () => {
    for (const kind of ['medication', 'diagnosis'] as const) {
      for (const group of [...Object.keys(recordKinds[kind].groups), 'existence']) {
        expect(settlersOf(kind, group), `${kind}/${group}`).toEqual(['broad-health']);
      }
    }
    const settlers = taskClasses.filter(({ id }) => personSettles(medicine, person(id), today));
    expect(settlers.map(({ id }) => id)).toEqual(['broad-health']);
  });

  test('S4 everything else is settled by everybody who writes it', () => {
    for (const kind of Object.keys(recordKinds) as RecordKind[]) {
      if (kind === 'medication' || kind === 'diagnosis') continue;
      for (const group of [...Object.keys(recordKinds[kind].groups), 'existence']) {
        expect(settlersOf(kind, group), `${kind}/${group}`).toBeNull();
      }
    }
    expect(settlersOf('unknown', '__proto__')).toBeNull();
  });

  test('S4 every marked class is one of the list', () => {
    const known = new Set(taskClasses.map(({ id }) => id));
    for (const each of settlersOf('medication', 'medicine') ?? []) expect(known).toContain(each);
  });

  test('S4 a task counts on the days of its validity, and one of several is enough', () => {
    const task = (taskClass: string, validFrom: string, validTo: string | null) => ({
      unitId: null,
      profession: 'doctor',
      taskClass,
      services: [],
      round: false,
      validFrom,
      validTo,
    });
    const limited = task('limited-health', '2020-01-01', null);
    const settles = (...tasks: Person['tasks']) =>
      personSettles(medicine, person('broad-health', tasks), today);
    expect(settles(limited)).toBe(false);
    expect(settles(limited, task('broad-health', '2020-01-01', today))).toBe(true);
    expect(settles(limited, task('broad-health', '2020-01-01', '2026-11-23'))).toBe(false);
    expect(settles(task('broad-health', '2026-11-25', null))).toBe(false);
  });

  test('S4 M2 equal versions leave nothing to decide', () => {
    const one = { name: 'A', use: '' };
    expect(decidesBetween([])).toBe(false);
    expect(decidesBetween([one])).toBe(false);
    expect(decidesBetween([one, { use: '', name: 'A' }])).toBe(false);
    expect(decidesBetween([one, one, { name: 'B', use: '' }])).toBe(true);
  });
});

describe('U8 where diagnoses and medication lie', () => {
  test('U8 in a service of the patient register and nowhere else', () => {
    for (const kind of ['medication', 'diagnosis']) {
      expect(mayLieIn(kind, 'patient/outpatient')).toBe(true);
      expect(mayLieIn(kind, 'patient/mental-health')).toBe(true);
      for (const other of ['joint/plan', 'joint/contact', 'social/older-people', 'patient', '']) {
        expect(mayLieIn(kind, other), other).toBe(false);
      }
    }
    expect(mayLieIn('note', 'social/older-people')).toBe(true);
    expect(mayLieIn('contingency', 'patient/outpatient')).toBe(false);
  });
});
