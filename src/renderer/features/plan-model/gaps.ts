import type { Gap } from '#renderer/components/signs.tsx';
import { valueOf } from '#renderer/store/reading.ts';
import { allNodes, type PlanNode, type PlanTree } from './plan-tree.ts';

/** Something that the plan lacks, and where. */
export type PlanGap = { readonly gap: Exclude<Gap, 'measure'>; readonly node: PlanNode };

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

const gapOf = (node: PlanNode): PlanGap['gap'] | null => {
  if (!stands(node)) return null;
  switch (node.kind) {
    case 'need':
      return isActiveNeed(node) && !node.children.some(stands) ? 'goal' : null;
    case 'goal':
      return null;
    default: {
      if (!isActiveAction(node)) return null;
      const responsibility = valueOf(node.record, 'action', 'responsibility');
      if (!responsibility?.responsibleId) return 'responsible';
      return responsibility.deputyId ? null : 'deputy';
    }
  }
};

/** What nobody answers for, nobody stands in for, and needs without a goal; in reading order. */
export const gapsOf = (tree: PlanTree): readonly PlanGap[] =>
  allNodes(tree).flatMap((node) => {
    const parent = node.parentId === null ? undefined : tree.byId.get(node.parentId);
    if (parent?.kind === 'goal' && !isActiveGoal(parent)) return [];
    const gap = gapOf(node);
    return gap === null ? [] : [{ gap, node }];
  });
