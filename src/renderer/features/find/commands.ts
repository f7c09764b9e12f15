import { foldedWords } from '#shared/domain/search-fold.ts';

/** Something that the program does, by the words on its button or page. */
export type Command = {
  readonly id: string;
  readonly label: string;
  /** The keys that do the same, as they are written: `Ctrl 1`. */
  readonly keys: string;
  readonly run: () => void;
};

/** Commands in whose label every typed word begins a word, in their order. */
export const commandsFound = (commands: readonly Command[], query: string): readonly Command[] => {
  const asked = foldedWords(query);
  if (asked.length === 0) return [];
  return commands.filter(({ label }) => {
    const words = foldedWords(label);
    return asked.every((word) => words.some((each) => each.startsWith(word)));
  });
};
