import type { CivilDate } from '../civil-date.ts';

/** Words that name days of the week in the three languages, from Monday; a word begins with its stem. */
const stems: readonly (readonly string[])[] = [
  ['maanantai', 'måndag', 'monday'],
  ['tiistai', 'tisdag', 'tuesday'],
  ['keskiviik', 'onsdag', 'wednesday'],
  ['torstai', 'torsdag', 'thursday'],
  ['perjantai', 'fredag', 'friday'],
  ['lauantai', 'lördag', 'saturday'],
  ['sunnuntai', 'söndag', 'sunday'],
];
const weekdays = ['arkipäiv', 'arkisin', 'vardag', 'weekday'];
const weekend = ['viikonlop', 'helg', 'weekend'];

/** A span of days, or any but some, is beyond this reading. */
const beyond = /\b(?:från|from|to|till|paitsi|utom|except|ei|inte|not)\b|[–-]|(?:tai|viiko)sta/u;

/** Days of the week from Monday, 0, to Sunday, 6. */
const weekdayOf = (date: CivilDate): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;

/**
 * The days of the week that a rhythm written in plain words names, from Monday, 0; null when it names none,
 * or says more than single days. "torstaisin" → 3; "joka ilta" → null.
 */
export const weekdaysNamed = (frequency: string): ReadonlySet<number> | null => {
  const text = frequency.normalize('NFC').toLocaleLowerCase('fi');
  if (beyond.test(text)) return null;
  const words = text.split(/[^\p{L}]+/u);
  const names = (some: readonly string[]): boolean =>
    words.some((word) => some.some((stem) => word.startsWith(stem)));
  const days = new Set(stems.flatMap((some, day) => (names(some) ? [day] : [])));
  if (names(weekdays)) for (const day of [0, 1, 2, 3, 4]) days.add(day);
  if (names(weekend)) for (const day of [5, 6]) days.add(day);
  return days.size === 0 ? null : days;
};

/** Whether what is done in this rhythm may be due on the day: unless its words name other days alone. */
export const mayFallOn = (frequency: string, date: CivilDate): boolean =>
  weekdaysNamed(frequency)?.has(weekdayOf(date)) ?? true;

/** Whether the day lies in the span; both days are included, and a missing one leaves it open. */
export const runsOn = (
  { start, end }: { readonly start: CivilDate | null; readonly end: CivilDate | null },
  date: CivilDate,
): boolean => (start === null || start <= date) && (end === null || date <= end);
