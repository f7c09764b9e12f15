import type { CivilDate } from '#shared/domain/civil-date.ts';
import { valueOf } from '#renderer/store/reading.ts';
import type { Check } from './checks.ts';
import { isActiveAction, isActiveGoal } from './gaps.ts';
import { allNodes, type PlanNode, type PlanTree } from './plan-tree.ts';

/** A day that the plan itself names. */
export type NextDate = {
  readonly date: CivilDate;
  readonly what: 'review' | 'target' | 'schedule-start' | 'schedule-end' | 'check';
  readonly node: PlanNode | null;
  /** What is looked at on that day, for a check. */
  readonly check?: Check;
  readonly isPast: boolean;
};

const datesOf = (node: PlanNode): readonly Omit<NextDate, 'isPast'>[] => {
  if (node.state === 'removed') return [];
  if (node.kind === 'goal') {
    const date = valueOf(node.record, 'goal', 'target')?.date ?? null;
    const achievement = valueOf(node.record, 'goal', 'achievement')?.achievement;
    return date === null || !isActiveGoal(node) || achievement === 'achieved'
      ? []
      : [{ date, what: 'target', node }];
  }
  if (node.kind !== 'action' || !isActiveAction(node)) return [];
  const schedule = valueOf(node.record, 'action', 'schedule');
  return [
    ...(schedule?.start ? [{ date: schedule.start, what: 'schedule-start' as const, node }] : []),
    ...(schedule?.end ? [{ date: schedule.end, what: 'schedule-end' as const, node }] : []),
  ];
};

/**
 * The plan's review, goals' target days, beginnings and ends of actions, checks of what is followed: the nearest
 * first. A day that has
 * passed stays while what it was for is unfinished; a beginning that has passed has simply begun.
 */
export const nextDates = (
  tree: PlanTree,
  checks: readonly Check[],
  today: CivilDate,
): readonly NextDate[] => {
  const review = valueOf(tree.plan, 'plan', 'review')?.date ?? null;
  return [
    ...(review === null ? [] : [{ date: review, what: 'review' as const, node: null }]),
    ...allNodes(tree).flatMap(datesOf),
    ...checks.flatMap((check) =>
      check.nextOn === null
        ? []
        : [{ date: check.nextOn, what: 'check' as const, node: null, check }],
    ),
  ]
    .filter((each) => each.what !== 'schedule-start' || each.date >= today)
    .map((each) => ({ ...each, isPast: each.date < today }))
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
};
