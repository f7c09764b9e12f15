import { describe, expect, test } from 'vitest';
import type { RecordView } from '#shared/contract/views.ts';
import { strandOrder } from '#renderer/components/professions.ts';
import { idOf, record, removed, viewOf } from '../../../../tests/window/records.ts';
import { braidEvents, type BraidMeeting, type BraidStrand } from './braid-events.ts';
import { braidGeometry, type BraidFrame } from './braid-geometry.ts';

const today = '2026-11-24';
const frame: BraidFrame = { from: '2026-05-24', today, to: '2027-02-24', width: 400, lane: 14 };

const strand = (at: number, part: Partial<BraidStrand> = {}): BraidStrand => ({
  mark: strandOrder[at] ?? 'asiakas',
  from: '2026-01-01',
  to: null,
  personIds: [],
  ...part,
});
const meeting = (date: string, ...at: readonly number[]): BraidMeeting => ({
  id: idOf(1),
  of: 'meeting',
  date,
  marks: at.map((index) => strandOrder[index] ?? 'asiakas'),
});

const numbersIn = (path: string): readonly number[] =>
  (path.match(/-?\d+(?:\.\d+)?/gu) ?? []).map(Number);

describe('what the braid is made of', () => {
  const member = (n: number, profession: string, validFrom: string, validTo: string | null) =>
    record(n, 'membership', {
      grant: {
        personId: idOf(n + 500),
        role: 'responsible',
        profession,
        taskClass: 'broad-health',
        supervisorId: null,
        validFrom,
        validTo,
        ground: '',
      },
    });
  const held = (n: number, date: string | null, ...people: readonly number[]) =>
    record(n, 'plan-meeting', {
      meeting: {
        date,
        way: 'at-home',
        place: '',
        about: '',
        personIds: people.map(idOf),
        participants: '',
      },
    });
  const professionOf = (id: string): string => (id === idOf(511) ? 'doctor' : 'nurse');
  const eventsOf = (...records: readonly RecordView[]) =>
    braidEvents(viewOf(...records), professionOf, today);

  test('a strand for each profession from the first day to the last, with whom it has now', () => {
    const { strands } = eventsOf(
      member(10, 'nurse', '2026-06-01', '2026-07-01'),
      member(11, 'nurse', '2026-09-01', null),
      member(12, 'doctor', '2026-02-01', '2026-08-01'),
    );
    expect(strands).toEqual([
      { mark: 'laak', from: '2026-02-01', to: '2026-08-01', personIds: [] },
      { mark: 'sh', from: '2026-06-01', to: null, personIds: [idOf(511)] },
    ]);
  });

  test('meetings with a day, and the review at which those are who are in the team then', () => {
    const { meetings, strands } = eventsOf(
      member(11, 'doctor', '2026-01-01', '2026-11-30'),
      member(12, 'nurse', '2026-01-01', null),
      held(20, '2026-10-20', 511, 512),
      held(21, null, 511),
      { ...held(22, '2026-10-21', 511), ...removed() },
      record(1, 'plan', { review: { date: '2026-12-11', grounds: '' } }),
    );
    expect(meetings.map(({ of, date, marks }) => [of, date, marks.join(' ')])).toEqual([
      ['meeting', '2026-10-20', 'laak sh'],
      ['review', '2026-12-11', 'sh'],
    ]);
    expect(strands).toHaveLength(2);
  });

  test('who met without being in the team has a strand; a review that has passed is no meeting', () => {
    const { meetings, strands } = eventsOf(
      held(20, '2026-10-20', 511),
      record(1, 'plan', { review: { date: '2026-11-01', grounds: '' } }),
    );
    expect(strands).toEqual([
      { mark: 'laak', from: '2026-10-20', to: '2026-10-20', personIds: [] },
    ]);
    expect(meetings).toHaveLength(1);
    expect(eventsOf()).toEqual({ strands: [], meetings: [] });
  });
});

describe('the braid as lines', () => {
  test('nobody and nothing: no lines, and the months still', () => {
    const braid = braidGeometry({ strands: [], meetings: [] }, frame);
    expect(braid.lanes).toEqual([]);
    expect(braid.crossings).toEqual([]);
    expect(braid.months.map(({ first }) => first.slice(0, 7))).toEqual([
      '2026-06',
      '2026-07',
      '2026-08',
      '2026-09',
      '2026-10',
      '2026-11',
      '2026-12',
      '2027-01',
      '2027-02',
    ]);
  });

  test('without a meeting a strand is straight: held up to today, planned after', () => {
    const [lane] = braidGeometry({ strands: [strand(0)], meetings: [] }, frame).lanes;
    expect(lane?.held).toBe('M0 7H266.7');
    expect(lane?.planned).toBe('M266.7 7H400');
  });

  test('begins and ends with its time in the team, and is not there before or after the frame', () => {
    const { lanes } = braidGeometry(
      {
        strands: [
          strand(0, { from: '2026-09-24', to: '2026-10-24' }),
          strand(1, { to: '2026-05-01' }),
          strand(2, { from: '2027-05-01' }),
        ],
        meetings: [],
      },
      frame,
    );
    expect(lanes).toHaveLength(1);
    expect(lanes[0]?.planned).toBe('');
    const [from, , to] = numbersIn(lanes[0]?.held ?? '');
    expect([Math.round(from ?? 0), Math.round(to ?? 0)]).toEqual([178, 222]);
  });

  test('strands of those who met bend to one place and back, the others go straight on', () => {
    const { lanes, crossings } = braidGeometry(
      { strands: [strand(0), strand(1), strand(2)], meetings: [meeting('2026-08-24', 0, 2)] },
      frame,
    );
    expect(crossings).toMatchObject([{ y: 21, isPlanned: false }]);
    expect(lanes.map(({ held }) => (held.match(/C/gu) ?? []).length)).toEqual([2, 0, 2]);
    expect(lanes.every(({ planned }) => !planned.includes('C'))).toBe(true);
  });

  test('an agreed meeting is planned, and one of today has been held', () => {
    const bendsOf = (date: string) => {
      const { lanes, crossings } = braidGeometry(
        { strands: [strand(0), strand(1)], meetings: [meeting(date, 0, 1)] },
        frame,
      );
      const count = (path = ''): number => (path.match(/C/gu) ?? []).length;
      return [crossings[0]?.isPlanned, count(lanes[0]?.held), count(lanes[0]?.planned)];
    };
    expect(bendsOf('2027-01-10')).toEqual([true, 0, 2]);
    expect(bendsOf(today)).toEqual([false, 1, 1]);
  });

  test('of one profession alone, or outside the frame, nothing crosses', () => {
    const { crossings } = braidGeometry(
      {
        strands: [strand(0), strand(1)],
        meetings: [
          meeting('2026-08-24', 0),
          meeting('2020-01-01', 0, 1),
          meeting('2030-01-01', 0, 1),
        ],
      },
      frame,
    );
    expect(crossings).toEqual([]);
  });

  test('12 professions and 200 meetings stay within the frame, near meetings told as one', () => {
    const strands = Array.from({ length: 12 }, (_, at) => strand(at));
    const meetings = Array.from({ length: 200 }, (_, n) => {
      const day = new Date(Date.parse(frame.from) + n * 86_400_000 * 1.3).toISOString();
      return meeting(day.slice(0, 10), n % 12, (n + 5) % 12, (n + 7) % 12);
    });
    const { lanes, crossings, height } = braidGeometry({ strands, meetings }, frame);
    expect(lanes).toHaveLength(12);
    expect(crossings.flatMap((each) => each.meetings)).toHaveLength(200);
    expect(crossings.length).toBeLessThanOrEqual(400 / 24 + 2);
    for (const { held, planned } of lanes) {
      for (const path of [held, planned]) {
        expect(path).not.toMatch(/NaN|Infinity/u);
        expect(Math.max(...numbersIn(path))).toBeLessThanOrEqual(
          Math.max(frame.width, height) + 48,
        );
        expect(Math.min(...numbersIn(path))).toBeGreaterThanOrEqual(0);
      }
    }
    for (const [index, { x }] of crossings.entries()) {
      expect(x - (crossings[index - 1]?.x ?? -24)).toBeGreaterThan(23.9);
    }
  });

  test('a frame of no time divides by nothing', () => {
    const { lanes } = braidGeometry(
      { strands: [strand(0)], meetings: [meeting(today, 0, 1)] },
      { from: today, today, to: today, width: 0, lane: 14 },
    );
    expect(lanes[0]?.held ?? '').not.toMatch(/NaN/u);
  });
});
