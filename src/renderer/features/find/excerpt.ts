/** A piece of an excerpt; `isFound` is what was searched for. */
export type ExcerptPart = { readonly text: string; readonly isFound: boolean };

const opens = '\u2068';
const closes = '\u2069';

/** Splits an excerpt at the marks around what was found; a mark without its pair marks to the end. */
export const excerptParts = (excerpt: string): readonly ExcerptPart[] => {
  const parts: ExcerptPart[] = [];
  for (const [index, piece] of excerpt.split(opens).entries()) {
    const [found = '', rest = ''] =
      index === 0 ? ['', piece.replaceAll(closes, '')] : piece.split(closes, 2);
    if (found !== '') parts.push({ text: found, isFound: true });
    if (rest !== '') parts.push({ text: rest, isFound: false });
  }
  return parts;
};
