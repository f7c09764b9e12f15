import { describe, expect, test } from 'vitest';
import type { GrantPart } from '#shared/contract/views.ts';
import type { Person } from '#shared/domain/directory.ts';
import { groundsFor } from './grounds.ts';
import { runningOf } from './running.ts';
import { isNearEnd, timeLeft } from './time-left.ts';
import { codeProblemOf, wholeCodeOf } from './whole-code.ts';

const idOf = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

test('a whole code, as people type it', () => {
  expect(wholeCodeOf(' 140347–926e ')).toBe('140347-926E');
  expect(wholeCodeOf('140347-926')).toBeNull();
  expect(wholeCodeOf('Kivimetsä')).toBeNull();
  expect(codeProblemOf('')).toBe('required');
  expect(codeProblemOf('140347-926F')).toBe('personal-identity-code-check-character');
  expect(codeProblemOf('140347-926E')).toBeNull();
});

describe('the grounds that one may name', () => {
  const person = (profession: string, taskClass: string): Person => ({
    id: idOf(1),
    givenName: 'Ville',
    familyName: 'Saarela',
    profession,
    taskClass,
    unitId: null,
    registerNumber: null,
    tasks: [],
    duties: [],
    partnerSector: null,
    active: true,
  });
  const idsOf = (...asked: Parameters<typeof groundsFor>): readonly string[] =>
    groundsFor(...asked).map(({ id }) => id);

  test('those of the own sector, in their order', () => {
    const doctor = person('doctor', 'broad-health');
    const worker = person('social-worker', 'broad-client-responsibility');
    expect(idsOf('emergency', doctor, '2026-11-24')).toEqual(['life-or-health', 'child-in-danger']);
    expect(idsOf('emergency', worker, '2026-11-24')).toEqual([
      'social-emergency',
      'child-in-danger',
    ]);
    expect(idsOf('ground', doctor, '2026-11-24')).not.toContain('social-authority-right');
    expect(idsOf('ground', worker, '2026-11-24')).toContain('social-authority-right');
  });

  test('none before its law is in force', () => {
    expect(idsOf('confirmation', person('doctor', 'broad-health'), '2023-12-31')).toEqual([]);
  });

  test('none for a task that is over', () => {
    const former: Person = {
      ...person('doctor', 'broad-health'),
      tasks: [
        {
          unitId: null,
          profession: 'doctor',
          taskClass: 'broad-health',
          services: [],
          round: false,
          validFrom: '2020-01-01',
          validTo: '2026-11-23',
        },
      ],
    };
    expect(idsOf('emergency', former, '2026-11-24')).toEqual([]);
  });
});

test('the time left, by minutes begun', () => {
  expect(timeLeft(3_600_000, 0)).toEqual({ hours: 1, minutes: 0 });
  expect(timeLeft(3_600_000, 1)).toEqual({ hours: 1, minutes: 0 });
  expect(timeLeft(3_600_000, 60_000)).toEqual({ hours: 0, minutes: 59 });
  expect(timeLeft(3_600_000, 3_599_999)).toEqual({ hours: 0, minutes: 1 });
  expect(timeLeft(3_600_000, 3_600_000)).toBeNull();
  expect(isNearEnd(3_600_000, 3_300_000)).toBe(true);
  expect(isNearEnd(3_600_000, 3_299_999)).toBe(false);
  expect(isNearEnd(3_600_000, 3_600_000)).toBe(false);
});

describe('what is open for a time', () => {
  const part = (own: Partial<GrantPart>): GrantPart => ({
    compartment: 'joint/plan',
    basis: 'relation',
    relation: 'team',
    role: 'participant',
    basisId: null,
    writes: true,
    manages: false,
    untilMs: null,
    ...own,
  });
  const caseId = idOf(10);
  const emergency = part({ relation: 'emergency', role: 'opening', basisId: idOf(1), untilMs: 50 });

  test('a place in the team is no opening', () => {
    expect(runningOf(caseId, [], [part({ untilMs: 90, basisId: idOf(2) })])).toEqual([]);
  });

  test('a part by a permission names the permission, and has no line of its own', () => {
    const permitted = part({
      basis: 'permission',
      relation: 'opening',
      basisId: idOf(4),
      untilMs: 9,
    });
    expect(runningOf(caseId, [], [permitted])).toEqual([]);
  });

  test('one opening of several parts is one, and the core knows best about it', () => {
    const rows = [
      {
        openingId: idOf(1),
        caseId,
        clientName: 'Aune',
        kind: 'emergency' as const,
        untilMs: 60,
        untold: true,
      },
      {
        openingId: idOf(9),
        caseId: idOf(11),
        clientName: 'Eino',
        kind: 'ground' as const,
        untilMs: 70,
        untold: false,
      },
    ];
    expect(runningOf(caseId, rows, [emergency, { ...emergency, compartment: 'own' }])).toEqual([
      { openingId: idOf(1), kind: 'emergency', untilMs: 60, untold: true },
    ]);
  });

  test('a part that rests on an opening has its line even before the core tells', () => {
    const confirmed = part({ basis: 'confirmation', basisId: idOf(3), untilMs: 20 });
    expect(runningOf(caseId, [], [emergency, confirmed])).toEqual([
      { openingId: idOf(3), kind: 'confirmation', untilMs: 20, untold: false },
      { openingId: idOf(1), kind: 'emergency', untilMs: 50, untold: false },
    ]);
  });
});
