import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '#shared/lib/canonical-json.ts';
import { changeSchema, sameContent, sentChangeSchema, signedText, type Change } from './change.ts';

const id = (number: number): string => `01901234-5678-7fff-8fff-${`${number}`.padStart(12, '0')}`;

const change: Change = {
  id: id(1),
  recordId: id(2),
  kind: 'need',
  caseId: id(3),
  compartment: 'joint/plan',
  group: 'status',
  value: { status: 'open', reason: '', date: null },
  parents: [id(4)],
  authorId: id(5),
  profession: 'nurse',
  taskClass: 'care',
  time: '0190000000ff-0000',
  schema: 1,
};

const others: { readonly [field in keyof Change]: Change[field] } = {
  id: id(9),
  recordId: id(9),
  kind: 'goal',
  caseId: id(9),
  compartment: 'social/adults',
  group: 'heading',
  value: { status: 'open', reason: '', date: null, more: 1 },
  parents: [],
  authorId: id(9),
  profession: 'doctor',
  taskClass: 'cure',
  time: '0190000000ff-0001',
  schema: 2,
};

describe('a change', () => {
  test('G3 the signed text covers every field of the content', () => {
    expect(Object.keys(others).toSorted()).toEqual(Object.keys(changeSchema.shape).toSorted());
    for (const [field, value] of Object.entries(others)) {
      expect(signedText({ ...change, [field]: value })).not.toBe(signedText(change));
    }
  });

  test('G3 the device and its counter are the envelope and not signed', () => {
    const sent = sentChangeSchema.parse({ change, signature: 'A'.repeat(86), counter: 7 });
    expect(signedText(sent.change)).toBe(signedText(change));
    expect(signedText(change)).not.toContain('counter');
  });

  test('G4 the same content is the same change, in whatever order its fields stand', () => {
    const turned = Object.fromEntries(Object.entries(change).toReversed()) as Change;
    expect(sameContent(change, turned)).toBe(true);
    expect(sameContent(change, changeSchema.parse(JSON.parse(JSON.stringify(turned))))).toBe(true);
  });

  test('G4 the same id with other content is another change', () => {
    for (const [field, value] of Object.entries(others)) {
      expect(sameContent(change, { ...change, [field]: value })).toBe(false);
    }
    expect(sameContent(change, { ...change, parents: [id(4), id(4)] })).toBe(false);
  });

  test('G7 whatever fields a value has, they pass untouched', () => {
    const values = fc.dictionary(fc.string({ maxLength: 20 }), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(values, (value) => {
        const read = JSON.parse(JSON.stringify(value)) as { readonly [key: string]: Json };
        fc.pre(!JSON.stringify(read).includes('"__proto__":'));
        expect(changeSchema.parse({ ...change, value: read }).value).toEqual(read);
      }),
    );
  });

  test.each(['{"__proto__":0}', '{"a":{"__proto__":{"b":1}}}', '{"":[{"__proto__":null}]}'])(
    'G7 %s is refused, for a reader would drop the key and alter what was signed',
    (text) => {
      const told = changeSchema.safeParse({ ...change, value: JSON.parse(text) as Json });
      expect(told.error?.issues.map(({ message }) => message)).toEqual(['key-not-allowed']);
    },
  );

  test('G7 a value of thousands of levels is refused, not a fault of whoever reads it', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`) as Json;
    const told = changeSchema.safeParse({ ...change, value: deep });
    expect(told.error?.issues.map(({ message }) => message)).toEqual(['too-deep']);
  });

  test.each([
    ['a cut time', { time: '0190000000ff' }],
    ['a time in capitals', { time: '0190000000FF-0000' }],
    ['too many parents', { parents: Array.from({ length: 65 }, (_, number) => id(number)) }],
    ['a parent that is no id', { parents: ['x'] }],
    ['no group', { group: '' }],
    ['schema 0', { schema: 0 }],
    ['schema 1.5', { schema: 1.5 }],
    ['a value that is a list', { value: [] }],
    ['a number that JSON does not have', { value: { dose: Number.NaN } }],
  ])('with %s is none', (_, wrong) => {
    expect(changeSchema.safeParse({ ...change, ...wrong }).success).toBe(false);
  });
});
