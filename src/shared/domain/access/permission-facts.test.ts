import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byPermissionKind, mayTellGuardian, permissionFacts } from './permission-facts.ts';

const expressed = { text: 'Asiakas antoi luvan.', givenBy: 'Asiakas', way: 'in-person' };
const permission = (more = {}) => ({
  direction: 'social-to-health',
  compartments: ['social/older-people', 'social/families'],
  unitIds: [],
  validFrom: '2026-01-01',
  validTo: null,
  ...expressed,
  ...more,
});
const prohibition = (more = {}) => ({
  level: 'register',
  register: 'patient',
  compartments: [],
  recordId: null,
  validFrom: '2026-01-01',
  validTo: null,
  ...expressed,
  ...more,
});
const unitA = '00000000-0000-4000-8000-00000000000a';
const unitB = '00000000-0000-4000-8000-00000000000b';
const [guardian, other] = [unitA, unitB];

describe('what permission records come to', () => {
  test('versions that differ open only what all of them do', () => {
    const facts = permissionFacts('permission', 'r', [
      permission({ validTo: '2026-12-31' }),
      permission({ compartments: ['social/families'], validFrom: '2026-06-01' }),
    ]);
    expect(facts).toEqual([
      {
        kind: 'permission',
        recordId: 'r',
        direction: 'social-to-health',
        compartments: ['social/families'],
        unitIds: [],
        validFrom: '2026-06-01',
        validTo: '2026-12-31',
      },
    ]);
  });

  test.each([
    ['two directions', [permission(), permission({ direction: 'health-to-social' })]],
    [
      'units that none has in common',
      [permission({ unitIds: [unitA] }), permission({ unitIds: [unitB] })],
    ],
    ['a version that cannot be read', [permission(), { direction: 'social-to-health' }]],
    ['no version at all', []],
  ])('%s: opens nothing', (_, values) => {
    expect(permissionFacts('permission', 'r', values)).toEqual([]);
  });

  test('a version limited to units limits the other', () => {
    const [fact] = permissionFacts('permission', 'r', [
      permission(),
      permission({ unitIds: [unitA] }),
    ]);
    expect(fact).toMatchObject({ unitIds: [unitA] });
  });

  test('a prohibition forbids as much as any of its versions, also beside one that cannot be read', () => {
    const facts = permissionFacts('prohibition', 'r', [
      prohibition(),
      prohibition({ level: 'all', register: null }),
      { level: 'none' },
    ]);
    expect(byPermissionKind(facts).prohibitions.map(({ level }) => level)).toEqual([
      'register',
      'all',
    ]);
  });

  test('whatever the versions are, two open no more than one of them alone', () => {
    const days = fc.constantFrom('2026-01-01', '2026-05-01', '2026-11-25', '2027-01-01');
    const version = fc.record({
      compartments: fc.uniqueArray(fc.constantFrom('social/older-people', 'social/families'), {
        minLength: 1,
      }),
      validFrom: days,
      validTo: fc.option(days),
      unitIds: fc.uniqueArray(fc.constantFrom(unitA, unitB)),
    });
    fc.assert(
      fc.property(version, version, (a, b) => {
        const [both] = byPermissionKind(
          permissionFacts('permission', 'r', [permission(a), permission(b)]),
        ).permissions;
        if (!both) return;
        for (const one of [a, b]) {
          expect(one.compartments).toEqual(expect.arrayContaining([...both.compartments]));
          expect(both.validFrom >= one.validFrom).toBe(true);
          if (one.validTo !== null)
            expect(both.validTo !== null && both.validTo <= one.validTo).toBe(true);
          if (one.unitIds.length > 0) {
            expect(one.unitIds).toEqual(expect.arrayContaining([...both.unitIds]));
            expect(both.unitIds.length).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('a minor’s prohibition that is followed keeps a guardian from knowing; a refused one does not', () => {
    const ban = (more = {}) => ({
      representativeIds: [guardian],
      compartments: [],
      decision: 'accepted',
      reason: 'Ymmärtää asian merkityksen.',
      validFrom: '2026-01-01',
      validTo: '2026-11-30',
      ...expressed,
      ...more,
    });
    const facts = permissionFacts('guardian-prohibition', 'r', [ban()]);
    expect(mayTellGuardian(facts, guardian, 'joint/plan', '2026-11-25')).toBe(false);
    expect(mayTellGuardian(facts, other, 'joint/plan', '2026-11-25')).toBe(true);
    expect(mayTellGuardian(facts, guardian, 'joint/plan', '2026-12-01')).toBe(true);
    const refused = permissionFacts('guardian-prohibition', 'r', [ban({ decision: 'refused' })]);
    expect(mayTellGuardian(refused, guardian, 'joint/plan', '2026-11-25')).toBe(true);
    const everybody = permissionFacts('guardian-prohibition', 'r', [
      ban({ representativeIds: [] }),
    ]);
    expect(mayTellGuardian(everybody, other, 'joint/plan', '2026-11-25')).toBe(false);
  });
});
