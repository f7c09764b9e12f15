import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { foldForSearch, foldedWords } from './search-fold.ts';

describe('folding for search', () => {
  test.each([
    ['äidin', 'aidin'],
    ['ÄIDIN', 'aidin'],
    ['Jääskeläinen', 'jaaskelainen'],
    ['a\u0308idin', 'aidin'],
    ['Åström', 'astrom'],
    ['čeavži', 'ceavzi'],
    ['Áŋŋel', 'annel'],
    ['Đorđe', 'dorde'],
    ['Sálttir ǥuosŋâ', 'salttir guosna'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Łukasz Ørsted', 'lukasz orsted'],
    ['İzmir ılıca', 'izmir ilica'],
    ['ﬁksu', 'fiksu'],
    ['ko\u00adti\u200bhoito', 'kotihoito'],
    ['Мария', 'мария'],
  ])('%s becomes %s', (text, folded) => {
    expect(foldForSearch(text)).toBe(folded);
  });

  test('folding twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldForSearch(foldForSearch(text))).toBe(foldForSearch(text));
      }),
    );
  });

  test('the form in which a text came (NFC or NFD) makes no difference', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldForSearch(text.normalize('NFD'))).toBe(foldForSearch(text.normalize('NFC')));
      }),
    );
  });

  test('a lone surrogate harms nothing, a control character parts words', () => {
    expect(foldForSearch('a\ud800\u0000Ä')).toBe('a\ud800 a');
  });

  test('words are split at everything but letters and digits', () => {
    expect(foldedWords('  Mäki-Åvall, Anna-Liisa "x" OR *')).toEqual([
      'maki',
      'avall',
      'anna',
      'liisa',
      'x',
      'or',
    ]);
    expect(foldedWords(' \u0000–')).toEqual([]);
  });
});
