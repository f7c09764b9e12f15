import type { PlanKind } from '../plan-model/index.ts';

/** The groups that a row's panel shows, in their order. */
export const panelGroups: Readonly<Record<PlanKind | 'plan', readonly string[]>> = {
  plan: ['what-matters', 'situation', 'strengths', 'custodian', 'review', 'course'],
  need: ['heading', 'client-words', 'assessment', 'status'],
  goal: ['statement', 'target', 'lifecycle', 'achievement', 'belonging'],
  action: ['content', 'responsibility', 'schedule', 'status', 'provider', 'belonging'],
};
