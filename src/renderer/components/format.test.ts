import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  civilDateOf,
  formatClock,
  formatDate,
  formatDateTime,
  formatDuration,
  formatLongDate,
  formatMoment,
  formatNumber,
  formatRelative,
  formatShortDate,
  formatTime,
  formatWeekdayDate,
  languageOf,
} from './format.ts';

const nbsp = '\u00a0';
// 14.52 in Finnish winter time.
const afternoon = Date.UTC(2026, 10, 24, 12, 52);
const minutes = 60_000;
const hours = 60 * minutes;

describe('dates', () => {
  test('are written the Finnish way, without leading zeros', () => {
    expect(formatDate('2026-11-24')).toBe('24.11.2026');
    expect(formatDate('2027-03-01')).toBe('1.3.2027');
    expect(formatDate('2028-02-29')).toBe('29.2.2028');
    expect(formatDate('9999-12-31')).toBe('31.12.9999');
  });

  test('that are none come back as they were', () => {
    for (const text of ['', 'eilen', '2026-1-1', '24.11.2026']) expect(formatDate(text)).toBe(text);
  });

  test('leave out the year of today only', () => {
    expect(formatShortDate('2026-11-27', '2026-11-24')).toBe('27.11.');
    expect(formatShortDate('2027-01-31', '2026-11-24')).toBe('31.1.2027');
  });

  test('name the weekday in each language', () => {
    expect(formatWeekdayDate('2026-11-24', '2026-11-24', 'fi')).toBe(`ti${nbsp}24.11.`);
    expect(formatWeekdayDate('2026-11-24', '2026-11-24', 'sv')).toBe(`tis${nbsp}24.11.`);
    expect(formatWeekdayDate('2026-11-24', '2026-11-24', 'en')).toBe(`Tue${nbsp}24.11.`);
  });

  test('are read out in full', () => {
    expect(formatLongDate('2026-11-24', 'fi')).toBe('tiistai 24. marraskuuta 2026');
    expect(formatLongDate('2026-11-24', 'sv')).toBe('tisdag 24 november 2026');
    expect(formatLongDate('2026-11-24', 'en')).toMatch(/^Tuesday,? 24 November 2026$/u);
  });

  test('of an instant are the day in Finland, whatever the day in Greenwich', () => {
    expect(civilDateOf(Date.UTC(2026, 10, 24, 22, 30))).toBe('2026-11-25');
    expect(civilDateOf(Date.UTC(2026, 5, 24, 20, 59))).toBe('2026-06-24');
    expect(civilDateOf(Date.UTC(2026, 5, 24, 21, 0))).toBe('2026-06-25');
  });
});

describe('times', () => {
  test('carry the word of their language', () => {
    expect(formatTime(afternoon, 'fi')).toBe(`klo${nbsp}14.52`);
    expect(formatTime(afternoon, 'sv')).toBe(`kl.${nbsp}14.52`);
    expect(formatTime(afternoon, 'en')).toBe('14:52');
  });

  test('of the small hours', () => {
    const night = Date.UTC(2026, 10, 23, 22, 5);
    expect(formatClock(night, 'fi')).toBe('0.05');
    expect(formatClock(night, 'sv')).toBe('0.05');
    expect(formatClock(night, 'en')).toBe('00:05');
  });

  test('stand after the date when it is not today', () => {
    expect(formatDateTime(afternoon, 'fi')).toBe(`24.11.2026 klo${nbsp}14.52`);
    expect(formatMoment(afternoon, afternoon + 5 * minutes, 'fi')).toBe(`klo${nbsp}14.52`);
    expect(formatMoment(afternoon, afternoon + 24 * hours, 'fi')).toBe(`24.11. klo${nbsp}14.52`);
  });
});

describe('numbers', () => {
  test('are grouped by a no-break space and take a comma', () => {
    expect(formatNumber(1240, 'fi')).toBe(`1${nbsp}240`);
    expect(formatNumber(1_234_567.5, 'sv')).toBe(`1${nbsp}234${nbsp}567,5`);
    expect(formatNumber(1_234_567.5, 'en')).toBe('1,234,567.5');
    expect(formatNumber(52.4, 'fi')).toBe('52,4');
    expect(formatNumber(54, 'fi', { decimals: 1 })).toBe('54,0');
  });

  test('below nought take the true minus sign', () => {
    expect(formatNumber(-3.1, 'fi')).toBe('\u22123,1');
    expect(formatNumber(1, 'fi', { signed: true })).toBe('+1');
    expect(formatNumber(0, 'fi', { signed: true })).toBe('0');
    expect(formatNumber(-0.04, 'fi', { decimals: 1 })).toBe('0,0');
  });

  test('that are none are a dash', () => {
    expect(formatNumber(Number.NaN, 'fi')).toBe('–');
    expect(formatNumber(Number.POSITIVE_INFINITY, 'en')).toBe('–');
  });

  test('read back as they were written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (value) => {
        const text = formatNumber(value, 'fi');
        expect(Number(text.replaceAll(nbsp, '').replace('\u2212', '-'))).toBe(value);
      }),
    );
  });
});

describe('distances in time', () => {
  test('are told by their largest unit', () => {
    expect(formatRelative(afternoon - 3 * minutes, afternoon, 'fi')).toBe('3 min sitten');
    expect(formatRelative(afternoon - 20_000, afternoon, 'fi')).toBe('nyt');
    expect(formatRelative(afternoon - 24 * hours, afternoon, 'fi')).toBe('eilen');
    // 41 hours ago is before yesterday began.
    expect(formatRelative(afternoon - 41 * hours, afternoon, 'fi')).toBe('toissa päivänä');
    expect(formatRelative(afternoon + 2 * hours, afternoon, 'fi')).toBe('2 t päästä');
    expect(formatRelative(afternoon - 3 * minutes, afternoon, 'sv')).toBe('för 3 min sen');
    expect(formatRelative(afternoon - 3 * minutes, afternoon, 'en')).toBe('3 min ago');
  });
});

describe('spans of time', () => {
  test('are rounded up to their largest unit, seconds in tens', () => {
    const told = (ms: number) => formatDuration(ms, 'fi').replace(/\s/gu, ' ');
    expect([0, 4_000, 11_000, 95_000, 3_600_000, 3_700_000].map(told)).toEqual([
      '10 s',
      '10 s',
      '20 s',
      '2 min',
      '1 t',
      '2 t',
    ]);
  });
});

test('a locale tag names one of the three languages', () => {
  expect(languageOf('sv-FI')).toBe('sv');
  expect(languageOf('en-US')).toBe('en');
  expect(languageOf('fi')).toBe('fi');
  expect(languageOf('et')).toBe('fi');
});
