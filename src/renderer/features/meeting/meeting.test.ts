import { describe, expect, test } from 'vitest';
import type { HistoryVersion } from '#shared/contract/history-calls.ts';
import { recordKinds } from '#shared/domain/records/kinds.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { wallClockOf } from '#renderer/components/format.ts';
import { minutesOf } from './minutes.ts';
import {
  askAgain,
  begin,
  endEdits,
  freshMeeting,
  meetingIn,
  participantLines,
  presentCount,
} from './open-meeting.ts';
import { minutesAsText } from './use-minutes.ts';

const idOf = (no: number): string => `01900000-0000-7000-8000-${String(no).padStart(12, '0')}`;
const kaisa = idOf(1);
const ville = idOf(2);
const atMs = Date.parse('2026-11-27T11:00:00Z');

const version = (no: number, given: Partial<HistoryVersion>): HistoryVersion => ({
  changeId: idOf(100 + no),
  recordId: idOf(no),
  kind: 'action',
  compartment: 'joint/plan',
  group: 'content',
  value: { title: 'Saunotus' },
  authorId: kaisa,
  profession: 'social-worker',
  timeMs: atMs,
  receivedMs: null,
  seq: null,
  replaced: [],
  ...given,
});

const course = {
  startedAt: '2026-11-27T13:00',
  endedAt: '2026-11-27T14:00',
  personIds: [kaisa, ville],
  hadOutsiders: false,
};

describe('the minutes', () => {
  test('tell what those present wrote from the beginning to the end, both minutes included', () => {
    const hour = 3_600_000;
    const told = minutesOf(
      [
        version(10, { timeMs: atMs - 1 }),
        version(11, { timeMs: atMs }),
        version(12, { timeMs: atMs + hour + 59_999 }),
        version(13, { timeMs: atMs + hour + 60_000 }),
        version(14, { authorId: idOf(3) }),
      ],
      course,
      wallClockOf,
    );
    expect(told.map(({ recordId }) => recordId)).toEqual([idOf(11), idOf(12)]);
  });

  test('set ratings, new tasks and dissenting views apart, and leave out notes and places in lists', () => {
    const replaced = [{ changeId: idOf(99), value: {} }];
    const told = minutesOf(
      [
        version(10, { kind: 'rating', group: 'rating' }),
        version(11, {}),
        version(12, { replaced }),
        version(13, { kind: 'dissenting-view', group: 'view' }),
        version(14, { kind: 'note', group: 'entry' }),
        version(15, { group: 'order' }),
        version(16, { kind: 'plan-meeting', group: 'meeting' }),
        version(17, { kind: 'request', group: 'question' }),
        version(18, { kind: 'permission', group: 'scope' }),
      ],
      course,
      wallClockOf,
    );
    expect(told.map(({ section }) => section)).toEqual(['ratings', 'tasks', 'other', 'views']);
  });

  test('tell an outsider nothing of what was written in other parts than the joint plan', () => {
    const both = [version(10, {}), version(11, { compartment: 'patient/outpatient' })];
    const told = (hadOutsiders: boolean) =>
      minutesOf(both, { ...course, hadOutsiders }, wallClockOf).map(({ recordId }) => recordId);
    expect(told(true)).toEqual([idOf(10)]);
    expect(told(false)).toEqual([idOf(10), idOf(11)]);
  });

  test('keep the last version of a group alone, and every group of a record together', () => {
    const told = minutesOf(
      [
        version(10, { changeId: idOf(3), value: { title: 'Uusi' }, timeMs: atMs + 2 }),
        version(10, { changeId: idOf(1) }),
        version(10, { changeId: idOf(2), group: 'responsibility', timeMs: atMs + 1 }),
      ],
      course,
      wallClockOf,
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.versions.map(({ value }) => value)).toEqual([
      { title: 'Uusi' },
      { title: 'Saunotus' },
    ]);
  });

  test('hold 300 needs and 1,000 actions, and none at all', () => {
    const many = Array.from({ length: 1_300 }, (_, no) =>
      version(no, { kind: no < 300 ? 'need' : 'action' }),
    );
    expect(minutesOf(many, course, wallClockOf)).toHaveLength(1_300);
    expect(minutesOf([], course, wallClockOf)).toEqual([]);
  });

  test('are plain text for another program', () => {
    const words = [
      {
        section: 'tasks' as const,
        title: 'Uudet tehtävät',
        lines: [{ recordId: ville, what: 'Keino 1.1.1', says: ['Vastaa: Kaisa'], by: 'Kaisa' }],
      },
    ];
    expect(minutesAsText(['Neuvottelu', ''], words)).toBe(
      'Neuvottelu\n\nUudet tehtävät\n- Keino 1.1.1 (Kaisa)\n  Vastaa: Kaisa',
    );
  });
});

const words = {
  wordOf: (of: string) => `(${of})`,
  leftEarly: (who: string) => `${who} – left`,
};

/** What a draft becomes when its fields are set, read again. */
const after = (draft: JsonObject, set: JsonObject) => {
  const value = { ...draft, ...set };
  return { value, meeting: meetingIn(value) };
};

describe('a meeting that goes on', () => {
  test('keeps in its record whoever left before the end, and once who came back', () => {
    const mother = { key: 'a', of: 'close-person', name: 'Maija', organisation: '' };
    const teacher = { key: 'b', of: 'school', name: '', organisation: 'Koulu' };
    let at = after(freshMeeting([kaisa, ville]), { others: [mother, teacher] });
    at = after(at.value, begin(at.meeting, '2026-11-27T13:00'));
    expect(at.meeting.left).toEqual({ personIds: [], others: [] });
    at = after(at.value, askAgain(at.meeting));
    expect(at.meeting.startedAt).toBe('');
    // A name typed meanwhile makes nobody else of the teacher.
    at = after(at.value, { personIds: [kaisa], others: [{ ...teacher, name: 'Outi' }] });
    at = after(at.value, begin(at.meeting, '2026-11-27T13:30'));
    expect(at.meeting.startedAt).toBe('2026-11-27T13:00');
    expect(at.meeting.left).toEqual({ personIds: [ville], others: [mother] });
    expect(participantLines(at.meeting, words)).toBe(
      'Outi, (school), Koulu\nMaija, (close-person) – left',
    );
    const [held] = endEdits(idOf(9), at.meeting, '2026-11-27T14:00', '');
    expect(held?.value['personIds']).toEqual([kaisa, ville]);
    at = after(at.value, askAgain(at.meeting));
    at = after(at.value, { personIds: [kaisa, ville] });
    at = after(at.value, begin(at.meeting, '2026-11-27T13:45'));
    expect(at.meeting.left).toEqual({ personIds: [], others: [mother] });
  });

  test('is read from its draft, whatever has become of it', () => {
    expect(meetingIn(freshMeeting([kaisa])).personIds).toEqual([kaisa]);
    expect(
      meetingIn({
        startedAt: 5,
        personIds: [kaisa, 7, null],
        others: [{ of: 'school', name: '<script>' }, { of: 'nobody' }, null, 'x'],
        goalId: {},
      }),
    ).toEqual({
      startedAt: '',
      beganAt: '',
      about: '',
      way: '',
      personIds: [kaisa],
      others: [{ key: '', of: 'school', name: '<script>', organisation: '' }],
      goalId: null,
      before: { personIds: [], others: [] },
      left: { personIds: [], others: [] },
    });
    expect(presentCount(meetingIn({}))).toBe(0);
  });

  test('becomes a record that its schema reads, with odd names and long ones', () => {
    const others = [
      { key: 'a', of: 'school' as const, name: 'ليلى 🙂', organisation: 'Koulu' },
      { key: 'b', of: 'kela' as const, name: 'x'.repeat(200), organisation: '' },
      { key: 'c', of: 'client' as const, name: ' ', organisation: '' },
    ];
    const fresh = meetingIn(freshMeeting([kaisa, ville]));
    const participants = participantLines({ ...fresh, others }, words);
    expect(participants.split('\n')).toEqual([
      'ليلى 🙂, (school), Koulu',
      `${'x'.repeat(200)}, (kela)`,
      '(client)',
    ]);
    const meeting = {
      ...fresh,
      startedAt: '2026-11-27T13:00',
      others,
    };
    const [held, went] = endEdits(idOf(9), meeting, '2026-11-27T14:00', participants);
    const { groups } = recordKinds['plan-meeting'];
    expect(groups.meeting.schema.safeParse(held?.value).success).toBe(true);
    expect(groups.course.schema.safeParse(went?.value).success).toBe(true);
  });
});
