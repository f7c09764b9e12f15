import { expect, test } from 'vitest';
import {
  changedFields,
  inOrder,
  matching,
  nextOf,
  removalOf,
  type ReviewRow,
} from './review-rows.ts';

const idOf = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const row = (n: number, part: Partial<ReviewRow> = {}): ReviewRow => ({
  changeId: idOf(n),
  caseId: idOf(100),
  clientName: 'Kivimetsä Aune',
  recordId: idOf(200),
  kind: 'goal',
  group: 'statement',
  compartment: 'joint/plan',
  value: { title: 'Kävelee kauppaan', description: '', voice: 'client' },
  authorId: idOf(300),
  profession: 'physiotherapist',
  writtenMs: n,
  receivedMs: n,
  current: [],
  ...part,
});

test('the one that came first stands first', () => {
  const rows = [row(2), row(3, { receivedMs: 1 }), row(1, { receivedMs: 2 })];
  expect(inOrder(rows).map(({ changeId }) => changeId)).toEqual([idOf(3), idOf(1), idOf(2)]);
});

test('searching by any words of a row, whatever their order and their dots', () => {
  const rows = [row(1), row(2, { clientName: 'Saari Eino' })];
  const wordsOf = (each: ReviewRow): readonly string[] => [each.clientName, 'Ville Saarela'];
  expect(matching(rows, 'ville kivimetsa', wordsOf)).toEqual([rows[0]]);
  expect(matching(rows, '  ', wordsOf)).toEqual(rows);
  expect(matching(rows, 'puuttuu', wordsOf)).toEqual([]);
});

test('after a decision the next below, at the end the one above, at last none', () => {
  const rows = [row(1), row(2), row(3)];
  expect(nextOf(rows, idOf(2))).toBe(idOf(3));
  expect(nextOf(rows, idOf(3))).toBe(idOf(2));
  expect(nextOf([row(1)], idOf(1))).toBeNull();
});

test('what differs from the plan as it is now', () => {
  const current = [
    {
      value: { title: 'Kävelee kauppaan', description: 'Yhdessä', voice: 'client' },
      authorId: idOf(301),
      profession: 'doctor',
    },
  ];
  expect([...changedFields(row(1, { current }))]).toEqual(['description']);
  // Where nothing stands yet, what is left empty is no difference.
  expect([...changedFields(row(1))]).toEqual(['title', 'voice']);
});

test('a removal is told as one', () => {
  expect(removalOf(row(1))).toBeNull();
  expect(
    removalOf(row(1, { group: 'existence', value: { state: 'removed', reason: 'Kahdesti' } })),
  ).toEqual({ removed: true, reason: 'Kahdesti' });
  expect(removalOf(row(1, { group: 'existence', value: { state: 'standing' } }))).toEqual({
    removed: false,
    reason: '',
  });
});
