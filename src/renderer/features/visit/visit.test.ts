import { describe, expect, test } from 'vitest';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { placesOfVisit } from '#shared/domain/visits/place.ts';
import {
  action,
  goal,
  idOf,
  need,
  record,
  removed,
  version,
  viewOf,
} from '../../../../tests/window/records.ts';
import { planTree, standingVisits, visitsOf } from '../plan-model/index.ts';
import { changesSince } from './changes-since.ts';
import {
  correctionOf,
  freshVisit,
  goalsIn,
  minutesOf,
  reopened,
  tasksIn,
  unfinishedVisit,
  withEntry,
} from './open-visit.ts';
import { risksOf } from './risks.ts';
import { mostTasks, visitGoals, visitTasks, type Visitor } from './visit-plan.ts';

// A Thursday.
const today = '2026-11-26';
const jenna = idOf(501);
const mira = idOf(502);
const hanna = idOf(503);
const visitor: Visitor = {
  personId: jenna,
  profession: 'home-care-nurse',
  professionOf: (id) => (id === hanna ? 'nurse' : 'home-care-nurse'),
};

const task = (
  n: number,
  title: string,
  frequency: string,
  who: { readonly by: string | null; readonly deputy?: string },
  status = 'in-progress',
  span: { readonly start?: string; readonly end?: string } = {},
) =>
  action(n, title, 20, `a${n}`, {
    schedule: { frequency, start: span.start ?? null, end: span.end ?? null },
    responsibility: { responsibleId: who.by, deputyId: who.deputy ?? null },
    status: { status, reason: '', date: null },
  });

const plan = (...rows: readonly RecordView[]) =>
  viewOf(need(10, 'Liikkuminen', 'a0'), goal(20, 'Kävelee', 10, 'a0'), ...rows);

const titles = (view: ClientView) =>
  visitTasks(planTree(view), visitor, today).map(({ node }) => node.title);

describe('what is to be done on a visit', () => {
  test('the profession’s own, agreed or in progress; what names other days comes last', () => {
    const view = plan(
      task(31, 'Punnitus', 'maanantaisin', { by: jenna }),
      task(32, 'Ulkoilu', 'joka iltapäivä', { by: jenna }),
      task(33, 'Sauna', 'torstaisin', { by: mira }),
      task(34, 'Lääkkeiden jako', 'kahden viikon välein', { by: hanna }),
      task(35, 'Sijaisena', '', { by: hanna, deputy: jenna }, 'agreed'),
      task(36, 'Ehdotettu', '', { by: jenna }, 'proposed'),
      task(37, 'Tehty', '', { by: jenna }, 'done'),
      task(38, 'Ei vielä', '', { by: jenna }, 'agreed', { start: '2026-11-27' }),
      task(39, 'Päättynyt', '', { by: jenna }, 'agreed', { end: '2026-11-25' }),
      task(40, 'Kenenkään', '', { by: null }),
      { ...task(41, 'Poistettu', '', { by: jenna }), ...removed() },
    );
    expect(titles(view)).toEqual(['Ulkoilu', 'Sauna', 'Sijaisena', 'Punnitus']);
  });

  test('goals that the tasks serve come first, what has ended not at all', () => {
    const view = plan(
      goal(21, 'Syö', 10, 'a-'),
      {
        ...goal(22, 'Päätetty', 10, 'a2'),
        groups: record(22, 'goal', { lifecycle: { status: 'ended', reason: '', date: null } })
          .groups,
      },
      task(31, 'Ulkoilu', '', { by: jenna }),
    );
    const tree = planTree(view);
    const goals = visitGoals(tree, visitTasks(tree, visitor, today));
    expect(goals.map(({ node, isOwn }) => [node.title, isOwn])).toEqual([
      ['Kävelee', true],
      ['Syö', false],
    ]);
  });

  test('a plan of a thousand actions gives as many as a visit holds', () => {
    const many = Array.from({ length: 1_000 }, (_, n) =>
      task(2_000 + n, '<script>😀'.repeat(20), '', { by: jenna }),
    );
    expect(titles(plan(...many))).toHaveLength(mostTasks);
    expect(titles(viewOf())).toEqual([]);
  });
});

describe('what must be known at the door', () => {
  test('protection first, then what the records tell; empty texts are no risks', () => {
    const view = viewOf(
      record(1, 'client', {
        protection: { restraintOnDisclosure: true },
        language: {
          motherTongue: 'fi',
          serviceLanguage: 'fi',
          interpreter: false,
          communication: 'Kuulee huonosti',
        },
      }),
      record(2, 'need', {
        heading: { lifeArea: 'mobility', title: 'Liikkuminen' },
        assessment: { text: 'Kaatumisriski on kohonnut.' },
      }),
      record(3, 'need', {
        heading: { lifeArea: 'mobility', title: 'Tyhjä' },
        assessment: { text: ' ' },
      }),
      record(4, 'contingency', {
        measure: {
          trigger: 'not-reached',
          text: 'Soita Sarille',
          name: 'Sari',
          phone: '040 555 0127',
          testedOn: null,
        },
      }),
    );
    expect(risksOf(view, planTree(view)).map(({ kind, text }) => [kind, text])).toEqual([
      ['restraint', ''],
      ['communication', 'Kuulee huonosti'],
      ['assessment', 'Kaatumisriski on kohonnut.'],
      ['contingency', 'Soita Sarille · Sari · 040 555 0127'],
    ]);
  });
});

describe('what changed since the last visit', () => {
  const old = record(1, 'need', { assessment: { text: 'Ennen' } });
  const written = (n: number, authorId: string, time: number) => ({
    ...record(n, 'goal', {}),
    groups: {
      statement: {
        state: 'settled' as const,
        value: {},
        heads: [version(n, {}, { authorId, time })],
        newer: false,
      },
    },
  });

  test('others’ since that moment, and what has not been looked at', () => {
    const view = viewOf(old, written(2, hanna, 5_000), written(3, jenna, 5_000), {
      ...written(4, hanna, 10),
      unseen: ['statement'],
    });
    expect(changesSince(view, jenna, 1_000).map((each) => each.record.id)).toEqual([
      idOf(2),
      idOf(4),
    ]);
    expect(changesSince(view, jenna, null).map((each) => each.record.id)).toEqual([idOf(4)]);
  });
});

const report = (startedAt: string, corrects: string | null = null) => ({
  startedAt,
  minutes: null,
  tasks: [],
  goals: [],
  medication: '',
  observation: 'Vointi hyvä',
  corrects,
});

describe('visits', () => {
  test('what began last first; what is corrected no longer holds', () => {
    const view = viewOf(
      record(1, 'visit', { report: report('2026-11-24T08:10') }),
      record(2, 'visit', { report: report('2026-11-25T08:10') }),
      record(3, 'visit', { report: report('2026-11-24T08:00', idOf(1)) }),
    );
    expect(visitsOf(view).map(({ record: each }) => each.id)).toEqual([idOf(2), idOf(1), idOf(3)]);
    expect(standingVisits(view).map(({ record: each }) => each.id)).toEqual([idOf(2), idOf(3)]);
  });

  test('a draft that nobody wrote is found again', () => {
    const draft = {
      ...record(5, 'visit', {}),
      compartment: 'patient/home-nursing',
      drafts: { report: { value: { medication: 'Otti' }, basedOn: [], savedAt: 1_000 } },
    };
    expect(
      unfinishedVisit(viewOf(record(1, 'visit', { report: report('2026-11-24T08:10') }))),
    ).toBe(undefined);
    const found = unfinishedVisit(viewOf(draft));
    expect(found && reopened(found)).toMatchObject({
      recordId: idOf(5),
      compartment: 'patient/home-nursing',
    });
  });

  test('a correction begins from what was told, with an id of its own', () => {
    const [visit] = visitsOf(viewOf(record(1, 'visit', { report: report('2026-11-24T08:10') })));
    const correction = visit && correctionOf(visit);
    expect(correction?.report).toMatchObject({ corrects: idOf(1), observation: 'Vointi hyvä' });
    expect(correction?.recordId).not.toBe(idOf(1));
    expect(freshVisit(jointPlan).report.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/u);
  });
});

describe('what is told during a visit', () => {
  test('a list of entries takes one, replaces it, and lets it go', () => {
    const one = withEntry([], 'goalId', 'g', { goalId: 'g', trend: 'same' });
    const other = withEntry(one, 'goalId', 'g', { goalId: 'g', trend: 'worse' });
    expect(other).toEqual([{ goalId: 'g', trend: 'worse' }]);
    expect(withEntry(other, 'goalId', 'g', null)).toEqual([]);
  });

  test('what a draft holds is read whatever is in it', () => {
    const odd = { tasks: [null, 7, 'x', { actionId: 3 }, { actionId: 'a', result: 'done' }] };
    expect(tasksIn(odd)).toEqual([{ actionId: 'a', result: 'done', reason: '' }]);
    expect(tasksIn({})).toEqual([]);
    expect(goalsIn({ goals: 'x' })).toEqual([]);
  });

  test.each([
    ['', null],
    [' 25 ', 25],
    ['0', undefined],
    ['1441', undefined],
    ['2,5', undefined],
    ['puoli tuntia', undefined],
    ['9'.repeat(200), undefined],
  ])('”%s” minutes', (typed, minutes) => {
    expect(minutesOf(typed)).toBe(minutes);
  });

  test('is written under one’s own service, else in the joint plan', () => {
    expect(placesOfVisit('home-care-nurse')[0]).toBe('patient/home-nursing');
    expect(placesOfVisit('nurse')).toEqual(['patient/home-nursing', jointPlan]);
    expect(placesOfVisit('social-worker')).toEqual([jointPlan]);
    expect(placesOfVisit('nobody')).toEqual([jointPlan]);
  });
});
