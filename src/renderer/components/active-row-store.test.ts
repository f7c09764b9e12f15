import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeActiveRowStore, nextCell } from './active-row-store.ts';

const size = { rows: 100, columns: 3, page: 20 };

test('arrows move by one, page keys by a page, Home and End to the ends', () => {
  const at = { row: 50, column: -1 };
  expect(nextCell('ArrowDown', at, size)).toEqual({ row: 51, column: -1 });
  expect(nextCell('ArrowUp', at, size)).toEqual({ row: 49, column: -1 });
  expect(nextCell('PageDown', at, size)).toEqual({ row: 70, column: -1 });
  expect(nextCell('PageUp', at, size)).toEqual({ row: 30, column: -1 });
  expect(nextCell('Home', at, size)).toEqual({ row: 0, column: -1 });
  expect(nextCell('End', at, size)).toEqual({ row: 99, column: -1 });
});

test('right and left walk the cells and come back to the row', () => {
  expect(nextCell('ArrowRight', { row: 1, column: -1 }, size)).toEqual({ row: 1, column: 0 });
  expect(nextCell('ArrowRight', { row: 1, column: 2 }, size)).toEqual({ row: 1, column: 2 });
  expect(nextCell('ArrowLeft', { row: 1, column: 0 }, size)).toEqual({ row: 1, column: -1 });
});

test('other keys and empty grids move nothing', () => {
  expect(nextCell('a', { row: 0, column: -1 }, size)).toBeUndefined();
  expect(nextCell('End', { row: 0, column: -1 }, { ...size, rows: 0 })).toBeUndefined();
});

test('no walk leaves the grid', () => {
  const keys = [
    'ArrowDown',
    'ArrowUp',
    'PageDown',
    'PageUp',
    'Home',
    'End',
    'ArrowLeft',
    'ArrowRight',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...keys)),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 50 }),
      (walk, rows, page) => {
        let cell = { row: 0, column: -1 };
        for (const key of walk) cell = nextCell(key, cell, { rows, columns: 3, page }) ?? cell;
        expect(cell.row).toBeGreaterThanOrEqual(0);
        expect(cell.row).toBeLessThan(rows);
        expect(cell.column).toBeGreaterThanOrEqual(-1);
        expect(cell.column).toBeLessThan(3);
      },
    ),
  );
});

test('a change wakes each listener once, no change wakes none', () => {
  const store = makeActiveRowStore({ row: 0, column: -1 });
  let woken = 0;
  const leave = store.subscribe(() => {
    woken += 1;
  });
  store.set({ row: 1, column: -1 });
  store.set({ row: 1, column: -1 });
  expect(woken).toBe(1);
  leave();
  store.set({ row: 2, column: -1 });
  expect(woken).toBe(1);
  expect(store.get()).toEqual({ row: 2, column: -1 });
});
