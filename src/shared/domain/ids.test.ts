import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derivedId, idSchema, newId, planIdOf } from './ids.ts';

const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const moment = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const valid = (id: string): boolean => idSchema.safeParse(id).success;

describe('new ids', () => {
  test('are UUIDs of version 7 that carry their moment', () => {
    const id = newId(0x0190_1234_5678, (length) => new Uint8Array(length).fill(255));
    expect(id).toBe('01901234-5678-7fff-bfff-ffffffffffff');
  });

  test('sort by the time of their making', () => {
    fc.assert(
      fc.property(moment, moment, bytes, bytes, (one, other, random, more) => {
        fc.pre(one !== other);
        const [a, b] = [newId(one, () => random), newId(other, () => more)];
        expect(a < b).toBe(one < other);
      }),
    );
  });

  test('are valid at any clock and with any random bytes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), bytes, (now, random) => {
        const id = newId(now, () => random);
        expect(valid(id)).toBe(true);
        expect(id.charAt(14)).toBe('7');
        expect('89ab').toContain(id.charAt(19));
      }),
    );
  });
});

describe('derived ids', () => {
  test('are the same on every device and in every version of the program', () => {
    const caseId = '01901234-5678-7fff-bfff-ffffffffffff';
    expect(planIdOf(caseId)).toBe('9f849f71-ceed-8536-89a1-4f1857020bff');
    expect(planIdOf(caseId)).toBe(derivedId('plan', caseId));
  });

  test('differ by name and by namespace, and are UUIDs of version 8', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        fc.pre(one !== other);
        expect(derivedId('plan', one)).not.toBe(derivedId('plan', other));
        expect(derivedId('plan', one)).not.toBe(derivedId('goal', one));
        expect(valid(derivedId('plan', one))).toBe(true);
        expect(derivedId('plan', one).charAt(14)).toBe('8');
      }),
    );
  });
});

describe('an id', () => {
  test.each([
    '',
    'x',
    '01901234-5678-7FFF-bfff-ffffffffffff',
    '01901234-5678-7fff-bfff-ffffffffffff\n',
    '{}',
  ])('is not %j', (text) => {
    expect(valid(text)).toBe(false);
  });
});
