import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonText } from './json-text.ts';

describe('JSON as text', () => {
  test('is what JSON.stringify says of what JSON.parse gave', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        expect(jsonText(value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 1_000 },
    );
  });

  test('keeps lone surrogates, NUL and __proto__', () => {
    const text = '{"__proto__":{"a":"\\ud800\\u0000"},"b":[]}';
    expect(jsonText(JSON.parse(text))).toBe(text);
  });

  test('has no deepest value', () => {
    const text = `${'{"in":['.repeat(50_000)}1${']}'.repeat(50_000)}`;
    expect(jsonText(JSON.parse(text))).toBe(text);
  });
});
