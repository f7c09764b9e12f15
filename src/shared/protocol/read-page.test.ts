import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPage } from './read-page.ts';
import { pullResponse, storedChangeSchema } from './pull.ts';

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
  grants: [],
  left: [],
  receipts: [],
  directory: null,
  cursor: 'next',
  more: false,
  entering: 0,
});

/** What the schema says of the envelope, and of each change alone. */
const bySchema = (answer: unknown): unknown => {
  if (typeof answer !== 'object' || answer === null || !('changes' in answer)) return null;
  const { changes } = answer;
  const parsed = pullResponse.safeParse({ ...answer, changes: [] });
  if (!parsed.success || !Array.isArray(changes)) return null;
  const read = changes.map((entry: unknown) => storedChangeSchema.safeParse(entry));
  return {
    ...parsed.data,
    changes: read.flatMap((entry) => (entry.success ? [entry.data] : [])),
    unreadable: changes
      .filter((_, index) => read[index]?.success === false)
      .map((entry: unknown) => expect.objectContaining({ text: JSON.stringify(entry) }) as unknown),
  };
};

/** As it would arrive: what JSON cannot carry never comes. */
const arrived = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer)) as unknown;

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = { in: value };
  return value;
};

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
      for (const altered of [rest, { ...rest, more: 1 }]) {
        expect(readPage(page([{ seq: 1, change: altered }]))).toMatchObject({
          changes: [],
          unreadable: [{ code: 'bad-shape', text: JSON.stringify({ seq: 1, change: altered }) }],
        });
      }
    }
  });

  test.each([
    ['changes that are no list', page({})],
    ['no page at all', 'hello'],
    ['nothing', null],
    ['a list', []],
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
    const [kept] = readPage(answer)?.unreadable ?? [];
    expect(JSON.parse(kept?.text ?? '')).toEqual((answer as { changes: unknown[] }).changes[0]);
    expect(kept?.text).toContain('__proto__');
  });

  test('N1 tells a change that it cannot read beside the others, with what can be read of it', () => {
    const good = Array.from({ length: 499 }, (_, at) => ({
      seq: at,
      change: { ...change, id: id(100 + at) },
    }));
    const strangers: readonly (readonly [unknown, object])[] = [
      [1, { code: 'bad-shape', changeId: null, caseId: null, text: '1' }],
      [
        { seq: 1.5, change },
        { code: 'bad-shape', changeId: id(1), caseId: id(3) },
      ],
      [
        { seq: 1, change: { ...change, time: 'x' } },
        { recordId: id(2), parents: [id(4)] },
      ],
      [
        { seq: 1, change: { ...change, parents: [1] } },
        { changeId: id(1), parents: [] },
      ],
      [
        { seq: 1, change: { ...change, value: nested(10_000) } },
        { code: 'too-deep', group: 'status', kind: 'need', compartment: 'joint/plan' },
      ],
      [
        { seq: 1, change: { ...change, caseId: 'no', group: '' } },
        { caseId: null, group: null },
      ],
    ];
    for (const [entry, told] of strangers) {
      const read = readPage(page([...good.slice(0, 250), entry, ...good.slice(250)]));
      expect(read?.changes).toEqual(good);
      expect(read?.unreadable).toMatchObject([told]);
    }
  });
});
