import type { CallOutput } from '#shared/contract/calls.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import { foldedWords, foldForSearch } from '#shared/domain/search-fold.ts';
import { sameJson, type Json, type JsonObject } from '#shared/lib/canonical-json.ts';
import { fieldsOf } from '../editing/index.ts';

export type ReviewRow = CallOutput<'reviews.list'>['rows'][number];

/** As they arrived, the oldest first. */
export const inOrder = (rows: readonly ReviewRow[]): readonly ReviewRow[] =>
  rows.toSorted((a, b) => a.receivedMs - b.receivedMs || (a.changeId < b.changeId ? -1 : 1));

/** The rows in whose words every word of the query is found. */
export const matching = (
  rows: readonly ReviewRow[],
  query: string,
  wordsOf: (row: ReviewRow) => readonly string[],
): readonly ReviewRow[] => {
  const wanted = foldedWords(query);
  if (wanted.length === 0) return rows;
  return rows.filter((row) => {
    const words = foldForSearch(wordsOf(row).join(' '));
    return wanted.every((word) => words.includes(word));
  });
};

/** The row to look at after this one has been decided: the one below it, else the one above. */
export const nextOf = (rows: readonly ReviewRow[], changeId: string): string | null => {
  const index = rows.findIndex((row) => row.changeId === changeId);
  return (rows[index + 1] ?? rows[index - 1])?.changeId ?? null;
};

const fieldOf = (value: ReviewRow['value'], name: string): Json =>
  (value as JsonObject)[name] ?? null;

/** The fields in which the offered text differs from any that stands there now; where nothing does, what it says. */
export const changedFields = ({ kind, group, value, current }: ReviewRow): ReadonlySet<string> =>
  new Set(
    fieldsOf(kind, group)
      .map(({ name }) => name)
      .filter((name) => {
        const offered = fieldOf(value, name);
        return current.length === 0
          ? offered !== null && offered !== ''
          : current.some((now) => !sameJson(fieldOf(now.value, name), offered));
      }),
  );

/** A removal and its reason, when the work is one; null for words. */
export const removalOf = (
  row: ReviewRow,
): { readonly removed: boolean; readonly reason: string } | null => {
  if (row.group !== existenceGroup) return null;
  const { state, reason } = row.value;
  return { removed: state !== 'standing', reason: typeof reason === 'string' ? reason : '' };
};
