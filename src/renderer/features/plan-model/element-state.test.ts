import { describe, expect, test } from 'vitest';
import type { RecordView } from '#shared/contract/views.ts';
import { planElements } from '#shared/domain/plan-elements.ts';
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
import { elementStates, saysSomething } from './element-state.ts';
import { gapsOf } from './gaps.ts';
import { partGaps } from './part-gaps.ts';
import { planTree } from './plan-tree.ts';

const today = '2026-11-26';

const statesOf = (...records: readonly RecordView[]) => {
  const view = viewOf(...records);
  return elementStates(view, planTree(view));
};

const stateOf = (id: string, ...records: readonly RecordView[]) => {
  const state = statesOf(...records).find(({ element }) => element.id === id);
  if (state === undefined) throw new Error(`There is no element ${id}.`);
  return state;
};

const gapsIn = (...records: readonly RecordView[]) => {
  const view = viewOf(...records);
  const tree = planTree(view);
  return partGaps(view, tree, elementStates(view, tree), today).map(
    ({ gap, elementId }) => `${elementId} ${gap}`,
  );
};

const course = { track: 'older-people', status: 'active' };

describe('what an element says', () => {
  test.each([
    ['an empty text', 'functioning', { text: '  ' }, false],
    ['a text', 'functioning', { text: '<script>alert(1)</script> مرحبا 👵' }, true],
    ['a client who has not been asked', 'acceptance', notAsked({}), false],
    ['a client who has been asked', 'acceptance', notAsked({ state: 'partly' }), true],
    ['a goal that was not assessed', 'earlier-goals', { attainment: 'not-assessed' }, false],
    [
      'a view on goals not assessed',
      'earlier-goals',
      { attainment: 'not-assessed', text: 'x' },
      true,
    ],
    ['nobody', 'custodian', { personId: null }, false],
    ['a field of a newer program', 'functioning', { text: '', later: { deep: [1] } }, true],
  ])('%s', (_name, group, value, says) => {
    expect(saysSomething(group, value)).toBe(says);
  });
});

describe('elements of the plan', () => {
  test('stand in the order of the national structure, also of a client without a plan', () => {
    const everyone = planElements.filter(
      ({ onlyFor, register }) => onlyFor === undefined && register === undefined,
    );
    expect(statesOf().map(({ element }) => element.id)).toEqual(everyone.map(({ id }) => id));
    expect(statesOf().every(({ isWritten }) => !isWritten)).toBe(true);
  });

  test('each tells its writer, what is unfinished, and versions that wait', () => {
    const heads = [version(1, { text: 'vanha' }), version(2, { text: 'uusi' })];
    const plan = record(
      5,
      'plan',
      {
        functioning: { text: 'Kävelee' },
        'other-means': { state: 'conflict', heads, ancestor: null },
      },
      { drafts: { 'further-steps': { value: { text: 'k' }, basedOn: [], savedAt: 1 } } },
    );
    expect(stateOf('functioning', plan)).toMatchObject({
      isWritten: true,
      versions: 0,
      written: { authorId: idOf(901) },
    });
    expect(stateOf('other-means', plan)).toMatchObject({
      versions: 2,
      written: { changeId: idOf(2) },
    });
    expect(stateOf('further-steps', plan)).toMatchObject({ isWritten: false, isUnfinished: true });
  });

  test('rows of a kind belong to their element; a removed one does not, a begun one counts not', () => {
    const view = { whose: 'client', name: 'Aune', about: '', text: 'Ei', date: null };
    const begun = record(12, 'dissenting-view', {}, { drafts: { view: draft(view) } });
    const written = record(11, 'dissenting-view', { view });
    const gone = record(10, 'dissenting-view', { view }, removed());
    expect(stateOf('dissenting-view', begun, written, gone)).toMatchObject({
      isWritten: true,
      records: [{ id: idOf(11) }, { id: idOf(12) }],
    });
    expect(stateOf('dissenting-view', begun).isWritten).toBe(false);
  });

  test('a part of one track is asked of its plans alone, and stays once it has been written', () => {
    const ids = (groups: Parameters<typeof record>[2]) =>
      statesOf(record(5, 'plan', groups)).map(({ element }) => element.id);
    const families = { course: { track: 'families', status: 'active' } };
    expect(ids({ course })).not.toContain('circumstances');
    expect(ids(families)).toContain('circumstances');
    expect(ids({ course, circumstances: { text: 'x' } })).toContain('circumstances');
  });

  test('what is told by other rows', () => {
    const close = {
      name: 'Sari',
      role: 'close-person',
      phone: '',
      mayReceiveInformation: true,
      taskInPlan: 'Käy lauantaisin',
    };
    const rows = [
      need(10, 'Ravinto', 'a0'),
      goal(20, 'Paino', 10, 'a0'),
      action(30, 'Ateriapalvelu', 20, 'a0', {
        responsibility: { responsibleId: idOf(901), deputyId: null },
      }),
      record(40, 'representative', { details: close }),
    ];
    for (const id of ['goals', 'services', 'providers', 'private-people']) {
      expect(stateOf(id, ...rows).isWritten, id).toBe(true);
    }
    const idle = record(41, 'representative', { details: { ...close, taskInPlan: ' ' } });
    expect(stateOf('private-people', idle).isWritten).toBe(false);
  });

  test('three hundred needs and a thousand actions are told in a moment', () => {
    const rows = [
      ...Array.from({ length: 300 }, (_, n) => need(10_000 + n, 'Tarve', `a${n}`)),
      goal(20, 'x'.repeat(200), 10_000, 'a0'),
      ...Array.from({ length: 1_000 }, (_, n) => action(50_000 + n, 'Keino', 20, `a${n}`)),
    ];
    expect(statesOf(...rows).filter(({ isWritten }) => isWritten)).toHaveLength(2);
  });
});

describe('what the plan lacks as a whole', () => {
  test('nothing where there is no plan, no track, or the plan has ended', () => {
    expect(gapsIn()).toEqual([]);
    expect(gapsIn(record(5, 'plan', { 'what-matters': { text: 'x' } }))).toEqual([]);
    expect(gapsIn(record(5, 'plan', { course: { ...course, status: 'ended' } }))).toEqual([]);
  });

  test('what the track requires, the client’s acceptance, and the day of the review', () => {
    const gaps = gapsIn(record(5, 'plan', { course }));
    expect(gaps).toContain('functioning element');
    expect(gaps).toContain('acceptance acceptance');
    expect(gaps).toContain('review review');
    expect(gaps).not.toContain('circumstances element');
  });

  test('another track asks for other parts of the same plan', () => {
    const families = { track: 'families', status: 'active' };
    const gaps = gapsIn(record(5, 'plan', { course: families, functioning: { text: 'x' } }));
    expect(gaps).toContain('circumstances element');
    expect(gaps).not.toContain('functioning element');
  });

  test('a review whose day has passed, and not one of today', () => {
    const plan = (date: string) => record(5, 'plan', { course, review: { date } });
    expect(gapsIn(plan('2026-11-25'))).toContain('review review-past');
    expect(gapsIn(plan(today)).filter((gap) => gap.startsWith('review'))).toEqual([]);
  });

  test('a client who does not accept has been asked', () => {
    const acceptance = notAsked({ state: 'not-accepted', date: today });
    expect(gapsIn(record(5, 'plan', { course, acceptance }))).not.toContain(
      'acceptance acceptance',
    );
  });
});

test('a service that was agreed on and has no beginning is a gap; a proposed one is not', () => {
  const named = { responsibility: { responsibleId: idOf(901), deputyId: idOf(902) } };
  const status = (of: string) => ({ status: { status: of, reason: '', date: null } });
  const begins = { schedule: { frequency: '', start: today, end: null } };
  const tree = planTree(
    viewOf(
      need(10, 'Ravinto', 'a0'),
      goal(20, 'Paino', 10, 'a0'),
      action(30, 'sovittu', 20, 'a0', { ...named, ...status('agreed') }),
      action(31, 'ehdotettu', 20, 'a1', { ...named, ...status('proposed') }),
      action(32, 'alkaa', 20, 'a2', { ...named, ...status('agreed'), ...begins }),
      action(33, 'kesken', 20, 'a3', status('in-progress')),
    ),
  );
  expect(gapsOf(tree).map(({ gap, node }) => `${node.title} ${gap}`)).toEqual([
    'sovittu start',
    'kesken responsible',
    'kesken start',
  ]);
});

function notAsked(part: Readonly<Record<string, string>>) {
  return { state: 'not-asked', text: '', date: null, way: null, givenBy: '', ...part };
}

function draft(value: Readonly<Record<string, string | null>>) {
  return { value, basedOn: [], savedAt: 1 };
}
