import { describe, expect, test } from 'vitest';
import { shownCells, shownColumns } from './shown-columns.ts';

const columns = [
  { id: 'name' },
  { id: 'who' },
  { id: 'status', isExtra: true as const },
  { id: 'day' },
];

describe('columns for a finger', () => {
  test('are all at a desk, and all but the extra ones in touch', () => {
    expect(shownColumns(columns, false)).toBe(columns);
    expect(shownColumns(columns, true).map(({ id }) => id)).toEqual(['name', 'who', 'day']);
    const plain = columns.slice(0, 2);
    expect(shownColumns(plain, true)).toBe(plain);
  });

  test('a cell goes with its column, and one that spans fills what is left', () => {
    const shown = shownColumns(columns, true);
    const cells = [{ column: 'name', span: 3 }, { column: 'status' }, { column: 'day' }];
    expect(shownCells(cells, columns, shown)).toEqual([
      { column: 'name', span: 2 },
      { column: 'day' },
    ]);
    expect(shownCells(cells, columns, columns)).toBe(cells);
  });
});
