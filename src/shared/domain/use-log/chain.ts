import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson, type Json } from '#shared/lib/canonical-json.ts';
import type { UseEntry } from './entry.ts';

/** The hash before the first entry of any chain. */
export const chainStart = '0'.repeat(64);

/** SHA-256 in hexadecimal over the canonical text: one hash for one meaning. Absent members are left out. */
export const hashOfJson = (value: object): string =>
  bytesToHex(sha256(utf8ToBytes(canonicalJson(value as Json))));

/** The text of an entry as it is stored and hashed. */
export const textOfEntry = (entry: UseEntry): string => canonicalJson(entry as Json);

/** An entry's place in its device's chain: `hash` covers the number, the hash before, and the entry. */
export type ChainLink = { readonly no: number; readonly prev: string; readonly hash: string };
export type ChainedEntry = ChainLink & { readonly entry: UseEntry };

/** How far a chain has come: the last number and its hash. */
export type ChainPlace = { readonly through: number; readonly hash: string };

export const emptyChain: ChainPlace = { through: 0, hash: chainStart };

export const chained = (no: number, prev: string, entry: UseEntry): ChainedEntry => ({
  no,
  prev,
  hash: hashOfJson({ no, prev, entry }),
  entry,
});

/**
 * What is wrong with entries that should go on after a place, at the first one where it is:
 * `gap` – numbers are missing or double; `fork` – it follows another entry than the one held;
 * `altered` – its content is not what its hash was made of.
 */
export type ChainProblem = { readonly code: 'gap' | 'fork' | 'altered'; readonly no: number };

/** Follows a chain entry by entry, so that a long one need not lie in memory. */
export const chainProblemAt = (after: ChainPlace, next: ChainedEntry): ChainProblem | null => {
  const { no } = next;
  if (no !== after.through + 1) return { code: 'gap', no };
  if (next.prev !== after.hash) return { code: 'fork', no };
  return chained(no, next.prev, next.entry).hash === next.hash ? null : { code: 'altered', no };
};

/** The first problem of entries that should follow on a place, or null when they do. */
export const chainProblem = (
  after: ChainPlace,
  entries: readonly ChainedEntry[],
): ChainProblem | null => {
  let place = after;
  for (const entry of entries) {
    const problem = chainProblemAt(place, entry);
    if (problem) return problem;
    place = { through: entry.no, hash: entry.hash };
  }
  return null;
};
