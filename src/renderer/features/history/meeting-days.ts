import type { ClientView } from '#shared/contract/views.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import { standingOf, valueOf } from '#renderer/store/reading.ts';

/** A day on which the plan was made or reviewed in a meeting, and what for. */
export type MeetingDay = { readonly date: CivilDate; readonly about: readonly string[] };

/** The days of the plan's meetings up to today, the newest first; several meetings of a day are one. */
export const meetingDays = (view: ClientView, today: CivilDate): readonly MeetingDay[] => {
  const held = standingOf(view, 'plan-meeting').flatMap((record) => {
    const meeting = valueOf(record, 'plan-meeting', 'meeting');
    const date = meeting?.date ?? null;
    return meeting === null || date === null || date > today
      ? []
      : [{ date, about: meeting.about.trim() }];
  });
  return [...Map.groupBy(held, ({ date }) => date)]
    .map(([date, meetings]) => ({
      date,
      about: meetings.flatMap(({ about }) => (about === '' ? [] : [about])),
    }))
    .toSorted((a, b) => (a.date < b.date ? 1 : -1));
};
