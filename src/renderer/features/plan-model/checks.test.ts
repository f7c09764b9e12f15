import { describe, expect, test } from 'vitest';
import type { RecordView } from '#shared/contract/views.ts';
import { idOf, record, removed, viewOf } from '../../../../tests/window/records.ts';
import { checksOf } from './checks.ts';
import { elementStates } from './element-state.ts';
import { nextDates } from './next-dates.ts';
import { partGaps } from './part-gaps.ts';
import { planTree } from './plan-tree.ts';

const today = '2026-11-26';
const course = { track: 'older-people', status: 'active' };

const followed = (nextOn: string | null) => ({
  text: '',
  how: '',
  personId: null,
  profession: null,
  nextOn,
});
const diagnosis = (n: number, name: string, nextOn: string | null, state = 'active') =>
  record(n, 'diagnosis', {
    diagnosis: { name, code: '', since: null },
    'follow-up': followed(nextOn),
    state: { state, date: null },
  });
const medication = (n: number, name: string, nextOn: string | null, state = 'in-use') =>
  record(n, 'medication', {
    medicine: { name, purpose: '', use: '' },
    'follow-up': { followed: ['effect'], ...followed(nextOn) },
    state: { state, date: null, reason: '' },
  });

const lackIn = (...records: readonly RecordView[]) => {
  const view = viewOf(record(1, 'plan', { course }), ...records);
  const tree = planTree(view);
  return partGaps(view, tree, elementStates(view, tree), today).flatMap(({ gap, row }) =>
    row === undefined ? [] : [`${row.name}: ${gap}`],
  );
};

describe('what is followed', () => {
  test('lacks a day of the next look, or the day has passed; what is over lacks nothing', () => {
    expect(
      lackIn(
        diagnosis(10, 'Verenpainetauti', null),
        diagnosis(11, 'Murtuma', null, 'over'),
        diagnosis(12, 'Diabetes', today),
        medication(20, 'Verenpainelääke', '2026-11-25'),
        medication(21, 'Antibiootti', '2026-11-01', 'ended'),
        medication(22, 'Unilääke', null, 'on-hold'),
      ),
    ).toEqual(['Verenpainetauti: check', 'Verenpainelääke: check-past', 'Unilääke: check']);
  });

  test('a row with its name alone, as it is right after it was added, lacks its day', () => {
    const bare = record(10, 'diagnosis', {
      diagnosis: { name: '<script>مرحبا 👵'.padEnd(200, 'x'), code: 'I10', since: null },
    });
    expect(lackIn(bare)).toHaveLength(1);
    expect(lackIn(record(11, 'diagnosis', {}))).toEqual([]);
  });

  test('what was removed, and a plan that has ended, ask for nothing', () => {
    expect(lackIn({ ...diagnosis(10, 'Verenpainetauti', null), ...removed() })).toEqual([]);
    const view = viewOf(
      record(1, 'plan', { course: { ...course, status: 'ended' } }),
      diagnosis(10, 'Verenpainetauti', null),
    );
    const tree = planTree(view);
    expect(partGaps(view, tree, elementStates(view, tree), today)).toEqual([]);
  });

  test('next looks are among the plan’s days, the nearest first', () => {
    const view = viewOf(
      record(1, 'plan', { review: { date: '2026-12-08' } }),
      medication(20, 'Verenpainelääke', '2026-12-10'),
      diagnosis(10, 'Verenpainetauti', '2026-11-20'),
      diagnosis(11, 'Murtuma', '2026-11-20', 'over'),
    );
    const dates = nextDates(planTree(view), checksOf(view), today);
    expect(dates.map(({ date, what, check, isPast }) => [date, what, check?.name, isPast])).toEqual(
      [
        ['2026-11-20', 'check', 'Verenpainetauti', true],
        ['2026-12-08', 'review', undefined, false],
        ['2026-12-10', 'check', 'Verenpainelääke', false],
      ],
    );
  });

  test('a thousand rows are all told, in the order of their writing', () => {
    const rows = Array.from({ length: 1000 }, (_, n) => diagnosis(1999 - n, `Rivi ${n}`, null));
    const checks = checksOf(viewOf(...rows));
    expect(checks).toHaveLength(1000);
    expect(checks[0]?.record.id).toBe(idOf(1000));
  });
});

describe('the chapter of diagnoses and medication', () => {
  const idsOf = (registers: readonly 'patient'[], ...records: readonly RecordView[]) => {
    const view = viewOf(...records);
    return elementStates(view, planTree(view), registers)
      .filter(({ element }) => element.register === 'patient')
      .map(({ element }) => element.id);
  };

  test('is not hinted at to those who see none of it and may begin none', () => {
    expect(idsOf([])).toEqual([]);
  });

  test('is there for those who may begin it, and where something of it is seen', () => {
    expect(idsOf(['patient'])).toEqual(['diagnosis', 'medication', 'health-risk']);
    expect(idsOf([], medication(20, 'Verenpainelääke', null))).toEqual(['medication']);
  });
});
