import type { GroupValue } from '#shared/domain/records/kinds.ts';

export type GoalScale = GroupValue<'goal', 'scale'>;

const levelFields = ['minus2', 'minus1', 'zero', 'plus1', 'plus2'] as const;

/** What each level means, from −2 to +2; empty where nobody has described it. */
export const levelTexts = (scale: GoalScale | null): readonly string[] =>
  levelFields.map((field) => scale?.[field] ?? '');

/** Whether a goal can be measured: one's levels are all described. */
export const isMeasured = (scale: GoalScale | null): boolean =>
  levelTexts(scale).every((text) => text.trim() !== '');
