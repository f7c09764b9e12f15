import { useMemo } from 'react';
import type { ClientView } from '#shared/contract/views.ts';
import { useToday } from '#renderer/store/use-now.ts';
import {
  askedOf,
  elementStates,
  partGaps,
  planTree,
  type ElementState,
  type PartGap,
  type PlanTree,
} from '../plan-model/index.ts';
import { isUnseen } from '../unseen/index.ts';

export type Parts = {
  readonly tree: PlanTree;
  readonly states: readonly ElementState[];
  readonly asked: ReturnType<typeof askedOf>;
  readonly gapById: ReadonlyMap<string, PartGap['gap']>;
  /** Every row's id in its order, and of them those that others changed, the gaps, and those with two versions. */
  readonly order: readonly string[];
  readonly changed: readonly string[];
  readonly gaps: readonly string[];
  readonly conflicts: readonly string[];
};

/** The parts of a plan as they are today. */
export const useParts = (view: ClientView): Parts => {
  const today = useToday();
  return useMemo(() => {
    const tree = planTree(view);
    const states = elementStates(view, tree);
    const gaps = partGaps(tree, states, today);
    return {
      tree,
      states,
      asked: askedOf(tree, today),
      gapById: new Map(gaps.map(({ gap, elementId }) => [elementId, gap] as const)),
      order: states.flatMap(({ element, records }) => [element.id, ...records.map(({ id }) => id)]),
      changed: states.flatMap(({ element, records }) => [
        ...(tree.plan?.unseen.includes(element.id) === true ? [element.id] : []),
        ...records.filter(isUnseen).map(({ id }) => id),
      ]),
      gaps: gaps.map(({ elementId }) => elementId),
      conflicts: states.flatMap(({ element, versions }) => (versions > 0 ? [element.id] : [])),
    };
  }, [view, today]);
};
