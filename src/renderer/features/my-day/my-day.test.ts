import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { workItem, workSorts, type WorkItem } from '#shared/contract/work-calls.ts';
import { idOf } from '../../../../tests/window/records.ts';
import { hrefOf } from './day-links.ts';
import { countOf, dayRows, sectionOf, type DayChoice } from './day-rows.ts';

const client = (n: number, familyName: string): NonNullable<WorkItem['client']> => ({
  caseId: idOf(n),
  familyName,
  givenNames: 'Aune',
  birthDate: '1947-03-14',
});

const line = (sort: WorkItem['sort'], part: Partial<WorkItem> = {}): WorkItem => ({
  key: `${sort}/1`,
  sort,
  client: client(1, 'Kivimetsä'),
  recordId: idOf(20),
  place: null,
  group: null,
  kind: '',
  state: '',
  text: '',
  people: [],
  due: null,
  time: null,
  count: 0,
  ...part,
});

const choice = (part: Partial<DayChoice> = {}): DayChoice => ({
  grouping: 'section',
  query: '',
  closed: new Set(),
  wordsOf: (item) => [item.client?.familyName ?? '', item.text],
  ...part,
});

const idsOf = (items: readonly WorkItem[], part: Partial<DayChoice> = {}): readonly string[] =>
  dayRows(items, choice(part)).map(({ id }) => id);

const day: readonly WorkItem[] = [
  line('changed', { key: 'changed' }),
  line('request', { key: 'later', due: '2026-12-08' }),
  line('request', { key: 'soon', due: '2026-11-27' }),
  line('answer', { key: 'answer', time: 5 }),
  line('hand-over', { key: 'newer', time: 9, client: client(2, 'Åkerlund') }),
  line('conflict', { key: 'conflict' }),
  line('review', { key: 'review', due: '2026-12-01', client: client(2, 'Åkerlund') }),
];

describe('the lines of the day', () => {
  test('stand by section, and in each what is due first, then what is newest', () => {
    expect(idsOf(day)).toEqual([
      'section/due',
      'review',
      'section/settle',
      'conflict',
      'section/requests',
      'soon',
      'later',
      'newer',
      'answer',
      'section/changed',
      'changed',
    ]);
  });

  test('stand by client, the most urgent client first', () => {
    expect(idsOf(day, { grouping: 'client' })).toEqual([
      `client/${idOf(1)}`,
      'conflict',
      'soon',
      'later',
      'answer',
      'changed',
      `client/${idOf(2)}`,
      'review',
      'newer',
    ]);
  });

  test('a heading that is closed says how much is under it', () => {
    const rows = dayRows(day, choice({ closed: new Set(['section/requests']) }));
    const requests = rows.find(({ id }) => id === 'section/requests');
    expect(requests).toMatchObject({ isOpen: false, heading: { count: 4 } });
    expect(rows.some(({ id }) => id === 'soon')).toBe(false);
  });

  test.each([
    ['aker', ['section/due', 'review', 'section/requests', 'newer']],
    ['kivi SOON', []],
    ['  ', idsOf(day)],
    ['<script>', []],
    ['\\', []],
  ])('”%s” finds %j', (query, ids) => {
    expect(idsOf(day, { query })).toEqual(ids);
  });

  test('count what asks for something', () => {
    expect(countOf(day)).toBe(6);
    expect(countOf([])).toBe(0);
  });

  test('of this computer, and not of a client, stand under no client', () => {
    const trouble = line('set-aside', { client: null, key: 'trouble' });
    expect(idsOf([trouble], { grouping: 'client' })).toEqual(['client/', 'trouble']);
    expect(hrefOf(trouble)).toBe('#/sync');
  });

  test('none is lost or doubled, however they are grouped', () => {
    const items = fc.array(
      fc.record({
        sort: fc.constantFrom(...workSorts),
        n: fc.integer({ min: 1, max: 5 }),
        due: fc.constantFrom(null, '2026-11-01', '2026-12-24'),
        time: fc.option(fc.integer()),
        text: fc.string({ unit: 'binary', maxLength: 300 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(items, fc.constantFrom('section', 'client'), (made, grouping) => {
        const lines = made.map(({ sort, n, due, time, text }, index) =>
          line(sort, { key: `${index}`, client: client(n, 'Salmi'), due, time, text }),
        );
        const rows = dayRows(lines, choice({ grouping }));
        const shown = rows.flatMap((row) => ('item' in row ? [row.item.key] : []));
        expect(shown.toSorted()).toEqual(lines.map(({ key }) => key).toSorted());
        const headed = rows.reduce(
          (sum, row) => sum + ('heading' in row ? row.heading.count : 0),
          0,
        );
        expect(headed).toBe(lines.length);
      }),
    );
  });
});

describe('where a line leads', () => {
  test.each([
    ['request', {}, `#/clients/${idOf(1)}/plan?record=${idOf(20)}`],
    ['answer', {}, `#/clients/${idOf(1)}/plan?record=${idOf(20)}`],
    ['review', {}, `#/clients/${idOf(1)}/plan?record=${idOf(20)}`],
    ['hand-over', {}, `#/clients/${idOf(1)}/notes?record=${idOf(20)}`],
    ['changed', {}, `#/clients/${idOf(1)}/history`],
    ['refused', {}, '#/sync'],
    [
      'conflict',
      { kind: 'membership', group: 'grant' },
      `#/clients/${idOf(1)}/team?record=${idOf(20)}&settle=grant`,
    ],
  ] as const)('%s %j', (sort, part, href) => {
    expect(hrefOf(line(sort, part))).toBe(href);
  });

  test('every sort of line has a section, and is what the contract says', () => {
    for (const sort of workSorts) {
      expect(workItem.safeParse(line(sort)).success).toBe(true);
      expect(sectionOf({ sort })).toBeTypeOf('string');
    }
  });
});
