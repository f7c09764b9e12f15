/**
 * Which row and cell of a grid is active, outside React's state: an arrow key then wakes the two
 * rows it concerns and no other.
 */
export type ActiveCell = {
  readonly row: number;
  /** −1 is the row as a whole. */
  readonly column: number;
};

export type ActiveRowStore = {
  readonly get: () => ActiveCell;
  readonly set: (cell: ActiveCell) => void;
  readonly subscribe: (notify: () => void) => () => void;
};

export const makeActiveRowStore = (initial: ActiveCell): ActiveRowStore => {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set: (cell) => {
      if (cell.row === current.row && cell.column === current.column) return;
      current = cell;
      for (const notify of listeners) notify();
    },
    subscribe: (notify) => {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
  };
};

/** Where a key leads, or undefined for a key that moves nothing. Pure, so that it is tested alone. */
export const nextCell = (
  key: string,
  from: ActiveCell,
  size: { readonly rows: number; readonly columns: number; readonly page: number },
): ActiveCell | undefined => {
  const last = size.rows - 1;
  if (last < 0) return undefined;
  const to = (row: number, column = from.column): ActiveCell => ({
    row: Math.max(0, Math.min(last, row)),
    column: Math.max(-1, Math.min(size.columns - 1, column)),
  });
  switch (key) {
    case 'ArrowDown':
      return to(from.row + 1);
    case 'ArrowUp':
      return to(from.row - 1);
    case 'PageDown':
      return to(from.row + Math.max(1, size.page));
    case 'PageUp':
      return to(from.row - Math.max(1, size.page));
    case 'Home':
      return to(0);
    case 'End':
      return to(last);
    case 'ArrowRight':
      return to(from.row, from.column + 1);
    case 'ArrowLeft':
      return to(from.row, from.column - 1);
    default:
      return undefined;
  }
};
