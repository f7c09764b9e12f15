import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idOf, version } from '../../../../tests/window/records.ts';
import { conflictSentence } from './conflict-sentence.ts';
import { diffWords } from './diff-words.ts';
import { bothTogether, canKeepBoth, differingFields, versionsToSettle } from './versions.ts';

describe('word by word', () => {
  test('what was added and what was left out', () => {
    const tokens = diffWords(
      'Käy saunassa kerran viikossa kotihoidon kanssa.',
      'Käy saunassa kerran viikossa tyttären kanssa.',
    );
    expect(tokens.filter((token) => token.kind !== 'same')).toEqual([
      { kind: 'removed', text: 'kotihoidon ' },
      { kind: 'added', text: 'tyttären ' },
    ]);
  });

  test('same and added together are the new text, same and removed the words of the old', () => {
    const word = fc.constantFrom('a', 'b', 'sauna', 'postilaatikko', '\n', ' ', '', '𝒙');
    const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (from, to) => {
        const tokens = diffWords(from, to);
        const join = (without: string): string =>
          tokens
            .filter((token) => token.kind !== without)
            .map((token) => token.text)
            .join('');
        const words = (each: string): readonly string[] => each.split(/\s+/u).filter(Boolean);
        expect(join('removed')).toBe(to);
        expect(words(join('added')).join(' ')).toBe(words(from).join(' '));
      }),
    );
  });

  test('two long texts with nothing in common are answered at once', () => {
    const long = (letter: string): string =>
      Array.from({ length: 20_000 }, (_, index) => `${letter}${index}`).join(' ');
    const began = performance.now();
    expect(diffWords(long('a'), long('b')).map((token) => token.kind)).toEqual([
      'removed',
      'added',
    ]);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('versions', () => {
  const mine = version(1, { title: 'Käy saunassa', description: 'minun', voice: 'client' });
  const theirs = version(
    2,
    { title: 'Käy saunassa', description: 'heidän', voice: 'joint' },
    { authorId: idOf(902) },
  );
  const view = { state: 'conflict' as const, heads: [theirs, mine], ancestor: null, newer: false };

  test('my own stands first, then the latest', () => {
    const third = version(3, mine.value, { authorId: idOf(903) });
    expect(
      versionsToSettle({ ...view, heads: [theirs, third, mine] }, idOf(901))?.heads.map(
        (head) => head.changeId,
      ),
    ).toEqual([idOf(1), idOf(3), idOf(2)]);
    expect(versionsToSettle(undefined, null)).toBeNull();
  });

  test('both: every differing free text once, one after the other; choices are the first', () => {
    expect(bothTogether('goal', 'statement', [mine, theirs])).toEqual({
      title: 'Käy saunassa',
      description: 'minun\n\nheidän',
      voice: 'client',
    });
    expect(canKeepBoth('goal', 'statement', [mine, theirs])).toBe(true);
    expect(
      canKeepBoth('goal', 'target', [version(1, { date: null }), version(2, { date: 'x' })]),
    ).toBe(false);
  });

  test('fields that differ from each other or from the origin', () => {
    expect([
      ...differingFields('goal', 'statement', { heads: [mine, theirs], ancestor: null }),
    ]).toEqual(['description', 'voice']);
  });
});

describe('the sentence', () => {
  const finnish = (key: string, values: Readonly<Record<string, string>>): string =>
    ({
      'wrote.first': `${values['name']} kirjoitti ${values['moment']}`,
      'wrote.next': `${values['name']} ${values['moment']}`,
      'wrote.you': `sinä ${values['moment']}`,
      'wrote.youFirst': `Sinä kirjoitit ${values['moment']}`,
    })[key] ?? key;
  const ville = { isMine: false, name: 'Fysioterapeutti Ville Saarela', moment: 'klo 14.32' };
  const me = { isMine: true, name: 'Kaisa Vuorela', moment: 'klo 14.10' };

  test('the other first, oneself last', () => {
    expect(conflictSentence([me, ville], finnish)).toBe(
      'Fysioterapeutti Ville Saarela kirjoitti klo 14.32, sinä klo 14.10.',
    );
  });

  test('three versions, and two of one’s own', () => {
    const oona = { isMine: false, name: 'Toimintaterapeutti Oona Metsälä', moment: 'klo 9.00' };
    expect(conflictSentence([ville, oona, me], finnish)).toBe(
      'Fysioterapeutti Ville Saarela kirjoitti klo 14.32, Toimintaterapeutti Oona Metsälä klo 9.00, sinä klo 14.10.',
    );
    expect(conflictSentence([me, me], finnish)).toBe('Sinä kirjoitit klo 14.10, sinä klo 14.10.');
  });
});
