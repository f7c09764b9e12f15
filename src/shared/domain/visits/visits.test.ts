import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordKinds } from '../records/kinds.ts';
import { summaryOf, tellsNothing, trendsOf } from './report.ts';
import { mayFallOn, runsOn, weekdaysNamed } from './rhythm.ts';

const id = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

describe('the rhythm of an action', () => {
  test.each([
    ['torstaisin', [3]],
    ['Maanantaisin ja torstaisin', [0, 3]],
    ['keskiviikkoisin klo 9', [2]],
    ['arkisin aamulla', [0, 1, 2, 3, 4]],
    ['viikonloppuisin', [5, 6]],
    ['på måndagar', [0]],
    ['varje helg', [5, 6]],
    ['every Thursday', [3]],
    ['joka ilta', null],
    ['kahden viikon välein', null],
    ['maanantaista perjantaihin', null],
    ['maanantai–perjantai', null],
    ['joka päivä paitsi sunnuntaisin', null],
    ['from Monday to Friday', null],
    ['', null],
    ['<script>alert(1)</script>', null],
    ['😀'.repeat(1_000), null],
  ])('”%s” names %j', (frequency, days) => {
    const named = weekdaysNamed(frequency);
    expect(named === null ? null : [...named].toSorted((a, b) => a - b)).toEqual(days);
  });

  test('what names other days is not for today, anything else may be', () => {
    // 26.11.2026 is a Thursday.
    expect(mayFallOn('torstaisin', '2026-11-26')).toBe(true);
    expect(mayFallOn('maanantaisin', '2026-11-26')).toBe(false);
    expect(mayFallOn('joka ilta', '2026-11-26')).toBe(true);
  });

  test('never fails, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof mayFallOn(text, '2026-11-26')).toBe('boolean');
      }),
    );
  });

  test('both days of a span are included', () => {
    const span = { start: '2026-11-01', end: '2026-11-26' };
    expect(runsOn(span, '2026-11-26')).toBe(true);
    expect(runsOn(span, '2026-11-27')).toBe(false);
    expect(runsOn(span, '2026-10-31')).toBe(false);
    expect(runsOn({ start: null, end: null }, '2026-10-31')).toBe(true);
  });
});

const report = {
  startedAt: '2026-11-26T17:40',
  minutes: 25,
  tasks: [
    { actionId: id(1), result: 'done' as const, reason: '' },
    { actionId: id(2), result: 'not-done' as const, reason: 'Liukasta.' },
  ],
  goals: [{ goalId: id(3), trend: 'better' as const }],
  medication: '',
  observation: '',
  corrects: null,
};
const { schema } = recordKinds.visit.groups.report;

describe('what a visit tells', () => {
  test('what was done, and what was not and why', () => {
    expect(summaryOf(report)).toEqual({ done: 1, notDone: [report.tasks[1]] });
    expect(schema.safeParse(report).success).toBe(true);
  });

  test.each([
    [{ tasks: [{ actionId: id(2), result: 'not-done', reason: '  ' }] }, 'reason-required'],
    [{ minutes: 0 }, ''],
    [{ minutes: 1_441 }, ''],
    [{ startedAt: 'eilen' }, ''],
    [{ goals: [{ goalId: id(3), trend: 'excellent' }] }, ''],
    [{ medication: 'x'.repeat(100_001) }, 'text-too-long'],
    [{ tasks: Array.from({ length: 201 }, () => report.tasks[0]) }, ''],
  ])('%j is refused', (part, code) => {
    const read = schema.safeParse({ ...report, ...part });
    expect(read.success).toBe(false);
    if (code !== '') expect(read.error?.issues[0]?.message).toBe(code);
  });

  test('nothing told is no record', () => {
    const nothing = { tasks: [], goals: [], medication: ' \n', observation: '' };
    expect(tellsNothing(nothing)).toBe(true);
    expect(tellsNothing({ ...nothing, observation: 'Vointi hyvä.' })).toBe(false);
    expect(tellsNothing(report)).toBe(false);
  });

  test('a goal’s direction over the visits, the newest first', () => {
    const earlier = {
      startedAt: '2026-11-20T08:10',
      goals: [{ goalId: id(3), trend: 'same' as const }],
    };
    const trends = trendsOf([earlier, report], id(3));
    expect(trends.map(({ trend }) => trend)).toEqual(['better', 'same']);
    expect(trendsOf([earlier, report], id(9))).toEqual([]);
  });
});
