import { useEntrySchema, type UseEntry } from '#shared/domain/use-log/entry.ts';
import type { Reader } from '../../db/pool.ts';
import { insertUse } from './use-rows.ts';

/**
 * Writes entries that the server makes itself, in the caller's transaction: what they tell of and the
 * telling stand or fall together. They are sealed into blocks behind.
 *
 * Throws on an entry that is none: better no answer than one that nobody could read in the log.
 */
export const writeUse = async (tx: Reader, entries: readonly UseEntry[]): Promise<void> => {
  await insertUse(
    tx,
    entries.map((entry) => ({
      id: entry.id,
      entry: useEntrySchema.parse(entry),
      receivedMs: entry.atMs,
      chain: null,
    })),
  );
};
