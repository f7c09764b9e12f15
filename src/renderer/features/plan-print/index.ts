export { PlanPrintPage } from './plan-print-page.tsx';
