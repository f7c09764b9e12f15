import { describe, expect, it } from 'vitest';
import { membershipRow, permissionRows, standingRow, type Head } from './facts.ts';

const id = (number: number): string => `01901234-5678-7fff-8fff-${`${number}`.padStart(12, '0')}`;

const head = (number: number, kind: string, group: string, value: object): Head => ({
  changeId: id(number),
  recordId: id(100),
  kind,
  caseId: id(200),
  group,
  value,
  authorId: id(900),
  seq: number,
});

const removed = (number: number, kind: string, ...covers: readonly number[]): Head =>
  head(number, kind, 'existence', { state: 'removed', reason: 'Virhe.', covers: covers.map(id) });

const prohibition = {
  level: 'all',
  register: null,
  compartments: [],
  recordId: null,
  validFrom: '2026-01-01',
  validTo: null,
  text: '',
  givenBy: '',
  way: 'phone',
};
const consent = { ...prohibition, sectors: ['association'] };
const grant = {
  personId: id(300),
  profession: 'nurse',
  taskClass: 'broad-health',
  role: 'participant',
  validFrom: '2026-01-01',
  validTo: null,
  ground: '',
};

describe('what records come to', () => {
  it.each([
    ['standing', [], true, true],
    ['removed', [removed(9, '', 1)], false, false],
    ['removed and edited apart', [removed(9, '', 8)], false, true],
    [
      'removed and taken back apart',
      [removed(9, '', 1), head(10, '', 'existence', { state: 'standing' })],
      false,
      true,
    ],
    ['removed in a way that cannot be read', [head(9, '', 'existence', {})], false, true],
  ])('R1 R2 %s: what opens, and what forbids', (_, existence, opens, forbids) => {
    const of = (kind: string, group: string, value: object): readonly Head[] => [
      head(1, kind, group, value),
      ...existence.map((one) => ({ ...one, kind })),
    ];
    expect(membershipRow(of('membership', 'grant', grant), '2026-06-01') !== null).toBe(opens);
    expect(permissionRows(of('consent', 'scope', consent)).length > 0).toBe(opens);
    expect(permissionRows(of('prohibition', 'scope', prohibition)).length > 0).toBe(forbids);
  });

  it('heads that differ open least', () => {
    const unit = (number: number, unitId: string | null) =>
      head(number, 'client', 'care', { unitId });
    const restraint = (number: number, restraintOnDisclosure: boolean) =>
      head(number, 'client', 'protection', { restraintOnDisclosure });
    const identity = (number: number, familyName: string, code: string | null) =>
      head(number, 'client', 'identity', {
        familyName,
        givenNames: 'Aune',
        preferredName: '',
        personalIdentityCode: code,
        temporaryId: null,
        birthDate: null,
      });
    expect(standingRow([unit(1, id(7)), restraint(2, false)])).toMatchObject({
      unitId: id(7),
      restraint: false,
    });
    expect(
      standingRow([
        unit(1, id(7)),
        unit(2, id(8)),
        restraint(3, false),
        restraint(4, true),
        identity(5, 'Ensimmäinen', '010190-9014'),
        identity(6, 'Toinen', null),
      ]),
    ).toMatchObject({
      unitId: null,
      restraint: true,
      familyName: 'Toinen',
    });
    expect(standingRow([])).toBeNull();
  });

  it('U4 a first day that people wrote for themselves shuts nobody out; one that others wrote stands', () => {
    const ahead = { ...grant, validFrom: '2099-01-01' };
    const own = { ...head(1, 'membership', 'grant', ahead), authorId: grant.personId };
    const given = head(1, 'membership', 'grant', ahead);
    expect(membershipRow([own], '2026-06-01')?.validFrom).toBe('2026-06-01');
    expect(membershipRow([given], '2026-06-01')?.validFrom).toBe('2099-01-01');
  });

  it('G7 nothing that can be written makes them fail', () => {
    for (const value of [{}, { unitId: 7 }, { scope: [] }, { personId: null }]) {
      expect(membershipRow([head(1, 'membership', 'grant', value)], '2026-06-01')).toBeNull();
      expect(permissionRows([head(1, 'permission', 'scope', value)])).toEqual([]);
      expect(standingRow([head(1, 'client', 'protection', value)])?.restraint).toBe(true);
    }
  });
});
