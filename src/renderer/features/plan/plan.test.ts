import { describe, expect, test } from 'vitest';
import {
  action,
  goal,
  idOf,
  need,
  record,
  version,
  viewOf,
} from '../../../../tests/window/records.ts';
import { gapsOf, planTree } from '../plan-model/index.ts';
import { newRowBelow, newRowEdits, orderEdits, startOf, unfinishedRows } from './new-row.ts';
import { suggestedNeeds } from './suggested-needs.ts';
import { planRows, type RowChoice } from './plan-rows.ts';

const view = viewOf(
  need(10, 'Ravinto', 'a0'),
  goal(20, 'Paino', 10, 'a0'),
  action(30, 'Punnitus', 20, 'a0', {
    responsibility: { responsibleId: idOf(901), deputyId: idOf(902) },
  }),
  action(31, 'Ateriat', 20, 'a1'),
  need(11, 'Muisti', 'a1'),
);
const tree = planTree(view);
const choice = (part: Partial<RowChoice>): RowChoice => ({
  filter: 'all',
  ownId: idOf(901),
  closed: new Set(),
  gaps: gapsOf(tree),
  ...part,
});
const titles = (part: Partial<RowChoice>) =>
  planRows(tree, choice(part)).map((row) => row.node.title);

const keyIn = (edit: { readonly value: Readonly<Record<string, unknown>> } | undefined): string => {
  const key = edit?.value['key'];
  return typeof key === 'string' ? key : '';
};

describe('rows in sight', () => {
  test('a closed row hides what is beneath it', () => {
    expect(titles({ closed: new Set([idOf(20)]) })).toEqual(['Ravinto', 'Paino', 'Muisti']);
  });

  test('my part: what I answer for or stand in for, with its place, opened', () => {
    expect(titles({ filter: 'mine', closed: new Set([idOf(10)]) })).toEqual([
      'Ravinto',
      'Paino',
      'Punnitus',
    ]);
  });

  test('gaps and conflicts', () => {
    expect(titles({ filter: 'gaps' })).toEqual(['Ravinto', 'Paino', 'Ateriat', 'Muisti']);
    expect(titles({ filter: 'conflicts' })).toEqual([]);
  });
});

describe('a new row', () => {
  test('an action after another gets a key between its neighbours', () => {
    const row = newRowBelow(tree.byId.get(idOf(30)), 'action');
    expect(row).toMatchObject({ parentId: idOf(20), afterId: idOf(30), compartment: 'joint/plan' });
    const edits = newRowEdits(row, { ...startOf(row), title: 'Keitto' }, tree, view);
    expect(edits.map((edit) => edit.group)).toEqual(['content', 'belonging', 'status', 'order']);
    expect(edits[0]?.value).toEqual({ kind: 'service', title: 'Keitto', description: '' });
    expect(edits[1]?.value).toEqual({ goalId: idOf(20) });
    const key = keyIn(edits[3]);
    expect(key > 'a0' && key < 'a1').toBe(true);
    expect(edits.every((edit) => edit.recordId === row.recordId)).toBe(true);
  });

  test('the first goal of a need, and a need at the end', () => {
    const first = newRowBelow(tree.byId.get(idOf(11)), 'goal');
    expect(first).toMatchObject({ parentId: idOf(11), afterId: null });
    expect(newRowEdits(first, startOf(first), tree, view).map((edit) => edit.group)).toEqual([
      'statement',
      'belonging',
      'lifecycle',
      'order',
    ]);
    const last = newRowBelow(undefined, 'need');
    const order = newRowEdits(last, startOf(last), tree, view).find(
      (edit) => edit.group === 'order',
    );
    expect(keyIn(order) > 'a1').toBe(true);
  });

  test('begun and left: found again with its place', () => {
    const row = newRowBelow(tree.byId.get(idOf(20)), 'action');
    const draft = { value: { ...startOf(row), title: 'Kesken' } as never, basedOn: [], savedAt: 1 };
    const left = record(99, 'action', {}, { drafts: { content: draft } });
    expect(unfinishedRows(viewOf(...view.records, left))).toMatchObject([
      { recordId: idOf(99), kind: 'action', parentId: idOf(20), title: 'Kesken' },
    ]);
  });
});

test('a new need begins from what plans of the track often have and this one has not', () => {
  const course = { track: 'older-people', status: 'active' };
  const withTrack = planTree(
    viewOf(record(1, 'plan', { course }), need(10, ' ravinto ja PAINO', 'a0'), need(11, 'x', 'a1')),
  );
  const titles = suggestedNeeds(withTrack, 'fi', '2026-11-26').map(({ title }) => title);
  expect(titles).toContain('Liikkuminen ja koti');
  expect(titles).not.toContain('Ravinto ja paino');
  expect(suggestedNeeds(tree, 'fi', '2026-11-26')).toEqual([]);
});

test('moving writes the order alone, based on the heads that were seen', () => {
  const siblings = tree.byId.get(idOf(20))?.children ?? [];
  const moved = siblings[1];
  if (!moved) throw new Error('The second action is missing.');
  const edits = orderEdits(siblings, moved, idOf(30), 'action');
  expect(edits).toMatchObject([{ recordId: idOf(31), group: 'order', kind: 'action' }]);
  expect(keyIn(edits[0]) < 'a0').toBe(true);
  expect(edits[0]?.basedOn).toEqual([moved.record.groups['order']?.heads[0]?.changeId]);
  expect(version(1, {}).changeId).toBe(idOf(1));
});
