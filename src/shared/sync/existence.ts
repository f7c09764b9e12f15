import { z } from 'zod';
import { idSchema, type Id } from '#shared/domain/ids.ts';
import { lineText } from '#shared/domain/text.ts';
import { maxParents } from '#shared/domain/change.ts';

/** Most changes a removal can name: every head of every group of one record. */
const maxCovered = 16 * maxParents;

/**
 * The value of a record's `existence` group. A removal names in `covers` the heads of every group that
 * its author knew, and gives a reason; taking it back is a new value of the same group.
 */
export const existenceSchema = z.discriminatedUnion('state', [
  z.looseObject({
    state: z.literal('removed'),
    reason: lineText.refine((reason) => reason.trim() !== '', 'reason-missing'),
    covers: z.array(idSchema).max(maxCovered),
  }),
  z.looseObject({ state: z.literal('standing') }),
]);
export type Existence = z.infer<typeof existenceSchema>;

/** What removal says of a record: it stands, it is removed, or somebody wrote to it apart from the removal. */
export type RecordState =
  | { readonly state: 'standing' }
  | { readonly state: 'removed'; readonly reason: string }
  | {
      readonly state: 'removed-and-edited';
      readonly reason: string;
      readonly editedBy: readonly Id[];
    };

/**
 * Edit against removal (R2): a removal holds when every present head of the record's other groups is one
 * that the removal names. A head outside it was written apart, and a person decides. When several heads
 * of `existence` differ, the caller has a conflict already; pass the removals among them.
 */
export const recordState = (
  removals: readonly Extract<Existence, { state: 'removed' }>[],
  contradicted: boolean,
  headsOfOtherGroups: readonly Id[],
): RecordState => {
  const [first] = removals;
  if (!first) return { state: 'standing' };
  const covered = new Set(removals.flatMap((removal) => removal.covers));
  const editedBy = headsOfOtherGroups.filter((head) => !covered.has(head));
  return contradicted || editedBy.length > 0
    ? { state: 'removed-and-edited', reason: first.reason, editedBy }
    : { state: 'removed', reason: first.reason };
};
