import { describe, expect, test } from 'vitest';
import type { RecordView, VersionView } from '#shared/contract/views.ts';
import {
  action,
  goal,
  idOf,
  need,
  record,
  removed,
  viewOf,
} from '../../../../tests/window/records.ts';
import { planTree, standingVisits } from '../plan-model/index.ts';
import { byPlace, requestsOf } from '../requests/index.ts';
import { touchedTasks } from './touched-tasks.ts';

const request = (n: number, about: number, state: string | null) =>
  record(n, 'request', {
    question: {
      kind: 'fill-part',
      personId: idOf(902),
      profession: null,
      recordId: idOf(about),
      group: null,
      text: 'Kirjaatko?',
      due: null,
    },
    ...(state === null ? {} : { answer: { state, text: '', date: null } }),
  });

const visit = (n: number, startedAt: string, tasks: readonly VersionView['value'][]) =>
  record(n, 'visit', {
    report: {
      startedAt,
      minutes: 30,
      tasks: [...tasks],
      goals: [],
      medication: '',
      observation: '',
      corrects: null,
    },
  });
const told = (actionId: number, result: string, reason = '') => ({
  actionId: idOf(actionId),
  result,
  reason,
});

const status = (is: string) => ({ status: { status: is, reason: '', date: null } });

const touchedAt = (n: number, ...more: readonly RecordView[]) => {
  const view = viewOf(
    need(10, 'Ravinto', 'a0'),
    goal(20, 'Paino', 10, 'a0'),
    action(30, 'Punnitus', 20, 'a0'),
    action(31, 'Ateriat', 20, 'a1', status('done')),
    action(32, 'Kauppa', 20, 'a2', status('active'), removed()),
    ...more,
  );
  const node = planTree(view, { showRemoved: true }).byId.get(idOf(n));
  if (node === undefined) throw new Error('No such row');
  return touchedTasks(node, byPlace(requestsOf(view, '2026-11-27')), standingVisits(view));
};
const namesAt = (n: number): readonly string[] => touchedAt(n).actions.map(({ title }) => title);

describe('what a change of a row concerns', () => {
  test('is what is being done below it, and not what has ended, was removed or is the row itself', () => {
    expect(namesAt(10)).toEqual(['Punnitus']);
    expect(namesAt(20)).toEqual(['Punnitus']);
    expect(namesAt(30)).toEqual([]);
  });

  test('is what was asked below it and is open; what was asked at the row stands there already', () => {
    const requests = [request(40, 30, null), request(41, 30, 'answered'), request(42, 20, null)];
    const asked = (n: number) =>
      touchedAt(n, ...requests).requests.map((each) => each.request.record.id);
    expect(asked(10)).toEqual([idOf(42), idOf(40)]);
    expect(asked(20)).toEqual([idOf(40)]);
    expect(asked(30)).toEqual([]);
  });

  test('is that an action was left undone, until a later visit did it', () => {
    const undone = visit(50, '2026-11-24T08:10', [told(30, 'not-done', 'Ei jaksanut')]);
    const other = visit(51, '2026-11-25T08:10', [told(31, 'done')]);
    const done = visit(52, '2026-11-26T08:10', [told(30, 'done')]);
    expect(touchedAt(30, undone, other).undone).toEqual({
      startedAt: '2026-11-24T08:10',
      reason: 'Ei jaksanut',
    });
    expect(touchedAt(30, undone, other, done).undone).toBeNull();
    expect(touchedAt(20, undone).undone).toBeNull();
  });
});
