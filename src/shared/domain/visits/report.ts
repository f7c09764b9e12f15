import type { Id } from '../ids.ts';
import type { GroupValue } from '../records/kinds.ts';

export type VisitReport = GroupValue<'visit', 'report'>;
export type VisitTask = VisitReport['tasks'][number];
export type VisitTrend = VisitReport['goals'][number]['trend'];

/** What a visit came to, for one line. */
export const summaryOf = (
  report: Pick<VisitReport, 'tasks'>,
): { readonly done: number; readonly notDone: readonly VisitTask[] } => {
  const notDone = report.tasks.filter(({ result }) => result === 'not-done');
  return { done: report.tasks.length - notDone.length, notDone };
};

/** A visit of which nothing was told is no record yet. */
export const tellsNothing = ({
  tasks,
  goals,
  medication,
  observation,
}: Pick<VisitReport, 'tasks' | 'goals' | 'medication' | 'observation'>): boolean =>
  tasks.length === 0 && goals.length === 0 && medication.trim() === '' && observation.trim() === '';

/** How a goal was seen to go on the last visits, the newest first. */
export const trendsOf = (
  reports: readonly Pick<VisitReport, 'goals' | 'startedAt'>[],
  goalId: Id,
): readonly { readonly trend: VisitTrend; readonly startedAt: string }[] =>
  reports
    .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0))
    .flatMap(({ goals, startedAt }) =>
      goals.filter((goal) => goal.goalId === goalId).map(({ trend }) => ({ trend, startedAt })),
    );
