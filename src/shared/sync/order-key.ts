import { generateKeyBetween } from 'fractional-indexing';
import type { Id } from '#shared/domain/ids.ts';

export type OrderedRow = { readonly id: Id; readonly key: string };

/** Rows as everybody sees them: by key, equal keys by id (O1). Keys compare by code unit, not by locale. */
export const inOrder = <R extends OrderedRow>(rows: readonly R[]): readonly R[] =>
  rows.toSorted((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -1 : 1;
    return a.id < b.id ? -1 : 1;
  });

/** The key for a row at the end of the list. */
export const keyAtEnd = (rows: readonly OrderedRow[]): string =>
  keyBetween(inOrder(rows).at(-1)?.key ?? null, null);

/**
 * New keys that put `moved` before the row `before` (or last, for null): usually one key. Between two
 * rows with equal keys no key fits, so the later one gets a new key too (O2).
 */
export const keysForMove = (
  rows: readonly OrderedRow[],
  moved: Id,
  before: Id | null,
): ReadonlyMap<Id, string> => {
  const others = inOrder(rows).filter((row) => row.id !== moved);
  const found = before === null ? -1 : others.findIndex((row) => row.id === before);
  const at = found < 0 ? others.length : found;
  const previous = others[at - 1]?.key ?? null;
  const keys = new Map<Id, string>();
  let last = keyBetween(previous, firstKeyAfter(others, at, previous));
  keys.set(moved, last);
  // Rows that share the key of the one before them can only stand later with keys of their own.
  for (const row of others.slice(at)) {
    if (previous === null || row.key > previous) break;
    last = keyBetween(last, firstKeyAfter(others, at, last));
    keys.set(row.id, last);
  }
  return keys;
};

const firstKeyAfter = (
  rows: readonly OrderedRow[],
  at: number,
  key: string | null,
): string | null => rows.slice(at).find((row) => key === null || row.key > key)?.key ?? null;

/** A key that another program wrote and ours cannot read counts as absent: order is no reason to fail. */
const keyBetween = (lower: string | null, upper: string | null): string => {
  try {
    return generateKeyBetween(lower, upper);
  } catch {
    return `${lower ?? 'a0'}V`;
  }
};
