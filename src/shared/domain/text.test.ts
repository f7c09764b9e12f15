import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameText, proseText, textLimits } from './text.ts';

const problems = (text: unknown): readonly string[] =>
  proseText.safeParse(text).error?.issues.map(({ message }) => message) ?? [];

describe('texts', () => {
  test.each([
    ['nothing', ''],
    ['spaces only', '   '],
    ['a right-to-left override', 'abc\u202edef'],
    ['a zero-width space', 'a\u200bb'],
    ['an emoji family', '👩‍👩‍👧‍👦'],
    ['stacked marks', `z${'\u0335'.repeat(500)}`],
    ['å in two pieces', 'a\u030a'],
    ['markup', '<img src=x onerror=alert(1)>'],
    ['as much as fits', 'a'.repeat(textLimits.prose)],
  ])('%s is kept as it was written', (_, text) => {
    expect(proseText.parse(text)).toBe(text);
  });

  test.each([
    ['NUL', 'a\u0000b', 'text-not-storable'],
    ['a lone high surrogate', 'a\ud83db', 'text-not-storable'],
    ['a lone low surrogate', '\ude00', 'text-not-storable'],
    ['surrogates the wrong way round', '\ude00\ud83d', 'text-not-storable'],
    ['a megabyte', 'a'.repeat(1_048_576), 'text-too-long'],
    ['one character too many', 'a'.repeat(textLimits.prose + 1), 'text-too-long'],
  ])('%s is refused with a reason', (_, text, problem) => {
    expect(problems(text)).toContain(problem);
  });

  test.each([[null], [undefined], [1], [{}], [['a']]])('%j is no text', (value) => {
    expect(problems(value)).not.toEqual([]);
  });

  test('whatever is accepted survives a round through UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 250 }), (text) => {
        if (!nameText.safeParse(text).success) return;
        expect(new TextDecoder().decode(new TextEncoder().encode(text))).toBe(text);
        expect(text.length).toBeLessThanOrEqual(textLimits.name);
      }),
    );
  });
});
