export { PlanPage } from './plan-page.tsx';
export { PlanThen } from './plan-then.tsx';
