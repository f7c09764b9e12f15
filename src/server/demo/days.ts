import type { CivilDate } from '#shared/domain/civil-date.ts';

/** Days since 1 January 1970: what the generator counts with. */
export type DayNumber = number;

const dayMs = 86_400_000;

export const dayNumber = (date: CivilDate): DayNumber =>
  Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs);

export const civilDate = (day: DayNumber): CivilDate =>
  new Date(day * dayMs).toISOString().slice(0, 10);

/** The day `years` before: 29 February falls back to the 28th. */
export const yearsBefore = (date: CivilDate, years: number): DayNumber => {
  const year = String(Number(date.slice(0, 4)) - years).padStart(4, '0');
  return dayNumber(`${year}${date.slice(4) === '-02-29' ? '-02-28' : date.slice(4)}`);
};

/** The Friday before, for a day of a weekend: offices are closed then. */
export const workingDay = (day: DayNumber): DayNumber => {
  // 1 January 1970 was a Thursday.
  const weekday = (day + 4) % 7;
  if (weekday === 0) return day - 2;
  return weekday === 6 ? day - 1 : day;
};

/** A moment of a Finnish working day: minutes count from midnight in winter time (UTC+2). */
export const momentMs = (day: DayNumber, minutes: number): number =>
  day * dayMs + (minutes - 120) * 60_000;

/** The wall-clock text that notes carry. */
export const wallClock = (day: DayNumber, minutes: number): string => {
  const hours = Math.floor(minutes / 60);
  return `${civilDate(day)}T${twoDigits(hours)}:${twoDigits(minutes % 60)}`;
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');
