import { diffIndices } from 'node-diff3';
import { sentencesOf } from './sentences.ts';

/** Sentences `from` (included) to `to` (not included) of the ancestor become `sentences`. */
type Edit = { readonly from: number; readonly to: number; readonly sentences: readonly string[] };

/**
 * Most comparisons of sentences that one merge may cost. Comparing grows with the square of what differs;
 * beyond this, reached only by texts of hundreds of rewritten or repeated sentences, a person decides (M10).
 * Part of the merge's version: a device with more patience would show another plan.
 */
const mostComparisons = 250_000;

/** How the text differs from its ancestor, or null when that is too much to compare. */
const editsOf = (ancestor: readonly string[], text: readonly string[]): readonly Edit[] | null => {
  const shorter = Math.min(ancestor.length, text.length);
  let start = 0;
  while (start < shorter && ancestor[start] === text[start]) start += 1;
  let end = 0;
  while (end < shorter - start && ancestor.at(-1 - end) === text.at(-1 - end)) end += 1;
  const before = ancestor.slice(start, ancestor.length - end);
  const after = text.slice(start, text.length - end);
  if (before.length * after.length > mostComparisons) return null;
  return diffIndices(before, after).map((difference) => ({
    from: start + difference.buffer1[0],
    to: start + difference.buffer1[0] + difference.buffer1[1],
    sentences: difference.buffer2Content,
  }));
};

const sameEdit = (a: Edit, b: Edit): boolean =>
  a.from === b.from && a.to === b.to && a.sentences.join('') === b.sentences.join('');

/** True when no untouched sentence lies between the two edits. */
const touchOrNeighbour = (a: Edit, b: Edit): boolean => a.to >= b.from && b.to >= a.from;

/**
 * Merges two texts that began from one, sentence by sentence. Edits with an untouched sentence between
 * them both stand, and an edit that both made stands once; edits to the same or to neighbouring
 * sentences are a conflict, answered by null (M4, M5), and so are texts too different to compare (M10). The order of the two texts does not matter.
 */
export const mergeProse = (ancestor: string, one: string, other: string): string | null => {
  if (one === other) return one;
  if (one === ancestor) return other;
  if (other === ancestor) return one;
  const base = sentencesOf(ancestor);
  const edits = editsOf(base, sentencesOf(one));
  const theirs = editsOf(base, sentencesOf(other));
  if (!edits || !theirs) return null;
  const otherEdits = theirs.filter((edit) => !edits.some((own) => sameEdit(own, edit)));
  const clash = otherEdits.some((edit) => edits.some((own) => touchOrNeighbour(own, edit)));
  return clash ? null : applyEdits(base, [...edits, ...otherEdits]);
};

const applyEdits = (base: readonly string[], edits: readonly Edit[]): string => {
  const pieces: string[] = [];
  let reached = 0;
  for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
    pieces.push(...base.slice(reached, edit.from), ...edit.sentences);
    reached = edit.to;
  }
  return [...pieces, ...base.slice(reached)].join('');
};
