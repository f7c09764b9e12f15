import type { ClientView, RecordView, VersionView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { VisitReport } from '#shared/domain/visits/report.ts';
import { latestVersion, recordsOf, valueOf } from '#renderer/store/reading.ts';

export type Visit = {
  readonly record: RecordView;
  readonly report: VisitReport;
  readonly written: VersionView;
  /** The visit that corrects this one, when somebody has. */
  readonly correctedBy: Id | null;
};

/** Visits, what began last first. */
export const visitsOf = (view: ClientView): readonly Visit[] => {
  const visits = recordsOf(view, 'visit').flatMap((record) => {
    const report = valueOf(record, 'visit', 'report');
    const written = latestVersion(record.groups['report']?.heads ?? []);
    return report === null || written === undefined ? [] : [{ record, report, written }];
  });
  const corrections = new Map(
    visits
      .toSorted((a, b) => a.written.time - b.written.time)
      .flatMap(({ record, report: { corrects } }) =>
        corrects === null ? [] : [[corrects, record.id] as const],
      ),
  );
  return visits
    .map((each) => ({ ...each, correctedBy: corrections.get(each.record.id) ?? null }))
    .toSorted((a, b) => {
      const [one, other] = [a.report.startedAt, b.report.startedAt];
      if (one !== other) return one < other ? 1 : -1;
      return b.written.time - a.written.time || (a.record.id < b.record.id ? -1 : 1);
    });
};

/** Those that nobody has corrected: what holds. */
export const standingVisits = (view: ClientView): readonly Visit[] =>
  visitsOf(view).filter(({ correctedBy }) => correctedBy === null);
