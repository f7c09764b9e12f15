export { useElsewhere } from './use-elsewhere.ts';
export { NewPartRow, type NewPart } from './new-part-row.tsx';
export { PlanTab } from './plan-tab.tsx';
