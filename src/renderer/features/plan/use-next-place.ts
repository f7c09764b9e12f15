import { useEffect } from 'react';
import type { Id } from '#shared/domain/ids.ts';
import type { PlanGap, PlanNode } from '../plan-model/index.ts';

/** The next of some places after the selected one, round from the last to the first. */
export const nextAfter = (
  ids: readonly Id[],
  order: readonly Id[],
  selected: Id | null,
): Id | undefined => {
  const at = selected === null ? -1 : order.indexOf(selected);
  return ids.find((id) => order.indexOf(id) > at) ?? ids[0];
};

export type PlacesToVisit = {
  /** Every row in its order. */
  readonly nodes: readonly PlanNode[];
  readonly gaps: readonly PlanGap[];
  readonly conflicts: readonly PlanNode[];
  readonly selectedId: Id | null;
  readonly show: (id: Id) => void;
};

/** F8 goes to the next gap, F9 to the next place with two versions. */
export const useNextPlace = ({ nodes, gaps, conflicts, selectedId, show }: PlacesToVisit): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'F8' && event.key !== 'F9') return;
      event.preventDefault();
      const places =
        event.key === 'F8' ? gaps.map((gap) => gap.node.id) : conflicts.map((each) => each.id);
      const next = nextAfter(
        places,
        nodes.map((each) => each.id),
        selectedId,
      );
      if (next !== undefined) show(next);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [gaps, conflicts, nodes, selectedId, show]);
};
