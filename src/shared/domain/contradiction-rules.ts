import ruleList from '#resources/rules/contradictions.json' with { type: 'json' };

export type ContradictionRuleId =
  | 'goal-not-pursued'
  | 'no-action-left'
  | 'starts-after-target'
  | 'client-dissents'
  | 'opposite-direction';

/** What in a plan speaks against itself. A rule is simple enough to be told in one sentence. */
export type ContradictionRule = {
  readonly id: ContradictionRuleId;
  /** Words of which one says the opposite of the other, in any of the three languages. */
  readonly opposites?: readonly (readonly [string, string])[];
};

export const contradictionRules = ruleList as readonly ContradictionRule[];
