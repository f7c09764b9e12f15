import type { HistoryVersion } from '#shared/contract/history-calls.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { familyPart } from '#shared/domain/records/family.ts';
import { registerOfKind } from '#shared/domain/records/compartment-of-kind.ts';
import { sectionOfKind } from '#shared/domain/records/sections.ts';

export type MeetingCourse = {
  readonly startedAt: string;
  readonly endedAt: string;
  /** The staff present; nobody else writes on the plan. */
  readonly personIds: readonly Id[];
  /** Somebody was there who is none of the staff: only the joint plan was on the screen. */
  readonly hadOutsiders: boolean;
};

export const minuteSections = ['ratings', 'tasks', 'views', 'other'] as const;
export type MinuteSection = (typeof minuteSections)[number];

/** What belongs together in the minutes: one record, and what was written of it, the last version of each group. */
export type MinuteEntry = {
  readonly recordId: Id;
  readonly kind: string;
  readonly section: MinuteSection;
  readonly versions: readonly HistoryVersion[];
};

/**
 * What says nothing to a reader of minutes: the meeting's own record, places in lists, requests; nor what was
 * never on the shared screen, such as diagnoses.
 */
const isTold = ({ kind, group }: HistoryVersion): boolean =>
  sectionOfKind(kind) === 'plan' &&
  kind !== 'plan-meeting' &&
  registerOfKind(kind) === null &&
  kind !== 'request' &&
  kind !== 'acknowledgment' &&
  kind !== 'plan-acknowledgment' &&
  group !== 'order' &&
  group !== 'belonging' &&
  group !== familyPart;

const sectionOf = (kind: string, versions: readonly HistoryVersion[]): MinuteSection => {
  if (kind === 'rating') return 'ratings';
  if (kind === 'dissenting-view') return 'views';
  const isNew = versions.some(
    ({ group, replaced }) => group === 'content' && replaced.length === 0,
  );
  return kind === 'action' && isNew ? 'tasks' : 'other';
};

/**
 * The minutes of a meeting: what those present wrote on the plan from its beginning to its end, record by
 * record in the order in which it was begun. What somebody wrote in a part of their own meanwhile is no
 * business of an outsider, who may get the minutes. `onTheWall` tells a moment by the clock in Finland, to the
 * minute, as the meeting's own times are told.
 */
export const minutesOf = (
  versions: readonly HistoryVersion[],
  { startedAt, endedAt, personIds, hadOutsiders }: MeetingCourse,
  onTheWall: (ms: number) => string,
): readonly MinuteEntry[] => {
  const told = versions
    .filter((version) => {
      const at = onTheWall(version.timeMs);
      const wasShared = !hadOutsiders || version.compartment === jointPlan;
      return (
        wasShared &&
        isTold(version) &&
        at >= startedAt &&
        at <= endedAt &&
        personIds.includes(version.authorId)
      );
    })
    .toSorted((a, b) => a.timeMs - b.timeMs || (a.changeId < b.changeId ? -1 : 1));
  return [...Map.groupBy(told, ({ recordId }) => recordId)].map(([recordId, all]) => {
    const kind = all[0]?.kind ?? '';
    return {
      recordId,
      kind,
      section: sectionOf(kind, all),
      versions: [...new Map(all.map((version) => [version.group, version])).values()],
    };
  });
};
