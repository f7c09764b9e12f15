import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compartments, contactDetails, jointPlan } from '../codes.ts';
import { recordKinds } from '../records/kinds.ts';
import { outsiders, outsiderSees, sharedParts, sharedRecords, type Present } from './shown.ts';

const parts = compartments.map(({ id }) => id);
const aPart = fc.constantFrom(...parts);
const somebody: fc.Arbitrary<Present> = fc.oneof(
  fc.uniqueArray(aPart).map((seen) => ({ maySee: new Set(seen) })),
  fc
    .tuple(fc.constantFrom(...outsiders), fc.uniqueArray(aPart))
    .map(([of, barred]) => outsiderSees(of, new Set(barred))),
);
const people = fc.array(somebody, { minLength: 1, maxLength: 8 });
const records = fc.array(
  fc.record({ kind: fc.constantFrom(...Object.keys(recordKinds), 'unknown'), compartment: aPart }),
);

describe('what a shared screen shows', () => {
  test('is nothing that somebody present may not see', () => {
    fc.assert(
      fc.property(people, records, (present, all) => {
        for (const { compartment } of sharedRecords(all, sharedParts(parts, present))) {
          for (const { maySee } of present) expect(maySee.has(compartment)).toBe(true);
        }
      }),
    );
  });

  test('never grows when somebody comes in', () => {
    fc.assert(
      fc.property(people, somebody, records, (present, other, all) => {
        const before = sharedRecords(all, sharedParts(parts, present));
        const after = sharedRecords(all, sharedParts(parts, [...present, other]));
        expect(before).toEqual(expect.arrayContaining([...after]));
      }),
    );
  });

  test('does not depend on the order in which people came in', () => {
    fc.assert(
      fc.property(people, (present) => {
        expect(sharedParts(parts, present.toReversed())).toEqual(sharedParts(parts, present));
      }),
    );
  });

  test('is the joint plan at most as soon as an outsider is there', () => {
    for (const of of outsiders) {
      const all = { maySee: new Set(parts) };
      expect(sharedParts(parts, [all, outsiderSees(of, new Set())])).toEqual([jointPlan]);
    }
  });

  test('is nothing to a guardian of what a minor has forbidden, nor to nobody', () => {
    expect(outsiderSees('close-person', new Set([jointPlan])).maySee.size).toBe(0);
    expect(outsiderSees('school', new Set([jointPlan])).maySee.size).toBe(1);
    expect(sharedParts(parts, [])).toEqual([]);
  });

  test('is never a note, a visit, a request, a permission or contact details', () => {
    const all = Object.keys(recordKinds).map((kind) => ({
      kind,
      compartment: kind === 'contact' ? contactDetails : jointPlan,
    }));
    const kinds = sharedRecords(all, [jointPlan, contactDetails]).map(({ kind }) => kind);
    for (const kind of ['note', 'visit', 'request', 'permission', 'consent', 'contact', 'client']) {
      expect(kinds).not.toContain(kind);
    }
  });
});
