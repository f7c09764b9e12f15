import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import type { Id } from '#shared/domain/ids.ts';

export type OrderedRow = { readonly id: Id; readonly key: string };

/**
 * Keys grow by a character with every few insertions at one place. Past this length the list gets fresh
 * keys, long before the 200 characters that the order group holds.
 */
const longestKey = 100;

/** Rows as everybody sees them: by key, equal keys by id (O1). Keys compare by code unit, not by locale. */
export const inOrder = <R extends OrderedRow>(rows: readonly R[]): readonly R[] =>
  rows.toSorted((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -1 : 1;
    return a.id < b.id ? -1 : 1;
  });

/** The key for a row at the end of the list. */
export const keyAtEnd = (rows: readonly OrderedRow[]): string => {
  const last = inOrder(rows).at(-1)?.key ?? null;
  // A key that another program wrote and ours cannot read still sorts before itself with a letter more.
  return keyBetween(last, null) ?? `${last ?? ''}V`;
};

/**
 * New keys that put `moved` before the row `before` (or last, for null or a row that is not there):
 * usually one key. Between two rows with equal keys no key fits, so the later one gets a new key too (O2).
 * Where no key can be found, because a key is unreadable or has grown too long, every row gets a new one (O3).
 */
export const keysForMove = (
  rows: readonly OrderedRow[],
  moved: Id,
  before: Id | null,
): ReadonlyMap<Id, string> => {
  if (before === moved) return new Map();
  const others = inOrder(rows).filter((row) => row.id !== moved);
  const found = before === null ? -1 : others.findIndex((row) => row.id === before);
  const at = found < 0 ? others.length : found;
  return keysAt(others, moved, at) ?? freshKeys(others, moved, at);
};

/** The moved row's key and those of the later rows that share the key of the row before it, or null. */
const keysAt = (
  others: readonly OrderedRow[],
  moved: Id,
  at: number,
): ReadonlyMap<Id, string> | null => {
  const previous = others[at - 1]?.key ?? null;
  const sharing = others.slice(at).filter((row) => row.key === previous);
  const next = others[at + sharing.length]?.key ?? null;
  const keys = new Map<Id, string>();
  let last = previous;
  for (const id of [moved, ...sharing.map((row) => row.id)]) {
    const key = keyBetween(last, next);
    if (key === null) return null;
    keys.set(id, key);
    last = key;
  }
  return keys;
};

const freshKeys = (
  others: readonly OrderedRow[],
  moved: Id,
  at: number,
): ReadonlyMap<Id, string> => {
  const ids = others.map((row) => row.id).toSpliced(at, 0, moved);
  const keys = generateNKeysBetween(null, null, ids.length);
  return new Map(ids.map((id, index) => [id, keys[index] ?? keyAtEnd([])]));
};

/** A key strictly between, or null when the library can read one of the two not, or the key grows too long. */
const keyBetween = (lower: string | null, upper: string | null): string | null => {
  try {
    const key = generateKeyBetween(lower, upper);
    const between = (lower === null || lower < key) && (upper === null || key < upper);
    return between && key.length <= longestKey ? key : null;
  } catch {
    return null;
  }
};
