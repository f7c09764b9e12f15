import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { mayFallOn, runsOn } from '#shared/domain/visits/rhythm.ts';
import { valueOf } from '#renderer/store/reading.ts';
import { allNodes, isActiveGoal, type PlanNode, type PlanTree } from '../plan-model/index.ts';

/** Most tasks of one visit: as many as its record holds. */
export const mostTasks = 200;

/** An action of the plan that is to be done on a visit. */
export type VisitTaskRow = {
  readonly node: PlanNode;
  readonly frequency: string;
  /** Its rhythm names other days of the week: shown after today's, never hidden. */
  readonly isForOtherDay: boolean;
};

export type VisitGoalRow = {
  readonly node: PlanNode;
  /** Something under it is to be done on this visit. */
  readonly isOwn: boolean;
};

/** Who visits: oneself, and the profession whose work it is. */
export type Visitor = {
  readonly personId: Id | null;
  readonly profession: string;
  readonly professionOf: (personId: Id) => string;
};

const isOwn = (node: PlanNode, { personId, profession, professionOf }: Visitor): boolean => {
  const responsibility = valueOf(node.record, 'action', 'responsibility');
  const ids = [responsibility?.responsibleId, responsibility?.deputyId].filter(
    (id): id is Id => typeof id === 'string',
  );
  return ids.some((id) => id === personId || professionOf(id) === profession);
};

/**
 * The plan's actions that somebody of this profession does on the day: agreed or in progress, begun and not
 * ended, answered for or stood in for by the profession. Today's first, each in the order of the plan.
 */
export const visitTasks = (
  tree: PlanTree,
  visitor: Visitor,
  today: CivilDate,
): readonly VisitTaskRow[] =>
  allNodes(tree)
    .flatMap((node) => {
      if (node.kind !== 'action' || node.state === 'removed' || !isOwn(node, visitor)) return [];
      const status = valueOf(node.record, 'action', 'status')?.status ?? 'proposed';
      const schedule = valueOf(node.record, 'action', 'schedule');
      if (status !== 'agreed' && status !== 'in-progress') return [];
      if (schedule !== null && !runsOn(schedule, today)) return [];
      const frequency = schedule?.frequency ?? '';
      return [{ node, frequency, isForOtherDay: !mayFallOn(frequency, today) }];
    })
    .toSorted((a, b) => Number(a.isForOtherDay) - Number(b.isForOtherDay))
    .slice(0, mostTasks);

/** Goals that are being pursued: first those that the visit's tasks serve. */
export const visitGoals = (
  tree: PlanTree,
  tasks: readonly VisitTaskRow[],
): readonly VisitGoalRow[] => {
  const served = new Set(tasks.map(({ node }) => node.parentId));
  return allNodes(tree)
    .filter((node) => node.kind === 'goal' && node.state !== 'removed' && isActiveGoal(node))
    .map((node) => ({ node, isOwn: served.has(node.id) }))
    .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn));
};
