import { describe, expect, test } from 'vitest';
import { personSchema, type Person } from '#shared/domain/directory.ts';
import { valueProblems } from '#renderer/store/editing/value-problems.ts';
import { idOf, record, viewOf } from '../../../../tests/window/records.ts';
import {
  absenceOf,
  consentStanding,
  factsOf,
  namesakes,
  tasksFor,
  withheldFrom,
} from './team-facts.ts';

const today = '2026-11-24';
const said = { text: '', givenBy: 'Aune', way: 'phone' };

const consent = (sectors: readonly string[], validTo: string | null) =>
  record(1, 'consent', {
    scope: { sectors: [...sectors], validFrom: '2026-01-01', validTo, ...said },
  });

const person = (n: number, part: Partial<Person> = {}): Person =>
  personSchema.parse({
    id: idOf(n),
    givenName: 'Ville',
    familyName: 'Saarela',
    profession: 'physiotherapist',
    taskClass: 'limited-health',
    unitId: idOf(800),
    active: true,
    ...part,
  });

describe('somebody of another sector', () => {
  const kela = { partnerSector: 'kela' };
  test.each([
    [consent(['kela'], null), kela, 'in-force'],
    [consent(['kela'], today), kela, 'in-force'],
    [consent(['kela'], '2026-11-23'), kela, 'missing'],
    [consent(['police'], null), kela, 'missing'],
    [consent(['kela'], null), { partnerSector: null }, 'no-sector'],
  ])('%# %s', (recorded, partner, standing) => {
    expect(consentStanding(viewOf(recorded), partner, today, true)).toBe(standing);
  });

  test('nothing is said of consents to those who may not see them', () => {
    expect(consentStanding(viewOf(), kela, today, false)).toBe('not-shown');
  });
});

describe('what may not be told to a guardian', () => {
  const ban = (n: number, part: Record<string, unknown>) =>
    record(n, 'guardian-prohibition', {
      scope: {
        representativeIds: [],
        compartments: [],
        decision: 'accepted',
        reason: 'Ymmärtää asian.',
        validFrom: '2026-11-01',
        validTo: null,
        ...said,
        ...part,
      },
    });
  const guardian = idOf(500);
  test.each([
    [{}, []],
    [{ compartments: ['patient/student-welfare'] }, ['patient/student-welfare']],
    [{ representativeIds: [idOf(501)] }, null],
    [{ decision: 'refused' }, null],
    [{ validTo: '2026-11-23' }, null],
    [{ validFrom: '2026-11-25' }, null],
  ])('%j', (part, withheld) => {
    expect(withheldFrom(factsOf(viewOf(ban(1, part))), guardian, today)).toEqual(withheld);
  });

  test('bans add up, and one of everything covers the rest', () => {
    const some = ban(1, { compartments: ['patient/student-welfare'] });
    expect(withheldFrom(factsOf(viewOf(some, ban(2, {}))), guardian, today)).toEqual([]);
  });
});

test('somebody works in their own tasks, the main fields stand in for none', () => {
  const task = {
    unitId: null,
    profession: 'nurse',
    taskClass: 'broad-health',
    services: [],
    round: false,
    validFrom: '2026-01-01',
    validTo: '2026-11-23',
  };
  const later = { ...task, validFrom: '2026-12-01', validTo: null };
  expect(tasksFor(person(1, { tasks: [task, later] }), today)).toEqual([later]);
  expect(tasksFor(person(1), today)).toMatchObject([
    { profession: 'physiotherapist', taskClass: 'limited-health', unitId: idOf(800) },
  ]);
});

test('the absence that goes on, else the next; a past one is over', () => {
  const away = (n: number, validFrom: string, validTo: string) => ({
    id: idOf(n),
    personId: idOf(1),
    deputyId: null,
    validFrom,
    validTo,
    caseIds: null,
  });
  const absences = [
    away(3, '2026-12-20', '2026-12-31'),
    away(2, '2026-11-20', today),
    away(1, '2026-10-01', '2026-10-05'),
  ];
  expect(absenceOf(absences, idOf(1), today)?.id).toBe(idOf(2));
  expect(absenceOf(absences, idOf(1), '2026-11-25')?.id).toBe(idOf(3));
  expect(absenceOf(absences, idOf(2), today)).toBeUndefined();
});

test('two of the same name are counted', () => {
  const people = [person(1), person(2, { unitId: null }), person(3, { givenName: 'Vilja' })];
  expect(namesakes(people, person(1))).toBe(2);
});

test.each([
  [{ role: 'student', supervisorId: null }, { supervisorId: 'required' }],
  [{ role: 'student', supervisorId: idOf(1) }, { supervisorId: 'required' }],
  [{ role: 'student', supervisorId: idOf(2) }, {}],
  [{ role: 'external', supervisorId: null }, {}],
  [{ validTo: '2026-11-23' }, { validTo: 'ends-before-it-begins' }],
])('a place in the team %j', (part, problems) => {
  const grant = {
    personId: idOf(1),
    profession: 'nurse',
    taskClass: 'broad-health',
    role: 'participant',
    validFrom: today,
    validTo: null,
    ground: '',
    ...part,
  };
  expect(valueProblems('membership', 'grant', grant)).toEqual(problems);
});
