/**
 * The form in which texts and search words are compared: lower case, without diacritics, so that
 * "aidin" finds "äidin", "Jaaskelainen" finds "Jääskeläinen" and "ceavzi" finds "čeavži".
 *
 * The same on every machine and in every language setting: no locale takes part. Folding twice
 * changes nothing more. The folded text may be longer than the text (ß → ss): keep no positions.
 */
export const foldForSearch = (text: string): string => {
  if (isPlain(text)) return text;
  return (
    text
      .normalize('NFKD')
      .replaceAll(/[\p{M}\p{Cf}]/gu, '')
      // Also keeps a NUL out of full-text queries, where SQLite would stop reading.
      .replaceAll(/\p{Cc}/gu, ' ')
      .toLowerCase()
      .replaceAll(/\P{ASCII}/gu, (letter) => plainLetters.get(letter) ?? letter)
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
  );
};

/** The words of a text as they are looked up: folded, split at anything but letters and digits. */
export const foldedWords = (text: string): readonly string[] =>
  foldForSearch(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Most texts that come here twice, and many that come once. */
const isPlain = (text: string): boolean => /^[ -@[-~]*$/u.test(text);

/** Letters that Unicode does not take apart, as a Finnish keyboard would write them. */
const plainLetters: ReadonlyMap<string, string> = new Map([
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ħ', 'h'],
  ['ı', 'i'],
  ['ĸ', 'k'],
  ['ł', 'l'],
  ['ŋ', 'n'],
  ['ŧ', 't'],
  ['þ', 'th'],
  ['ß', 'ss'],
  ['ǥ', 'g'],
  ['ʒ', 'z'],
  ['ə', 'e'],
  ['‐', '-'],
  ['–', '-'],
  ['—', '-'],
  ['‑', '-'],
  ['’', "'"],
]);
