import type { Id } from '#shared/domain/ids.ts';
import { isActiveAction, type PlanNode, type Visit } from '../plan-model/index.ts';
import type { PlanRequest } from '../requests/index.ts';

/** Work in hand that a change of one row concerns, besides the row itself. */
export type TouchedTasks = {
  /** What is being done below it, in reading order. */
  readonly actions: readonly PlanNode[];
  /** What has been asked about a row below it and is open. */
  readonly requests: readonly { readonly request: PlanRequest; readonly node: PlanNode }[];
  /** Of an action: that it was left undone when a visit last told of it. */
  readonly undone: { readonly startedAt: string; readonly reason: string } | null;
};

/** Every row that stands below this one, in reading order. */
export const standingBelow = (node: PlanNode): readonly PlanNode[] =>
  node.children.flatMap((child) => [
    ...(child.state === 'removed' ? [] : [child]),
    ...standingBelow(child),
  ]);

/** How the last visit that tells of the action left it; `visits`: the last first, without corrected ones. */
const leftUndone = (id: Id, visits: readonly Visit[]): TouchedTasks['undone'] => {
  for (const { report } of visits) {
    const told = report.tasks.find(({ actionId }) => actionId === id);
    if (told?.result === 'done') return null;
    if (told) return { startedAt: report.startedAt, reason: told.reason };
  }
  return null;
};

export const touchedTasks = (
  node: PlanNode,
  requestsAt: ReadonlyMap<Id, readonly PlanRequest[]>,
  visits: readonly Visit[],
): TouchedTasks => {
  const below = standingBelow(node);
  return {
    actions: below.filter((each) => each.kind === 'action' && isActiveAction(each)),
    requests: below.flatMap((each) =>
      (requestsAt.get(each.id) ?? [])
        .filter(({ isOpen }) => isOpen)
        .map((request) => ({ request, node: each })),
    ),
    undone: node.kind === 'action' ? leftUndone(node.id, visits) : null,
  };
};
