import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPage } from './read-page.ts';
import { pullResponse } from './pull.ts';

const id = (number: number): string => `01901234-5678-7fff-8fff-${`${number}`.padStart(12, '0')}`;

const change = {
  id: id(1),
  recordId: id(2),
  kind: 'need',
  caseId: id(3),
  compartment: 'joint/plan',
  group: 'status',
  value: { status: 'open', reason: '', date: null, order: [1, { deep: true }] } as unknown,
  parents: [id(4)],
  authorId: id(5),
  profession: 'nurse',
  taskClass: 'care',
  time: '0190000000ff-0000',
  schema: 1,
};

const page = (changes: unknown): unknown => ({
  epoch: id(6),
  highWater: 2,
  through: 2,
  changes,
  entered: [{ caseId: id(3), compartment: 'joint/plan' }],
  left: [],
  receipts: [],
  directory: null,
  cursor: 'next',
  more: false,
  entering: 0,
});

const bySchema = (answer: unknown): unknown => {
  const parsed = pullResponse.safeParse(answer);
  return parsed.success ? parsed.data : null;
};

/** As it would arrive: what JSON cannot carry never comes. */
const arrived = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer)) as unknown;

const nested = (depth: number): unknown => (depth === 0 ? 1 : { in: nested(depth - 1) });

const strange = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    '',
    id(7),
    id(7).toUpperCase(),
    `${id(7)}\n`,
    'x'.repeat(41),
    'x'.repeat(61),
    0,
    -1,
    1.5,
    10_001,
    2 ** 53,
    [],
    [id(8)],
    [id(8), 'no'],
    Array.from({ length: 65 }, () => id(9)),
    {},
    { ['k'.repeat(101)]: 1 },
    { text: '\u0000\ud800' },
    nested(7),
    nested(9),
    nested(33),
    nested(34),
  ),
);

describe('reading a page', () => {
  test('answers what the schema answers, whatever stands in a field', () => {
    const fields = fc.constantFrom(...Object.keys(change), 'more');
    fc.assert(
      fc.property(fields, strange, fc.boolean(), (field, value, alone) => {
        const altered = { seq: 1, change: { ...change, [field]: value } };
        const answer = arrived(page(alone ? [altered] : [{ seq: 2, change }, altered]));
        expect(readPage(answer)).toEqual(bySchema(answer));
      }),
      { numRuns: 1_000 },
    );
  });

  test('answers what the schema answers, whatever is missing', () => {
    for (const field of Object.keys(change)) {
      const { [field as keyof typeof change]: _gone, ...rest } = change;
      expect(readPage(page([{ seq: 1, change: rest }]))).toBeNull();
      expect(readPage(page([{ seq: 1, change: { ...rest, more: 1 } }]))).toBeNull();
    }
  });

  test.each([
    ['changes that are no list', page({})],
    ['no page at all', 'hello'],
    ['nothing', null],
    ['a list', []],
    ['a change of its own kind', page([1])],
    ['a sequence number that is none', page([{ seq: 1.5, change }])],
    ['a broken page around good changes', { ...(page([{ seq: 1, change }]) as object), cursor: 1 }],
  ])('refuses %s', (_, answer) => {
    expect(bySchema(answer)).toBeNull();
    expect(readPage(answer)).toBeNull();
  });

  test('answers as the schema does of members that a program does not know, and of __proto__', () => {
    const text = JSON.stringify(page([{ seq: 1, change, news: 1 }])).replace(
      '"status":"open"',
      '"__proto__":{"status":"x"},"status":"open"',
    );
    const answer: unknown = JSON.parse(text);
    expect(readPage(answer)).toEqual(bySchema(answer));
    expect(JSON.stringify(readPage(answer))).toBe(JSON.stringify(bySchema(answer)));
  });
});
