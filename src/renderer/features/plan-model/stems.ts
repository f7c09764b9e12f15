import { foldedWords } from '#shared/domain/search-fold.ts';

/** A Finnish or Swedish word is bent at its end: its beginning tells what it is about. */
const stemLength = 5;
/** Shorter words bind others and say little by themselves. */
const shortestWord = 4;
/** How much of what two titles say must be the same. */
const leastShared = 0.6;

export const stemOf = (foldedWord: string): string => foldedWord.slice(0, stemLength);

/** The beginnings of the words that say what a title is about, each once. */
export const stemsOf = (title: string): readonly string[] => [
  ...new Set(
    foldedWords(title)
      .filter((word) => word.length >= shortestWord)
      .map(stemOf),
  ),
];

/** Whether two titles are about the same thing, by their stems. */
export const areAlike = (one: readonly string[], other: readonly string[]): boolean => {
  const shared = one.filter((stem) => other.includes(stem)).length;
  return shared > 0 && shared / (one.length + other.length - shared) >= leastShared;
};
