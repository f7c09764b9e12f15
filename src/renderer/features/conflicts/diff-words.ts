import { diffIndices } from 'node-diff3';
import type { DiffToken } from '#renderer/components/word-diff.tsx';

/** Comparing grows with the square of the differing words: beyond this the middle is shown as replaced. */
const mostWords = 3_000;

/** Words with the space after them, so that a moved space is no difference of its own. */
const wordsOf = (text: string): readonly string[] => text.match(/\s*\S+\s*|\s+/gu) ?? [];

const token = (kind: DiffToken['kind'], words: readonly string[]): readonly DiffToken[] =>
  words.length === 0 ? [] : [{ kind, text: words.join('') }];

/** What `to` adds to `from` and what it leaves out, word by word. */
export const diffWords = (from: string, to: string): readonly DiffToken[] => {
  const [before, after] = [wordsOf(from), wordsOf(to)];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    start += 1;
  }
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1;
  }
  return apart([
    ...token('same', after.slice(0, start)),
    ...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...token('same', after.slice(after.length - end)),
  ]);
};

/** The last word of a text has no space after it: what was left out is set apart from its neighbours. */
const apart = (tokens: readonly DiffToken[]): readonly DiffToken[] =>
  tokens.map((each, index) => {
    if (each.kind !== 'removed') return each;
    const [before, after] = [tokens[index - 1], tokens[index + 1]];
    const first = before && !/\s$/u.test(before.text) && !/^\s/u.test(each.text) ? ' ' : '';
    const last = after && !/\s$/u.test(each.text) && !/^\s/u.test(after.text) ? ' ' : '';
    return { ...each, text: `${first}${each.text}${last}` };
  });

const diffMiddle = (before: readonly string[], after: readonly string[]): readonly DiffToken[] => {
  if (before.length + after.length > mostWords) {
    return [...token('removed', before), ...token('added', after)];
  }
  const tokens: DiffToken[] = [];
  let reached = 0;
  // A word at the end of a text has no space after it: compared by the word alone.
  const bare = (words: readonly string[]): string[] => words.map((word) => word.trim());
  for (const { buffer1, buffer2 } of diffIndices(bare(before), bare(after))) {
    tokens.push(
      ...token('same', after.slice(reached, buffer2[0])),
      ...token('removed', before.slice(buffer1[0], buffer1[0] + buffer1[1])),
      ...token('added', after.slice(buffer2[0], buffer2[0] + buffer2[1])),
    );
    reached = buffer2[0] + buffer2[1];
  }
  return [...tokens, ...token('same', after.slice(reached))];
};
