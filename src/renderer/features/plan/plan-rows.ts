import type { Id } from '#shared/domain/ids.ts';
import type { TreeRow } from '#renderer/components/tree-moves.ts';
import { valueOf, versionsOf } from '#renderer/store/reading.ts';
import { isUnseen } from '../unseen/index.ts';
import type { PlanGap, PlanNode, PlanTree } from '../plan-model/index.ts';

export const planFilters = ['all', 'mine', 'changed', 'gaps', 'conflicts'] as const;
export type PlanFilter = (typeof planFilters)[number];

export type PlanRow = TreeRow & { readonly node: PlanNode };

export type RowChoice = {
  readonly filter: PlanFilter;
  readonly ownId: Id | null;
  readonly closed: ReadonlySet<Id>;
  readonly gaps: readonly PlanGap[];
};

const passes = (node: PlanNode, { filter, ownId, gaps }: RowChoice): boolean => {
  switch (filter) {
    case 'mine': {
      const responsibility = valueOf(node.record, 'action', 'responsibility');
      return (
        ownId !== null &&
        (responsibility?.responsibleId === ownId || responsibility?.deputyId === ownId)
      );
    }
    case 'gaps':
      return gaps.some((gap) => gap.node.id === node.id);
    case 'changed':
      return isUnseen(node.record);
    case 'conflicts':
      return versionsOf(node.record) > 0;
    default:
      return true;
  }
};

/** Rows that pass, with everything above them, so that a row is never without its place. */
const kept = (node: PlanNode, choice: RowChoice): boolean =>
  passes(node, choice) || node.children.some((child) => kept(child, choice));

/** What is in sight, in order: a closed row hides what is beneath it, a filter opens everything. */
export const planRows = (tree: PlanTree, choice: RowChoice): readonly PlanRow[] => {
  const rows = (nodes: readonly PlanNode[]): readonly PlanRow[] =>
    nodes.flatMap((node) => {
      if (choice.filter !== 'all' && !kept(node, choice)) return [];
      const isOpen = choice.filter !== 'all' || !choice.closed.has(node.id);
      const row: PlanRow = {
        id: node.id,
        level: node.level,
        parentId: node.parentId,
        ...(node.children.length > 0 ? { isOpen } : {}),
        node,
      };
      return [row, ...(isOpen ? rows(node.children) : [])];
    });
  return rows([...tree.needs, ...tree.adrift]);
};
