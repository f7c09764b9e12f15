import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import {
  action,
  goal,
  idOf,
  need,
  record,
  settled,
  version,
  viewOf,
} from '../../../../tests/window/records.ts';
import {
  acknowledgmentEdits,
  partsToAcknowledge,
  planReaders,
  versionShown,
} from './plan-readers.ts';

const nurse = idOf(902);
const nursing = 'patient/home-nursing';
const part = (compartment: string, writes = true): ClientView['access']['parts'][number] => ({
  compartment,
  basis: 'relation',
  relation: 'team',
  role: 'participant',
  basisId: null,
  writes,
  manages: false,
  untilMs: null,
});

const plan = [
  need(1, 'Kaatuilu', 'a0'),
  goal(2, 'Kävelee kauppaan', 1, 'a0'),
  record(
    3,
    'medication',
    { state: { state: 'in-use', reason: '', date: null } },
    { compartment: nursing },
  ),
];

/** What somebody writes by acknowledging what a view shows, as others get it. */
const acknowledged = (
  n: number,
  of: ClientView,
  compartments: readonly string[],
  personId = nurse,
): readonly RecordView[] =>
  acknowledgmentEdits(versionShown(of), compartments, () => idOf(n)).map((edit, index) =>
    record(
      n + index,
      edit.kind,
      {
        [edit.group]: {
          ...settled(n, edit.value),
          heads: [
            version(n + index, edit.value, { authorId: personId, profession: 'nurse', time: n }),
          ],
        },
      },
      { compartment: edit.compartment },
    ),
  );

/** Who has read which part, by their ids. */
const standing = (view: ClientView, now = view) =>
  Object.fromEntries(
    planReaders(versionShown(view), now).map(({ compartment, current, earlier }) => [
      compartment,
      {
        current: current.map(({ personId }) => personId),
        earlier: earlier.map(({ personId }) => personId),
      },
    ]),
  );

const readBy = (current: readonly string[], earlier: readonly string[] = []) => ({
  current,
  earlier,
});

describe('who has read this version of the plan', () => {
  const before = viewOf(...plan);

  test('is told part by part, the joint plan first', () => {
    const given = acknowledged(500, before, ['joint/plan']);
    const view = viewOf(...plan, ...given);
    expect(planReaders(versionShown(view), view)).toEqual([
      {
        compartment: 'joint/plan',
        current: [{ personId: nurse, profession: 'nurse', time: 500 }],
        earlier: [],
      },
      { compartment: nursing, current: [], earlier: [] },
    ]);
  });

  test('is the same to whoever does not see the other parts', () => {
    const all = [...plan, ...acknowledged(500, before, ['joint/plan', nursing])];
    const narrow = viewOf(...all.filter(({ compartment }) => compartment !== nursing));
    expect(standing(narrow)).toEqual({ 'joint/plan': readBy([nurse]) });
  });

  test('is an earlier one of the part that has changed since, and of no other', () => {
    const given = acknowledged(500, before, ['joint/plan', nursing]);
    const changed = [...plan, action(4, 'Harjoittelee portaissa', 2, 'a0'), ...given];
    const view = viewOf(...changed);
    expect(standing(view)).toEqual({
      'joint/plan': readBy([], [nurse]),
      [nursing]: readBy([nurse]),
    });
    const again = viewOf(...changed, ...acknowledged(700, view, ['joint/plan']));
    expect(standing(again)['joint/plan']).toEqual(readBy([nurse]));
    // What stood before was read by whom it was read, and when.
    expect(standing(before, again)['joint/plan']).toEqual(readBy([nurse]));
    expect(planReaders(versionShown(before), again)[0]?.current[0]?.time).toBe(500);
  });

  test('tells of an earlier version when it was last read', () => {
    const later = viewOf(...plan, goal(5, 'Syö itse', 1, 'a1'));
    const now = viewOf(
      ...later.records,
      goal(6, 'Nukkuu', 1, 'a2'),
      ...acknowledged(700, later, ['joint/plan']),
      ...acknowledged(500, before, ['joint/plan']),
    );
    expect(planReaders(versionShown(now), now)[0]?.earlier).toMatchObject([{ time: 700 }]);
  });

  test('knows a removal, and does not mind a row’s new place', () => {
    const given = acknowledged(500, before, ['joint/plan']);
    const [first, ...others] = plan;
    if (first === undefined) throw new Error('no plan');
    const gone: RecordView = {
      ...first,
      existence: { state: 'removed', reason: 'Muutti' },
      existenceTouched: { time: 9, waiting: false, heads: [idOf(77)] },
    };
    const removed = viewOf(gone, ...others, ...given);
    expect(standing(removed)['joint/plan']).toEqual(readBy([], [nurse]));
    const order = { ...first.groups, order: settled(88, { key: 'b7' }) };
    const moved = viewOf({ ...first, groups: order }, ...others, ...given);
    expect(standing(moved)['joint/plan']).toEqual(readBy([nurse]));
  });

  test('does not depend on the order in which anything came', () => {
    const records = [
      ...plan,
      ...acknowledged(500, before, ['joint/plan', nursing]),
      ...acknowledged(600, viewOf(need(9, 'Muu', 'a0')), ['joint/plan'], idOf(903)),
      ...acknowledged(650, before, ['joint/plan'], idOf(904)),
    ];
    const expected = {
      'joint/plan': readBy([idOf(904), nurse], [idOf(903)]),
      [nursing]: readBy([nurse]),
    };
    fc.assert(
      fc.property(
        fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length }),
        (shuffled) => {
          expect(standing(viewOf(...shuffled))).toEqual(expected);
        },
      ),
    );
  });

  test('reads past what is no acknowledgment', () => {
    const bad = [
      record(600, 'plan-acknowledgment', { version: { digest: '<script>' } }),
      record(601, 'plan-acknowledgment', {}),
      record(602, 'plan-acknowledgment', { version: { digest: null } }),
    ];
    expect(standing(viewOf(...plan, ...bad))['joint/plan']).toEqual(readBy([]));
    expect(versionShown(viewOf(...bad)).size).toBe(0);
  });
});

describe('what there is to acknowledge', () => {
  const open = (...parts: ClientView['access']['parts']): ClientView => ({
    ...viewOf(...plan),
    access: { parts },
  });

  test('is all that one may write in, until nothing of it has changed since', () => {
    const view = open(part('joint/plan'), part(nursing), part('joint/contact'));
    const shown = versionShown(view);
    expect(partsToAcknowledge(view, shown, nurse)).toEqual(['joint/plan', nursing]);
    const done = {
      ...view,
      records: [...view.records, ...acknowledged(500, view, ['joint/plan', nursing])],
    };
    expect(partsToAcknowledge(done, shown, nurse)).toEqual([]);
    expect(partsToAcknowledge(done, shown, idOf(903))).toEqual(['joint/plan', nursing]);
  });

  test('is nothing to who may not write, nor of an empty plan', () => {
    const view = open(part('joint/plan', false));
    expect(partsToAcknowledge(view, versionShown(view), nurse)).toEqual([]);
    const empty = { ...viewOf(), access: { parts: [part('joint/plan')] } };
    expect(partsToAcknowledge(empty, versionShown(empty), nurse)).toEqual([]);
  });
});
