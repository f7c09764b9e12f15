import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { currentSchema } from '#shared/domain/change.ts';
import type { KindDefinition } from '#shared/domain/records/group.ts';
import { existenceGroup, recordKinds } from '#shared/domain/records/kinds.ts';
import {
  ages,
  byTheRules,
  programOf,
  versionSkew,
  type Age,
} from '../../../tests/sync/version-skew.ts';
import { isNewer, schemaToWrite, withUnknownFields } from './versions.ts';

const assessment = { kind: 'need', group: 'assessment' };
const dose = { kind: 'need', group: 'dose' };
const version = (value: Record<string, string>, schema = 1) => ({ value, schema });

const pairs = ages.flatMap((one) => ages.map((other): readonly [Age, Age] => [one, other]));

describe('programs of different versions', () => {
  test.each(pairs)('A9 V3 no field is dropped where an %s and a %s program write', (one, other) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { changes, dropped, overwritten, misnumbered, needlessly } = versionSkew(
          seed,
          [one, other],
          300,
        );
        expect(changes).toBe(300);
        expect({ dropped, overwritten, misnumbered, needlessly }).toEqual({
          dropped: 0,
          overwritten: 0,
          misnumbered: 0,
          needlessly: 0,
        });
      }),
      { numRuns: 20 },
    );
  });

  it('A9 meet each other’s fields, locks and conflicts', () => {
    const counts = versionSkew(1, ['older', 'newer'], 1_000);
    expect(counts.carried).toBeGreaterThan(20);
    expect(counts.locked).toBeGreaterThan(20);
    expect(counts.settled).toBeGreaterThan(20);
  });

  it('A9 are caught when they write what they were shown and no more', () => {
    const forgetful = { ...byTheRules, valueToWrite: (_place: unknown, value: object) => value };
    expect(
      versionSkew(1, ['older', 'newer'], 1_000, forgetful as typeof byTheRules).dropped,
    ).toBeGreaterThan(0);
  });

  it('A9 are caught when they write over a shape that they do not know', () => {
    const careless: typeof byTheRules = {
      ...byTheRules,
      isLocked: ({ kind, group }, _heads, program) => program?.groupOf(kind, group) === undefined,
    };
    expect(versionSkew(1, ['older', 'newer'], 1_000, careless).overwritten).toBeGreaterThan(0);
  });
});

describe('the number of a change', () => {
  it('V1 is what its group asks for, not what the program knows', () => {
    expect(schemaToWrite(assessment)).toBe(1);
    expect(schemaToWrite({ kind: 'permission', group: 'scope' })).toBe(2);
    expect(schemaToWrite({ kind: 'need', group: existenceGroup })).toBe(1);
    expect(schemaToWrite(dose, programOf('newer'))).toBe(3);
    expect(schemaToWrite({ kind: 'need', group: 'later' })).toBe(currentSchema);
  });

  it('V1 never exceeds what the program knows', () => {
    for (const { groups } of Object.values<KindDefinition>(recordKinds)) {
      for (const { since } of Object.values(groups)) {
        expect(since).toBeGreaterThanOrEqual(1);
        expect(since).toBeLessThanOrEqual(currentSchema);
      }
    }
  });
});

describe('a group for a newer program', () => {
  const older = programOf('older');
  const cases: readonly (readonly [
    string,
    boolean,
    Parameters<typeof isNewer>[0],
    ReturnType<typeof version>[],
  ])[] = [
    ['is one with a head of a higher number', true, dose, [version({ amount: '1' }, 3)]],
    ['is one with such a head among others', true, dose, [version({}), version({}, 2)]],
    ['is one that the program does not know', true, { kind: 'need', group: 'measure' }, []],
    ['is one of a kind that it does not know', true, { kind: 'measure', group: 'entry' }, []],
    ['is not one of its own', false, dose, [version({ amount: '1' })]],
    ['is not one with a further field', false, assessment, [version({ grounds: 'x' })]],
    [
      'is not one whose versions say the further field alike',
      false,
      assessment,
      [version({ text: 'a', grounds: 'x' }), version({ text: 'b', grounds: 'x' })],
    ],
    [
      'is not one of whose versions only one says the further field',
      false,
      assessment,
      [version({ text: 'a', grounds: 'x' }), version({ text: 'b' })],
    ],
    [
      'is one whose versions differ in what nobody here could compare',
      true,
      assessment,
      [version({ text: 'a', grounds: 'x' }), version({ text: 'b', grounds: 'y' })],
    ],
  ];
  test.each(cases)('V2 %s', (_name, newer, place, heads) => {
    expect(isNewer(place, heads, older)).toBe(newer);
  });

  it('V4 leaves the record’s other groups to be written', () => {
    expect(isNewer(assessment, [version({ text: 'a' })], older)).toBe(false);
  });

  it('V2 is never one that only this program and older ones have written', () => {
    for (const [kind, { groups }] of Object.entries<KindDefinition>(recordKinds)) {
      for (const group of [...Object.keys(groups), existenceGroup]) {
        for (let schema = 1; schema <= currentSchema; schema += 1) {
          expect(isNewer({ kind, group }, [version({}, schema)])).toBe(false);
        }
      }
    }
  });
});

describe('an edit over fields that only a newer program knows', () => {
  it('V3 keeps them as they are, and drops what it knows and leaves out', () => {
    const before = [version({ text: 'a', voice: 'client', grounds: 'x' })];
    const present = programOf('present');
    expect(withUnknownFields(assessment, { text: 'b' }, before, present)).toEqual({
      text: 'b',
      grounds: 'x',
    });
    expect(withUnknownFields(assessment, { text: 'b', grounds: 'z' }, before, present)).toEqual({
      text: 'b',
      grounds: 'x',
    });
    expect(withUnknownFields(assessment, { text: 'b' }, before, programOf('newer'))).toEqual({
      text: 'b',
    });
  });

  it('V3 takes them from whichever of several versions says them', () => {
    const heads = [version({ text: 'a' }), version({ text: 'b', grounds: 'x' })];
    expect(withUnknownFields(assessment, { text: 'c' }, heads, programOf('older'))).toEqual({
      text: 'c',
      grounds: 'x',
    });
  });
});
