import { useMemo } from 'react';
import type { ClientView } from '#shared/contract/views.ts';
import type { Register } from '#shared/domain/codes.ts';
import { useToday } from '#renderer/store/use-now.ts';
import {
  askedOf,
  checksOf,
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
  /** The day of the next look, by the row that is followed. */
  readonly nextChecks: ReadonlyMap<string, string>;
};

/** The parts of a plan as they are today. */
export const useParts = (view: ClientView, begins: readonly Register[]): Parts => {
  const today = useToday();
  return useMemo(() => {
    const tree = planTree(view);
    const states = elementStates(view, tree, begins);
    const gaps = partGaps(view, tree, states, today);
    const placeOf = ({ elementId, row }: PartGap): string => row?.recordId ?? elementId;
    return {
      tree,
      states,
      asked: askedOf(tree, today),
      gapById: new Map(gaps.map((each) => [placeOf(each), each.gap] as const)),
      order: states.flatMap(({ element, records }) => [element.id, ...records.map(({ id }) => id)]),
      changed: states.flatMap(({ element, records }) => [
        ...(tree.plan?.unseen.includes(element.id) === true ? [element.id] : []),
        ...records.filter(isUnseen).map(({ id }) => id),
      ]),
      gaps: gaps.map(placeOf),
      nextChecks: new Map(
        checksOf(view).flatMap(({ record, nextOn }) =>
          nextOn === null ? [] : [[record.id, nextOn] as const],
        ),
      ),
      conflicts: states.flatMap(({ element, versions }) => (versions > 0 ? [element.id] : [])),
    };
  }, [view, today, begins]);
};
