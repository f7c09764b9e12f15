import type { PartGap } from '../plan-model/index.ts';

/** One line of what the plan lacks as a whole; parts that nobody has written stand on one. */
export type PartGapLine = Pick<PartGap, 'gap' | 'row'> & { readonly elementIds: readonly string[] };

/** The days and the client's word one by one, and every part that is missing together. */
export const partGapLines = (gaps: readonly PartGap[]): readonly PartGapLine[] => {
  const missing = gaps.filter(({ gap }) => gap === 'element');
  const others = gaps.filter(({ gap }) => gap !== 'element');
  return [
    ...others.map(({ gap, elementId, row }) => ({
      gap,
      elementIds: [elementId],
      ...(row === undefined ? {} : { row }),
    })),
    ...(missing.length === 0
      ? []
      : [{ gap: 'element' as const, elementIds: missing.map(({ elementId }) => elementId) }]),
  ];
};
