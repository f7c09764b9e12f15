import { planElements } from '#shared/domain/plan-elements.ts';
import type { PlanKind } from '../plan-model/index.ts';

/** The groups that a row's panel shows, in their order. */
export const panelGroups: Readonly<Record<PlanKind | 'plan', readonly string[]>> = {
  plan: planElements.flatMap((each) => (each.shape === 'group' ? [each.group] : [])),
  need: ['heading', 'client-words', 'assessment', 'status'],
  goal: ['statement', 'target', 'lifecycle', 'achievement', 'belonging'],
  action: ['content', 'responsibility', 'schedule', 'status', 'service', 'provider', 'belonging'],
};
