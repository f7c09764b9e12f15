import type { PlanNode } from '../plan-model/index.ts';

/** So many rows a block: what is beyond stands behind a count and a link. */
export const fewRows = 5;

/** So many goals under all the needs together fit the screen. */
export const fewGoals = 8;

export type FewNeeds = {
  readonly needs: readonly { readonly need: PlanNode; readonly goals: readonly PlanNode[] }[];
  /** Needs and goals that are not shown. */
  readonly moreNeeds: number;
  readonly moreGoals: number;
};

/**
 * The first needs and as many of their goals as fit: each need shows its first goal before any shows its
 * second.
 */
export const fewNeeds = (
  needs: readonly PlanNode[],
  most: { readonly needs: number; readonly goals: number } = { needs: fewRows, goals: fewGoals },
): FewNeeds => {
  const shown = needs.slice(0, most.needs);
  const counts = shown.map(() => 0);
  let left = most.goals;
  for (let round = 0; left > 0 && shown.some((need) => need.children.length > round); round += 1) {
    for (const [index, need] of shown.entries()) {
      if (left > 0 && need.children.length > round) {
        counts[index] = round + 1;
        left -= 1;
      }
    }
  }
  const goals = (nodes: readonly PlanNode[]): number =>
    nodes.reduce((sum, need) => sum + need.children.length, 0);
  return {
    needs: shown.map((need, index) => ({ need, goals: need.children.slice(0, counts[index]) })),
    moreNeeds: needs.length - shown.length,
    moreGoals: goals(needs) - counts.reduce((sum, count) => sum + count, 0),
  };
};
