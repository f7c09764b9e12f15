export { useElsewhere } from './use-elsewhere.ts';
export { PlanTab } from './plan-tab.tsx';
