import { sameJson } from '#shared/lib/canonical-json.ts';
import type { MergePolicy } from '#shared/domain/records/group.ts';
import type { Change } from '#shared/domain/change.ts';
import { mergeProse } from './merge-prose.ts';

/** Version of the merge rules; two programs that differ in it would show different plans. */
export const mergeVersion = 1;

/** What resolving needs of a change. */
export type Version = Pick<Change, 'id' | 'value' | 'time'>;

/**
 * What a group says now:
 * `empty` – nobody has written it; `settled` – one value; `merged` – two versions joined by sentences,
 * nobody has confirmed it yet; `conflict` – versions that wait for a person, with what they began from.
 */
export type GroupState<V extends Version = Version> =
  | { readonly state: 'empty' }
  | { readonly state: 'settled'; readonly value: Change['value']; readonly heads: readonly V[] }
  | {
      readonly state: 'merged';
      readonly value: Change['value'];
      readonly heads: readonly V[];
      readonly ancestor: V;
    }
  | { readonly state: 'conflict'; readonly heads: readonly V[]; readonly ancestor: V | null };

/**
 * A pure function of the heads and their nearest common ancestor, never of the order of arrival (M1).
 * Three and more heads are not folded (M6).
 */
export const resolveGroup = <V extends Version>(
  policy: MergePolicy,
  heads: readonly V[],
  ancestor: V | null,
): GroupState<V> => {
  const [first, second] = heads;
  if (!first) return { state: 'empty' };
  if (heads.every((head) => sameJson(head.value, first.value))) {
    return { state: 'settled', value: first.value, heads };
  }
  if (policy === 'latest') {
    return { state: 'settled', value: latestOf(heads, first).value, heads };
  }
  if (policy === 'prose' && second && heads.length === 2 && ancestor) {
    const value = mergedProse(ancestor, first, second);
    if (value) return { state: 'merged', value, heads, ancestor };
  }
  return { state: 'conflict', heads, ancestor };
};

/** Highest hybrid time, then highest id (M7). */
const latestOf = <V extends Version>(heads: readonly V[], first: V): V =>
  heads.reduce((best, head) => {
    if (head.time !== best.time) return head.time > best.time ? head : best;
    return head.id > best.id ? head : best;
  }, first);

/** Merges the `text` of a prose group when nothing else in the group differs (M4). */
const mergedProse = (ancestor: Version, one: Version, other: Version): Change['value'] | null => {
  const texts = [ancestor, one, other].map((version) => version.value['text']);
  const [base, mine, theirs] = texts;
  if (typeof base !== 'string' || typeof mine !== 'string' || typeof theirs !== 'string')
    return null;
  const { text: _one, ...restOfOne } = one.value;
  const { text: _other, ...restOfOther } = other.value;
  if (!sameJson(restOfOne, restOfOther)) return null;
  const text = mergeProse(base, mine, theirs);
  return text === null ? null : { ...restOfOne, text };
};
