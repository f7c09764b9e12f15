import type { Driver } from './driver.ts';
import { storageProblemOf } from '../storage-problem.ts';

export type SalvagedRow = Readonly<Record<string, unknown>>;

export type SalvagedTable = {
  readonly rows: readonly SalvagedRow[];
  /** False when damage stood in the way somewhere, so that rows may be missing. */
  readonly complete: boolean;
};

type Row = { readonly salvage_rowid: number } & SalvagedRow;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** How far the next attempt jumps when a page cannot be read: doubling, so that a gap ends soon. */
const longestJump = 1 << 20;

/**
 * Reads a table with an integer key row by row. Where a page is damaged it jumps ahead until rows can
 * be read again, and then walks back from there, so that only what lies on the damaged page is lost.
 */
export const salvageTable = (driver: Driver, table: string): SalvagedTable => {
  const found = new Map<number, SalvagedRow>();
  let complete = true;

  const attempt = <T>(read: () => T): T | 'damaged' => {
    try {
      return read();
    } catch (error) {
      if (storageProblemOf(error) === null) throw error;
      complete = false;
      return 'damaged';
    }
  };

  const keep = ({ salvage_rowid: rowid, ...row }: Row): void => {
    found.set(rowid, row);
  };

  /** Rows from one side until the end, a known row or damage. The last key seen, or null for none. */
  const walk = (condition: string, direction: 'ASC' | 'DESC', from: number): number | null => {
    let last: number | null = null;
    attempt(() => {
      const rows = driver
        .prepare<[number], Row>(
          `SELECT rowid AS salvage_rowid, * FROM ${quoted(table)}
           WHERE rowid ${condition} ? ORDER BY rowid ${direction}`,
        )
        .iterate(from);
      for (const row of rows) {
        if (found.has(row.salvage_rowid)) break;
        keep(row);
        last = row.salvage_rowid;
      }
    });
    return last;
  };

  const isThere = attempt(() =>
    driver.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table),
  );
  // A file of an earlier program has nothing of it.
  if (isThere === undefined) return inOrder(found, complete);

  const lowest = Number.MIN_SAFE_INTEGER;
  let reached = walk('>=', 'ASC', lowest);
  if (complete) return inOrder(found, complete);
  // From the other end: gives the highest key, where the search in the middle may stop.
  walk('<=', 'DESC', Number.MAX_SAFE_INTEGER);
  const highest = Math.max(...found.keys(), reached ?? 0);
  for (let at = (reached ?? 0) + 1, jump = 1; at < highest; at += jump) {
    const before = found.size;
    const rows = attempt(() =>
      driver
        .prepare<[number], Row>(
          `SELECT rowid AS salvage_rowid, * FROM ${quoted(table)} WHERE rowid = ?`,
        )
        .get(at),
    );
    if (rows !== 'damaged' && rows !== undefined) {
      keep(rows);
      walk('<', 'DESC', at);
      reached = walk('>', 'ASC', at) ?? at;
      at = reached;
    }
    jump = found.size > before ? 1 : Math.min(jump * 2, longestJump);
  }
  return inOrder(found, complete);
};

const inOrder = (found: ReadonlyMap<number, SalvagedRow>, complete: boolean): SalvagedTable => ({
  rows: [...found.entries()].toSorted(([a], [b]) => a - b).map(([, row]) => row),
  complete,
});
