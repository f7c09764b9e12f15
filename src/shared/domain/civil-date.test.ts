import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  ageOn,
  civilDateProblem,
  civilDateSchema,
  finnishDate,
  finnishDayEnd,
  finnishDayStart,
} from './civil-date.ts';

describe('civil dates', () => {
  test.each(['2028-02-29', '2000-02-29', '1850-01-01', '2199-12-31', '2026-11-30'])(
    '%s is one',
    (text) => {
      expect(civilDateProblem(text)).toBeNull();
      expect(civilDateSchema.safeParse(text).success).toBe(true);
    },
  );

  test.each([
    ['2027-02-29', 'no-such-day'],
    ['1900-02-29', 'no-such-day'],
    ['2026-11-31', 'no-such-day'],
    ['2026-00-10', 'no-such-day'],
    ['2026-13-01', 'no-such-day'],
    ['2026-01-00', 'no-such-day'],
    ['9999-12-31', 'year-out-of-range'],
    ['0000-01-01', 'year-out-of-range'],
    ['1849-12-31', 'year-out-of-range'],
    ['', 'not-a-date'],
    ['29.2.2028', 'not-a-date'],
    ['2028-2-29', 'not-a-date'],
    ['2028-02-29T00:00', 'not-a-date'],
    ['2028-02-29\n', 'not-a-date'],
    ['+012028-02-29', 'not-a-date'],
    ['２０２８-０２-２９', 'not-a-date'],
  ])('%j is not: %s', (text, problem) => {
    expect(civilDateProblem(text)).toBe(problem);
    expect(civilDateSchema.safeParse(text).error?.issues[0]?.message).toBe(problem);
  });

  test('every day of the calendar is one, and no other combination', () => {
    const part = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(fc.integer({ min: 1850, max: 2199 }), part(14), part(33), (year, month, day) => {
        const text = `${year}-${`${month}`.padStart(2, '0')}-${`${day}`.padStart(2, '0')}`;
        const moment = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
        expect(civilDateProblem(text) === null).toBe(exists);
      }),
    );
  });
});

describe('age', () => {
  test.each([
    ['1950-05-13', '2026-05-12', 75],
    ['1950-05-13', '2026-05-13', 76],
    ['2004-02-29', '2022-02-28', 17],
    ['2004-02-29', '2022-03-01', 18],
    ['2004-02-29', '2024-02-29', 20],
    ['2026-11-23', '2026-11-23', 0],
  ])('someone born on %s is on %s %i years old', (birth, day, years) => {
    expect(ageOn(birth, day)).toBe(years);
  });
});

describe('the day in Finland', () => {
  test.each([
    ['2026-11-25', '2026-11-24T22:00:00.000Z'],
    ['2026-07-01', '2026-06-30T21:00:00.000Z'],
    // Both nights on which the clocks are moved.
    ['2026-03-29', '2026-03-28T22:00:00.000Z'],
    ['2026-03-30', '2026-03-29T21:00:00.000Z'],
    ['2026-10-25', '2026-10-24T21:00:00.000Z'],
    ['2026-10-26', '2026-10-25T22:00:00.000Z'],
  ])('%s begins at %s', (day, start) => {
    expect(new Date(finnishDayStart(day)).toISOString()).toBe(start);
  });

  test('every day begins at its own first moment and ends where the next begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 220 }), (days) => {
        const day = addDays('1970-01-01', days);
        expect(finnishDate(finnishDayStart(day))).toBe(day);
        expect(finnishDate(finnishDayStart(day) - 1)).toBe(addDays(day, -1));
        expect(finnishDayEnd(day)).toBe(finnishDayStart(addDays(day, 1)));
      }),
    );
  });
});
