import { civilDate, workingDay, type DayNumber } from './days.ts';
import type { MembershipDraft, ReaderDraft } from './draft.ts';

/** How many of the first invented clients have a plan that somebody has acknowledged. */
const clientsRead = 12;

/**
 * Who of an invented client's team has acknowledged the plan: one some weeks ago, one after yesterday's work.
 * By the client's number and not by chance, so that nothing else of the region alters.
 */
export const inventReaders = (
  index: number,
  memberships: readonly MembershipDraft[],
  today: DayNumber,
): readonly ReaderDraft[] => {
  if (index >= clientsRead) return [];
  const weeksAgo = workingDay(today - 14);
  const [first, ...others] = memberships.filter(
    ({ role, validFrom, validTo }) =>
      role !== 'external' && validFrom <= civilDate(weeksAgo) && validTo === null,
  );
  const second = others[index % Math.max(others.length, 1)];
  return [
    ...(first ? [{ reader: first.member, day: weeksAgo, minutes: 9 * 60 }] : []),
    ...(second ? [{ reader: second.member, day: today - 1, minutes: 15 * 60 + 40 }] : []),
  ];
};
