import { planElements } from '#shared/domain/plan-elements.ts';
import { isService, type PlanKind, type PlanNode } from '../plan-model/index.ts';

/** The groups that a row's panel shows, in their order. */
export const panelGroups: Readonly<Record<PlanKind | 'plan', readonly string[]>> = {
  plan: planElements.flatMap((each) => (each.shape === 'group' ? [each.group] : [])),
  need: ['heading', 'client-words', 'assessment', 'status'],
  goal: ['statement', 'target', 'lifecycle', 'achievement', 'scale', 'belonging'],
  action: ['content', 'responsibility', 'schedule', 'status', 'service', 'provider', 'belonging'],
};

/** A row's groups that concern it: the service is asked of what is one, and stays once it has been written. */
export const shownGroups = (node: PlanNode): readonly string[] =>
  panelGroups[node.kind].filter(
    (group) => group !== 'service' || isService(node) || Object.hasOwn(node.record.groups, group),
  );
