import { describe, expect, test } from 'vitest';
import type { HistoryVersion } from '#shared/contract/history-calls.ts';
import { byDay, isWrittenElsewhen } from './by-day.ts';
import { idOf, record, removed, viewOf } from '../../../../tests/window/records.ts';
import { changedFields } from './changed-fields.ts';
import { meetingDays } from './meeting-days.ts';

const at = (text: string): number => Date.parse(text);
const version = (changeId: string, receivedMs: number | null): HistoryVersion =>
  ({ changeId, receivedMs, timeMs: receivedMs ?? 0 }) as HistoryVersion;

describe('the days of a history', () => {
  test('are days in Finland, the waiting ones first', () => {
    const days = byDay([
      version('waits', null),
      version('late', at('2026-11-02T22:30:00Z')),
      version('evening', at('2026-11-02T21:30:00Z')),
      version('morning', at('2026-11-02T06:00:00Z')),
    ]);
    expect(
      days.map(({ date, versions }) => [date, versions.map(({ changeId }) => changeId)]),
    ).toEqual([
      [null, ['waits']],
      ['2026-11-03', ['late']],
      ['2026-11-02', ['evening', 'morning']],
    ]);
  });

  test('tell when something was written only where that says something', () => {
    const receivedMs = at('2026-11-02T12:00:00Z');
    expect(isWrittenElsewhen({ timeMs: receivedMs - 60_000, receivedMs })).toBe(false);
    expect(isWrittenElsewhen({ timeMs: receivedMs - 7_200_000, receivedMs })).toBe(true);
    expect(isWrittenElsewhen({ timeMs: receivedMs + 7_200_000, receivedMs })).toBe(true);
    expect(isWrittenElsewhen({ timeMs: receivedMs, receivedMs: null })).toBe(true);
  });
});

describe('what a version changed', () => {
  const specs = [{ label: 'title' }, { label: 'reason' }];
  const textOf = ({ label }: { readonly label: string }, value: Readonly<Record<string, string>>) =>
    value[label] ?? '';

  test('is told field by field, what stayed is left out', () => {
    const [before, after] = [
      { title: 'Kävely', reason: 'a' },
      { title: 'Kävely ulkona', reason: 'a' },
    ];
    expect(changedFields(specs, before, after, textOf)).toEqual([
      { label: 'title', before: 'Kävely', after: 'Kävely ulkona' },
    ]);
    expect(changedFields(specs, before, { title: 'Kävely' }, textOf)).toEqual([
      { label: 'reason', before: 'a', after: '' },
    ]);
  });

  test('of the first version is what it says', () => {
    expect(changedFields(specs, null, { title: 'Kävely' }, textOf)).toEqual([
      { label: 'title', before: null, after: 'Kävely' },
    ]);
  });
});

describe('the days of the plan’s meetings', () => {
  const meeting = (n: number, date: string | null, about: string, part = {}) =>
    record(
      n,
      'plan-meeting',
      {
        meeting: {
          date,
          way: 'remote',
          place: '',
          about,
          personIds: [idOf(900)],
          participants: '',
        },
      },
      part,
    );

  test('are each once, the newest first, without those to come, removed or of no day', () => {
    const view = viewOf(
      meeting(1, '2026-10-01', 'Laadinta'),
      meeting(2, '2026-11-24', ' '),
      meeting(3, '2026-11-24', 'Kotiutus'),
      meeting(4, '2026-12-01', 'Tarkistus'),
      meeting(5, null, 'Avoin'),
      meeting(6, '2026-11-01', 'Turha', removed()),
    );
    expect(meetingDays(view, '2026-11-27')).toEqual([
      { date: '2026-11-24', about: ['Kotiutus'] },
      { date: '2026-10-01', about: ['Laadinta'] },
    ]);
    expect(meetingDays(viewOf(), '2026-11-27')).toEqual([]);
  });
});
