import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, sameJson, type Json } from './canonical-json.ts';

/** A value whose objects have their keys the other way round, at every depth. */
const turned = (value: Json): Json => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(turned);
  const members = Object.entries(value as { readonly [key: string]: Json });
  return Object.fromEntries(members.toReversed().map(([key, member]) => [key, turned(member)]));
};

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

describe('canonical JSON', () => {
  test.each<readonly [Json, string]>([
    [{ b: 1, a: [null, true, 'å'] }, '{"a":[null,true,"å"],"b":1}'],
    [-0, '0'],
    [1e21, '1e+21'],
    [{ B: 1, a: 1, ä: 1, Z: 1 }, '{"B":1,"Z":1,"a":1,"ä":1}'],
    [{ '10': 1, '9': 1 }, '{"10":1,"9":1}'],
    ['\u2028"\\\n', '"\u2028\\"\\\\\\n"'],
    ['\ud800', '"\\ud800"'],
  ])('of %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test('leaves out what is absent, and keeps a member named __proto__', () => {
    expect(canonicalJson({ a: undefined, b: 1 } as unknown as Json)).toBe('{"b":1}');
    expect(canonicalJson(JSON.parse('{"__proto__":{"x":1}}') as Json)).toBe(
      '{"__proto__":{"x":1}}',
    );
  });

  test('is the same text whatever order the keys stand in, and reads back as the value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
        expect(sameJson(JSON.parse(canonicalJson(value)) as Json, value)).toBe(true);
      }),
    );
  });

  test('tells different values apart', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        // Through JSON first, where −0 is 0.
        const [one, other] = [a, b].map((value) => JSON.parse(JSON.stringify(value)) as Json);
        let equal = true;
        try {
          expect(one).toStrictEqual(other);
        } catch {
          equal = false;
        }
        expect(sameJson(a, b)).toBe(equal);
      }),
    );
    expect(sameJson('1', 1)).toBe(false);
    expect(sameJson({}, [])).toBe(false);
    expect(sameJson('e\u0301', 'é')).toBe(false);
  });
});
