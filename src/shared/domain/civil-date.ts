import { z } from 'zod';

/** A calendar day as `YYYY-MM-DD`: no clock, no time zone. */
export type CivilDate = string;

const earliestYear = 1850;
const latestYear = 2199;

const daysIn = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Why a text is no date a plan can hold, or null when it is one. */
export const civilDateProblem = (
  text: string,
): 'not-a-date' | 'no-such-day' | 'year-out-of-range' | null => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (!parts) return 'not-a-date';
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return 'no-such-day';
  if (year < earliestYear || year > latestYear) return 'year-out-of-range';
  return null;
};

export const civilDateSchema = z.string().superRefine((text, context) => {
  const problem = civilDateProblem(text);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

/** A moment on the wall clock in Finland, as `YYYY-MM-DDTHH:MM`. */
export const wallClockText = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/u);

/** Whole years from birth to the given day; someone born on 29 February turns a year older on 1 March. */
export const ageOn = (birth: CivilDate, day: CivilDate): number => {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
};

const finnishDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Helsinki',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day in Finland at a moment, whatever time zone the computer is set to: rights follow it. */
export const finnishDate = (nowMs: number): CivilDate => finnishDay.format(nowMs);

const finnishClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Helsinki',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const hourMs = 3_600_000;
const dayStarts = new Map<CivilDate, number>();

/** When the day begins in Finland: milliseconds since 1970, UTC, in summer time and out of it. */
export const finnishDayStart = (date: CivilDate): number => {
  const known = dayStarts.get(date);
  if (known !== undefined) return known;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const start =
    [3, 2]
      .map((hours) => midnight - hours * hourMs)
      .find((ms) => finnishDate(ms) === date && finnishClock.format(ms) === '00:00') ??
    midnight - 2 * hourMs;
  if (dayStarts.size > 10_000) dayStarts.clear();
  dayStarts.set(date, start);
  return start;
};

export const addDays = (date: CivilDate, days: number): CivilDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * hourMs).toISOString().slice(0, 10);

/** When a day that is still included is over in Finland: the beginning of the next one. */
export const finnishDayEnd = (date: CivilDate): number => finnishDayStart(addDays(date, 1));
