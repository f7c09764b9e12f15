import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeProse } from './merge-prose.ts';
import { sentencesOf } from './sentences.ts';

const plan =
  'Asuu yksin. Kävelee rollaattorilla. Poika käy sunnuntaisin. Syö huonosti. Nukkuu hyvin.';

/** Texts rich in what the sentence rule looks at. */
const texts = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('A', 'b', 'Ä', '7', '.', '!', '…', ' ', ' ', '\n') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('"', '”', ')', '\u00a0', '\t', '\r\n', '👩‍👩‍👧', 'e\u0301'),
      },
    ),
    { maxLength: 24 },
  )
  .map((pieces) => pieces.join(''));

/** A text of sentences that are all different, and two people's edits of it. */
type Change = { readonly at: number; readonly remove: number; readonly insert: number };
const changes = fc.array(
  fc.record({ at: fc.nat({ max: 9 }), remove: fc.nat({ max: 2 }), insert: fc.nat({ max: 2 }) }),
  { maxLength: 3 },
);
const numbered = Array.from({ length: 10 }, (_, index) => `Lause ${index}.`);
const edited = (whose: string, edits: readonly Change[]): readonly string[] =>
  edits.reduce<readonly string[]>(
    (sentences, { at, remove, insert }, number) =>
      sentences.toSpliced(
        at,
        remove,
        ...Array.from({ length: insert }, (_, index) => `${whose} ${number} ${index}.`),
      ),
    numbered,
  );

describe('sentences', () => {
  test.each([
    ['Asuu yksin. Syö huonosti.', ['Asuu yksin.', ' Syö huonosti.']],
    ['Esim. kävely klo 9.30.', ['Esim. kävely klo 9.30.']],
    ['Tavataan 12. joulukuuta.', ['Tavataan 12. joulukuuta.']],
    ['”En jaksa.” Näin hän sanoi…', ['”En jaksa.”', ' Näin hän sanoi…']],
    ['Ensin\nsitten\n\nlopuksi', ['Ensin', '\nsitten', '\n\nlopuksi']],
    ['', []],
  ])('M9 %j is cut the same way everywhere', (text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });

  test('M4 the sentences joined give back any text', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'binary' }), fc.string()), (text) => {
        expect(sentencesOf(text).join('')).toBe(text);
        expect(sentencesOf(text)).not.toContain('');
      }),
    );
  });
});

describe('merging prose', () => {
  test('M4 edits with an untouched sentence between them both stand', () => {
    const one = plan.replace('Asuu yksin.', 'Asuu tyttären luona.');
    const other = plan.replace('Syö huonosti.', 'Syö nyt paremmin.');
    expect(mergeProse(plan, one, other)).toBe(
      'Asuu tyttären luona. Kävelee rollaattorilla. Poika käy sunnuntaisin. Syö nyt paremmin. Nukkuu hyvin.',
    );
  });

  test('M4 an edit that both made stands once, beside an edit that one made', () => {
    const both = plan.replace('Asuu yksin.', 'Asuu tyttären luona.');
    const more = both.replace(' Nukkuu hyvin.', '');
    expect(mergeProse(plan, both, more)).toBe(more);
  });

  test('M5 edits to the same or to neighbouring sentences are a conflict', () => {
    const edit = (from: string, to: string): string => plan.replace(from, to);
    expect(mergeProse(plan, edit('yksin', 'kaksin'), edit('yksin', 'pojan kanssa'))).toBeNull();
    expect(mergeProse(plan, edit('yksin', 'kaksin'), edit('rollaattorilla', 'kepillä'))).toBeNull();
    expect(mergeProse(plan, `${plan} Lisä.`, `${plan} Toinen lisä.`)).toBeNull();
    expect(mergeProse('', 'Ensimmäinen.', 'Toinen.')).toBeNull();
  });

  test('M4 M5 the sides are alike, and merging again changes nothing', () => {
    fc.assert(
      fc.property(texts, texts, texts, (ancestor, one, other) => {
        const merged = mergeProse(ancestor, one, other);
        expect(mergeProse(ancestor, other, one)).toBe(merged);
        if (merged === null) return;
        expect(mergeProse(ancestor, merged, merged)).toBe(merged);
      }),
    );
  });

  test('M4 a merge holds no sentence that none of the three texts holds', () => {
    const unlike = fc.tuple(texts, texts, texts, texts, texts);
    fc.assert(
      fc.property(unlike, ([start, a, middle, b, end]) => {
        const ancestor = `${start}. Alku. ${middle}. Loppu. ${end}`;
        const one = `${a}. Alku. ${middle}. Loppu. ${end}`;
        const other = `${start}. Alku. ${middle}. Loppu. ${b}`;
        const merged = mergeProse(ancestor, one, other);
        const known = new Set([ancestor, one, other].flatMap(sentencesOf));
        expect(sentencesOf(merged ?? '').filter((sentence) => !known.has(sentence))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('M4 every edit of either side is in the merge: what one added is there, what one removed is not', () => {
    let merges = 0;
    fc.assert(
      fc.property(changes, changes, (mine, theirs) => {
        const one = edited('Minä', mine);
        const other = edited('Hän', theirs);
        const merged = mergeProse(numbered.join('\n'), one.join('\n'), other.join('\n'));
        if (merged === null) return;
        merges += 1;
        const sentences = merged.split('\n').filter((sentence) => sentence !== '');
        const due = [...new Set([...numbered, ...one, ...other])].filter((sentence) =>
          numbered.includes(sentence)
            ? one.includes(sentence) && other.includes(sentence)
            : one.includes(sentence) || other.includes(sentence),
        );
        expect(sentences.toSorted()).toEqual(due.toSorted());
        // Each side's order stands.
        for (const side of [one, other]) {
          expect(side.filter((sentence) => due.includes(sentence))).toEqual(
            sentences.filter((sentence) => side.includes(sentence)),
          );
        }
      }),
      { numRuns: 1_000 },
    );
    expect(merges).toBeGreaterThan(50);
  });

  test('M10 texts too different to compare are a conflict, and no text takes long', () => {
    const lines = (count: number, line: string): string => `${line}\n`.repeat(count);
    const begun = performance.now();
    expect(
      mergeProse(`x\n${lines(20_000, 'a.')}y`, lines(20_001, 'a.'), lines(19_999, 'a.')),
    ).toBeNull();
    expect(
      mergeProse(`x\n${lines(450, 'a.')}y`, `z\n${lines(451, 'a.')}v`, lines(449, 'a.')),
    ).toBeNull();
    const long = Array.from({ length: 3_000 }, (_, index) => `Lause ${index}.`).join('\n');
    expect(mergeProse(long, `Alku.\n${long}`, `${long}\nLoppu.`)).toBe(`Alku.\n${long}\nLoppu.`);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  test('M4 sentences named like an object’s own members are sentences', () => {
    const base = '__proto__\nconstructor\ntoString\nhasOwnProperty';
    expect(mergeProse(base, `a\n${base}`, `${base}\nb`)).toBe(`a\n${base}\nb`);
  });
});
