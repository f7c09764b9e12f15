import type { HistoryVersion } from '#shared/contract/history-calls.ts';
import { familyPart } from '#shared/domain/records/family.ts';
import { finnishDate, type CivilDate } from '#shared/domain/civil-date.ts';

/** Versions that the region received on one day in Finland; null for those it has not told of yet. */
export type DayOfVersions = {
  readonly date: CivilDate | null;
  readonly versions: readonly HistoryVersion[];
};

/**
 * Days in the order of the versions, which come in the order of the region's log. What ties a row to a
 * sibling's is nothing of this client's history.
 */
export const byDay = (versions: readonly HistoryVersion[]): readonly DayOfVersions[] => {
  const days: { date: CivilDate | null; versions: HistoryVersion[] }[] = [];
  for (const version of versions) {
    if (version.group === familyPart) continue;
    const date = version.receivedMs === null ? null : finnishDate(version.receivedMs);
    const last = days.at(-1);
    if (last?.date === date) last.versions.push(version);
    else days.push({ date, versions: [version] });
  }
  return days;
};

const hourMs = 3_600_000;

/** Whether it is worth saying when it was written: it reached the region much later, or a clock was wrong. */
export const isWrittenElsewhen = ({
  timeMs,
  receivedMs,
}: Pick<HistoryVersion, 'timeMs' | 'receivedMs'>): boolean =>
  receivedMs === null || Math.abs(receivedMs - timeMs) > hourMs;
