type Column = {
  readonly id: string;
  /** Left out where rows are of a size for a finger. */
  readonly isExtra?: true;
};

type Cell = { readonly column: string; readonly span?: number };

/** The columns that are shown; all of them, or all but the extra ones. The same array where none goes. */
export const shownColumns = <C extends Column>(
  columns: readonly C[],
  isTouch: boolean,
): readonly C[] =>
  isTouch && columns.some(({ isExtra }) => isExtra)
    ? columns.filter(({ isExtra }) => !isExtra)
    : columns;

/** A row's cells in the columns that are shown; one that spans several fills those of them that are left. */
export const shownCells = <T extends Cell>(
  cells: readonly T[],
  columns: readonly Column[],
  shown: readonly Column[],
): readonly T[] => {
  if (shown === columns) return cells;
  const ids = new Set(shown.map(({ id }) => id));
  return cells
    .filter(({ column }) => ids.has(column))
    .map((cell) => {
      if (cell.span === undefined) return cell;
      const from = columns.findIndex(({ id }) => id === cell.column);
      const span = columns.slice(from, from + cell.span).filter(({ id }) => ids.has(id)).length;
      return { ...cell, span };
    });
};
