export { useElsewhere } from './use-elsewhere.ts';
export { NewPartRow } from './new-part-row.tsx';
export type { NewPart } from './row-target.ts';
export { PlanTab } from './plan-tab.tsx';
