/**
 * How clients are found by begun words. A begun word of one or two letters matches so many clients that
 * gathering and sorting them would be felt, so each of a client's words is also filed under its first
 * letter and its first two; the control character keeps these apart from whole words, which never hold
 * one (`foldForSearch`).
 */
const filed = '\u0001';

/** Up to so many letters a begun word is looked up as filed, beyond as the beginning of whole words. */
const filedLetters = 2;

/** What one client's folded words are filed under. */
export const filedWords = (words: readonly string[]): readonly string[] => {
  const all = new Set<string>();
  for (const word of words) {
    const letters = [...word];
    for (let count = 1; count <= Math.min(filedLetters, letters.length); count += 1) {
      all.add(filed + letters.slice(0, count).join(''));
    }
    if (letters.length > filedLetters) all.add(word);
  }
  return [...all];
};

/** The words as one text, in which a begun word is found by the space before it. */
export const joinedWords = (words: readonly string[]): string =>
  words.map((word) => ` ${word}`).join('');

/** The end of a range of words that begin alike: no folded word holds a higher character. */
const afterPrefix = (prefix: string): string => `${prefix}\u{10ffff}`;

export type BegunWords = {
  /** Of the rows of `client_word w`: what matches all words typed. */
  readonly condition: string;
  readonly parameters: readonly string[];
  /** Whether a client may stand in several rows that match. */
  readonly repeats: boolean;
};

/** The condition for folded words typed, of which the longest leads and the others sift. */
export const begunWords = (typed: readonly [string, ...string[]]): BegunWords => {
  const [first, ...others] = typed.toSorted((a, b) => b.length - a.length) as [string, ...string[]];
  const short = [...first].length <= filedLetters;
  const sifting = others.map(() => 'AND instr(i.words, ?) > 0').join(' ');
  const sift =
    others.length === 0
      ? ''
      : `AND EXISTS (SELECT 1 FROM client_index i WHERE i.case_no = w.case_no ${sifting})`;
  return {
    condition: `${short ? 'w.word = ?' : 'w.word >= ? AND w.word < ?'} ${sift}`,
    parameters: [
      ...(short ? [filed + first] : [first, afterPrefix(first)]),
      ...others.map((word) => ` ${word}`),
    ],
    repeats: !short,
  };
};
