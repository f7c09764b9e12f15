import type { Gap } from '#renderer/components/signs.tsx';
import { valueOf } from '#renderer/store/reading.ts';
import { isMeasured } from './goal-scale.ts';
import { allNodes, type PlanNode, type PlanTree } from './plan-tree.ts';

/** Something that the plan lacks, and where. */
export type PlanGap = {
  readonly gap: Extract<Gap, 'responsible' | 'deputy' | 'goal' | 'start' | 'measure'>;
  readonly node: PlanNode;
};

export const isActiveNeed = (node: PlanNode): boolean => {
  const status = valueOf(node.record, 'need', 'status')?.status ?? 'open';
  return status === 'open' || status === 'in-progress';
};

export const isActiveGoal = (node: PlanNode): boolean => {
  const status = valueOf(node.record, 'goal', 'lifecycle')?.status ?? 'proposed';
  return status !== 'ended' && status !== 'cancelled';
};

export const isActiveAction = (node: PlanNode): boolean => {
  const status = valueOf(node.record, 'action', 'status')?.status ?? 'proposed';
  return status !== 'done' && status !== 'not-done';
};

const stands = (node: PlanNode): boolean => node.state !== 'removed';

const whoIsMissing = (node: PlanNode): readonly PlanGap['gap'][] => {
  const responsibility = valueOf(node.record, 'action', 'responsibility');
  if (!responsibility?.responsibleId) return ['responsible'];
  return responsibility.deputyId ? [] : ['deputy'];
};

/** A service that has been agreed on begins on some day (1301/2014 39 §); one proposed may not have it yet. */
const hasNoStart = (node: PlanNode): boolean =>
  valueOf(node.record, 'action', 'content')?.kind === 'service' &&
  (valueOf(node.record, 'action', 'status')?.status ?? 'proposed') !== 'proposed' &&
  !valueOf(node.record, 'action', 'schedule')?.start;

/** A goal that has been agreed on is measured by its levels; one proposed may not have them yet. */
const hasNoMeasure = (node: PlanNode): boolean => {
  const status = valueOf(node.record, 'goal', 'lifecycle')?.status ?? 'proposed';
  return (
    (status === 'agreed' || status === 'active') &&
    !isMeasured(valueOf(node.record, 'goal', 'scale'))
  );
};

const gapsAt = (node: PlanNode): readonly PlanGap['gap'][] => {
  if (!stands(node)) return [];
  switch (node.kind) {
    case 'need':
      return isActiveNeed(node) && !node.children.some(stands) ? ['goal'] : [];
    case 'goal':
      return hasNoMeasure(node) ? ['measure'] : [];
    default:
      return isActiveAction(node)
        ? [...whoIsMissing(node), ...(hasNoStart(node) ? (['start'] as const) : [])]
        : [];
  }
};

/**
 * What nobody answers for, nobody stands in for, services without a beginning, needs without a goal, and goals
 * without a measure; in reading order.
 */
export const gapsOf = (tree: PlanTree): readonly PlanGap[] =>
  allNodes(tree).flatMap((node) => {
    const parent = node.parentId === null ? undefined : tree.byId.get(node.parentId);
    if (parent?.kind === 'goal' && !isActiveGoal(parent)) return [];
    return gapsAt(node).map((gap) => ({ gap, node }));
  });
