import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveByStep, moveToPlace, treeStep, type TreeRow } from './tree-moves.ts';

const rows: readonly TreeRow[] = [
  { id: 'n1', level: 1, parentId: null, isOpen: true },
  { id: 'g1', level: 2, parentId: 'n1', isOpen: true },
  { id: 'a1', level: 3, parentId: 'g1' },
  { id: 'a2', level: 3, parentId: 'g1' },
  { id: 'a3', level: 3, parentId: 'g1' },
  { id: 'g2', level: 2, parentId: 'n1' },
  { id: 'n2', level: 1, parentId: null, isOpen: false },
];

test('up and down walk what is in sight, ends stay', () => {
  expect(treeStep(rows, 'g1', 'ArrowDown')).toEqual({ kind: 'select', id: 'a1' });
  expect(treeStep(rows, 'g2', 'ArrowUp')).toEqual({ kind: 'select', id: 'a3' });
  expect(treeStep(rows, 'n2', 'ArrowDown')).toBeUndefined();
  expect(treeStep(rows, 'a2', 'Home')).toEqual({ kind: 'select', id: 'n1' });
  expect(treeStep(rows, 'a2', 'End')).toEqual({ kind: 'select', id: 'n2' });
});

test('right opens, then goes in; left closes, then goes out', () => {
  expect(treeStep(rows, 'n2', 'ArrowRight')).toEqual({ kind: 'toggle', id: 'n2', open: true });
  expect(treeStep(rows, 'n1', 'ArrowRight')).toEqual({ kind: 'select', id: 'g1' });
  expect(treeStep(rows, 'a1', 'ArrowRight')).toBeUndefined();
  expect(treeStep(rows, 'g1', 'ArrowLeft')).toEqual({ kind: 'toggle', id: 'g1', open: false });
  expect(treeStep(rows, 'a3', 'ArrowLeft')).toEqual({ kind: 'select', id: 'g1' });
  expect(treeStep(rows, 'g2', 'ArrowLeft')).toEqual({ kind: 'select', id: 'n1' });
});

test('a step moves a row past one sibling and never out of its parent', () => {
  expect(moveByStep(rows, 'a2', 1)).toEqual({
    id: 'a2',
    parentId: 'g1',
    afterId: 'a3',
    beforeId: null,
  });
  expect(moveByStep(rows, 'a2', -1)).toEqual({
    id: 'a2',
    parentId: 'g1',
    afterId: null,
    beforeId: 'a1',
  });
  expect(moveByStep(rows, 'a1', -1)).toBeUndefined();
  expect(moveByStep(rows, 'a3', 1)).toBeUndefined();
  expect(moveByStep(rows, 'n1', 1)).toEqual({
    id: 'n1',
    parentId: null,
    afterId: 'n2',
    beforeId: null,
  });
  expect(moveByStep(rows, 'nobody', 1)).toBeUndefined();
});

test('a move puts the row exactly where it was asked to be', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.nat(9),
      fc.integer({ min: -2, max: 10 }),
      (count, from, place) => {
        const list = Array.from({ length: count }, (_, index) => ({
          id: `r${index}`,
          level: 1,
          parentId: null,
        }));
        const id = `r${from % count}`;
        const move = moveToPlace(list, id, place);
        const order = list.map((row) => row.id);
        if (move) {
          order.splice(order.indexOf(id), 1);
          order.splice(move.afterId === null ? 0 : order.indexOf(move.afterId) + 1, 0, id);
        }
        const at = Math.max(0, Math.min(count - 1, place));
        expect(order[at]).toBe(id);
        expect(move === undefined || move.beforeId === (order[at + 1] ?? null)).toBe(true);
      },
    ),
  );
});
