export { newRowBelow, newRowEdits, startOf, unfinishedRows, type NewRow } from './new-row.ts';
export { panelGroups } from './panel-groups.ts';
export { PartGapRows } from './part-gap-rows.tsx';
export { PlanPage } from './plan-page.tsx';
export { PlanThen } from './plan-then.tsx';
export { PlanViews } from './plan-views.tsx';
export { useClosedRows } from './use-closed-rows.ts';
export { useNextPlace } from './use-next-place.ts';
