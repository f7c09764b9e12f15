/** What the plan's tree shows of a row; the caller's rows carry more. */
export type TreeRow = {
  readonly id: string;
  /** 1 for needs, 2 for goals, 3 for actions. */
  readonly level: number;
  readonly parentId: string | null;
  /** Undefined for a row that has nothing beneath it. */
  readonly isOpen?: boolean;
};

/** Between which siblings a row is put; null is the edge. */
export type TreeMove = {
  readonly id: string;
  readonly parentId: string | null;
  readonly afterId: string | null;
  readonly beforeId: string | null;
};

export const siblingsOf = (rows: readonly TreeRow[], row: TreeRow): readonly TreeRow[] =>
  rows.filter((each) => each.parentId === row.parentId && each.level === row.level);

/** Moves a row among its siblings to the given place, or undefined when it stands there already. */
export const moveToPlace = (
  rows: readonly TreeRow[],
  id: string,
  place: number,
): TreeMove | undefined => {
  const row = rows.find((each) => each.id === id);
  if (!row) return undefined;
  const siblings = siblingsOf(rows, row);
  const target = Math.max(0, Math.min(siblings.length - 1, place));
  if (siblings[target]?.id === id) return undefined;
  const others = siblings.filter((each) => each.id !== id);
  return {
    id,
    parentId: row.parentId,
    afterId: others[target - 1]?.id ?? null,
    beforeId: others[target]?.id ?? null,
  };
};

/** One step up (−1) or down (1). */
export const moveByStep = (
  rows: readonly TreeRow[],
  id: string,
  step: -1 | 1,
): TreeMove | undefined => {
  const row = rows.find((each) => each.id === id);
  if (!row) return undefined;
  const place = siblingsOf(rows, row).findIndex((each) => each.id === id) + step;
  return place < 0 ? undefined : moveToPlace(rows, id, place);
};

export type TreeStep =
  | { readonly kind: 'select'; readonly id: string }
  | { readonly kind: 'toggle'; readonly id: string; readonly open: boolean };

/** Where an arrow, Home, End or page key leads in the visible rows. */
export const treeStep = (
  rows: readonly TreeRow[],
  id: string,
  key: string,
): TreeStep | undefined => {
  const index = rows.findIndex((row) => row.id === id);
  const row = rows[index];
  if (!row) return undefined;
  const select = (to: TreeRow | undefined): TreeStep | undefined =>
    to && to.id !== id ? { kind: 'select', id: to.id } : undefined;
  switch (key) {
    case 'ArrowDown':
      return select(rows[index + 1]);
    case 'ArrowUp':
      return select(rows[index - 1]);
    case 'Home':
      return select(rows[0]);
    case 'End':
      return select(rows.at(-1));
    case 'PageDown':
      return select(rows[Math.min(rows.length - 1, index + 10)]);
    case 'PageUp':
      return select(rows[Math.max(0, index - 10)]);
    case 'ArrowRight':
      if (row.isOpen === false) return { kind: 'toggle', id, open: true };
      return row.isOpen === true && rows[index + 1]?.parentId === id
        ? select(rows[index + 1])
        : undefined;
    case 'ArrowLeft':
      if (row.isOpen === true) return { kind: 'toggle', id, open: false };
      return select(rows.find((each) => each.id === row.parentId));
    default:
      return undefined;
  }
};
