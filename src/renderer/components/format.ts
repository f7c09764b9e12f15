/**
 * Dates, times and numbers the way each language writes them. Pure: the language and the present
 * moment are given, nothing is read from the machine. Civil dates are `YYYY-MM-DD`, instants are
 * milliseconds since 1970 (UTC) or a `Date`; clock times are shown in Finnish time wherever the
 * computer stands, since deadlines and visits are.
 */
export type Language = 'fi' | 'sv' | 'en';

export type Instant = number | Date;

const timeZone = 'Europe/Helsinki';
/** Names for the formatters: British order and a 24-hour clock for English. */
const locales: Readonly<Record<Language, string>> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

const minus = '\u2212';
const noBreakSpace = '\u00a0';

/** The language a locale tag such as `sv-FI` asks for; Finnish when it is none of ours. */
export const languageOf = (tag: string): Language => {
  const language = tag.slice(0, 2).toLowerCase();
  return language === 'sv' || language === 'en' ? language : 'fi';
};

type DateParts = { readonly year: number; readonly month: number; readonly day: number };

const civilParts = (date: string): DateParts | undefined => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(date);
  if (!match) return undefined;
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
};

/** Noon UTC of a civil day, so that no time zone moves it to another. */
const noonOf = ({ year, month, day }: DateParts): Date => {
  const date = new Date(Date.UTC(2000, month - 1, day, 12));
  date.setUTCFullYear(year, month - 1, day);
  return date;
};

const memoize = <T>(make: (language: Language) => T): ((language: Language) => T) => {
  const made = new Map<Language, T>();
  return (language) => {
    const present = made.get(language);
    if (present !== undefined) return present;
    const fresh = make(language);
    made.set(language, fresh);
    return fresh;
  };
};

const clockFormat = memoize(
  (language) =>
    new Intl.DateTimeFormat(locales[language], {
      timeZone,
      hour: language === 'en' ? '2-digit' : 'numeric',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
);
const weekdayFormat = memoize(
  (language) => new Intl.DateTimeFormat(locales[language], { weekday: 'short', timeZone: 'UTC' }),
);
const longDateFormat = memoize(
  (language) =>
    new Intl.DateTimeFormat(locales[language], {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    }),
);
const shortRelativeFormat = memoize(
  (language) => new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto', style: 'short' }),
);
/** Short forms of days and more are no words in Finnish (`toissap.`). */
const longRelativeFormat = memoize(
  (language) => new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto', style: 'long' }),
);
const helsinkiDay = new Intl.DateTimeFormat('en-CA', {
  timeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The civil day of an instant in Finland, `YYYY-MM-DD`. */
export const civilDateOf = (instant: Instant): string => {
  const parts = helsinkiDay.formatToParts(instant);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
};

/**
 * `24.11.2026` in all three languages: the Finnish way is the county's own, and one date never
 * reads as another. A text that is no civil date comes back as it was.
 */
export const formatDate = (date: string): string => {
  const parts = civilParts(date);
  return parts ? `${parts.day}.${parts.month}.${parts.year}` : date;
};

/** `24.11.`, or with the year when it is not the year of `today`. */
export const formatShortDate = (date: string, today: string): string => {
  const parts = civilParts(date);
  if (!parts) return date;
  return date.slice(0, 4) === today.slice(0, 4)
    ? `${parts.day}.${parts.month}.`
    : `${parts.day}.${parts.month}.${parts.year}`;
};

/** `ti 24.11.` */
export const formatWeekdayDate = (date: string, today: string, language: Language): string => {
  const parts = civilParts(date);
  if (!parts) return date;
  const weekday = weekdayFormat(language).format(noonOf(parts)).replace(/\.$/u, '');
  return `${weekday}${noBreakSpace}${formatShortDate(date, today)}`;
};

/** `tiistai 24. marraskuuta 2026`, for headings and screen readers. */
export const formatLongDate = (date: string, language: Language): string => {
  const parts = civilParts(date);
  if (!parts) return date;
  const text = longDateFormat(language).format(noonOf(parts));
  return language === 'fi' ? text.replace(/^(\p{L}+)na /u, '$1 ') : text;
};

/** The clock alone: `14.52` in Finnish and Swedish, `14:52` in English. */
export const formatClock = (instant: Instant, language: Language): string => {
  const parts = clockFormat(language).formatToParts(instant);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('hour')}${language === 'en' ? ':' : '.'}${part('minute')}`;
};

/** `YYYY-MM-DDTHH:MM` of an instant on the wall clock in Finland, as records hold it. */
export const wallClockOf = (instant: Instant): string =>
  `${civilDateOf(instant)}T${formatClock(instant, 'en')}`;

/** `klo 14.52`, `kl. 14.52`, `14:52` */
export const formatTime = (instant: Instant, language: Language): string => {
  const clock = formatClock(instant, language);
  if (language === 'en') return clock;
  return `${language === 'fi' ? 'klo' : 'kl.'}${noBreakSpace}${clock}`;
};

/** `24.11.2026 klo 14.52` */
export const formatDateTime = (instant: Instant, language: Language): string =>
  `${formatDate(civilDateOf(instant))} ${formatTime(instant, language)}`;

/** Today only the time, this year the day without the year: `klo 14.52`, `23.11. klo 14.52`. */
export const formatMoment = (instant: Instant, now: Instant, language: Language): string => {
  const [day, today] = [civilDateOf(instant), civilDateOf(now)];
  const time = formatTime(instant, language);
  return day === today ? time : `${formatShortDate(day, today)} ${time}`;
};

export type NumberShape = {
  /** Exactly so many decimals; by default as many as the number has, at most three. */
  readonly decimals?: number;
  /** Write a plus sign too, as on a scale from −2 to +2. */
  readonly signed?: boolean;
};

/**
 * `1 240`, `52,4`, `−2`: groups of three by a no-break space (by a comma in English), a decimal
 * comma (a point in English), the true minus sign. What is no number is a dash.
 */
export const formatNumber = (
  value: number,
  language: Language,
  { decimals, signed = false }: NumberShape = {},
): string => {
  if (!Number.isFinite(value)) return '–';
  const text = new Intl.NumberFormat('en-GB', {
    minimumFractionDigits: decimals ?? 0,
    maximumFractionDigits: decimals ?? 3,
    useGrouping: false,
    signDisplay: 'never',
  }).format(value);
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/gu, language === 'en' ? ',' : noBreakSpace);
  const mark = language === 'en' ? '.' : ',';
  const digits = fraction === undefined ? grouped : `${grouped}${mark}${fraction}`;
  // What rounds to nothing has no sign.
  if (!/[1-9]/u.test(text)) return digits;
  if (value < 0) return `${minus}${digits}`;
  return signed ? `+${digits}` : digits;
};

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

const daysBetween = (from: Instant, to: Instant): number =>
  Math.round((Date.parse(civilDateOf(to)) - Date.parse(civilDateOf(from))) / 86_400_000);

/** `3 min sitten`, `eilen`, `2 t päästä`; less than a minute either way is `nyt`. */
export const formatRelative = (instant: Instant, now: Instant, language: Language): string => {
  const distance = Number(instant) - Number(now);
  const size = Math.abs(distance);
  const step = steps.find(([, length]) => size >= length);
  if (!step) return shortRelativeFormat(language).format(0, 'second');
  const [unit, length] = step;
  if (unit === 'hour' || unit === 'minute') {
    return shortRelativeFormat(language).format(Math.trunc(distance / length), unit);
  }
  // Yesterday is the day before today, not the 24 hours before now.
  const count = unit === 'day' ? daysBetween(now, instant) : Math.trunc(distance / length);
  return longRelativeFormat(language).format(count, unit);
};

const durationSteps = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** `20 s`, `3 min`, `1 t`: a span of time rounded up to its largest unit, seconds in tens. */
export const formatDuration = (ms: number, language: Language): string => {
  const tens = Math.max(10_000, Math.ceil(ms / 10_000) * 10_000);
  const [unit, length] = durationSteps.find(([, size]) => tens >= size) ?? ['second', 1_000];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(
    Math.ceil(tens / length),
  );
};

/** `somali` for `so`: a language by its ISO 639 code, in the words of the window's own language. */
export const languageName = (code: string, language: Language): string => {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code;
  } catch {
    // Not a code at all: told as it was written.
    return code;
  }
};
