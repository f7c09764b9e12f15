import { useEntrySchema, type UseEntry } from '#shared/domain/use-log/entry.ts';
import { readUnsentWork, type SetAside } from '#main/db/file/rescue.ts';
import type { Secrets } from '#main/db/file/key-wrap.ts';
import { withTransaction } from '#main/db/handles.ts';
import { appendUses } from '#main/db/queries/use-log.ts';
import type { Desk } from '../desk.ts';

/**
 * Brings the looks that the region never got from a case file that was set aside into the new one's chain,
 * under the new device: the old device's chain ended with its file. What cannot be read stays in the
 * folder set aside. Answers how many came over, or null when none of the old file could be read.
 */
export const takeOverUses = async (
  desk: Desk,
  setAside: SetAside,
  secrets: Secrets,
): Promise<number | null> => {
  const work = await readUnsentWork(setAside, secrets, 'use_log');
  if (!work.ok) return null;
  const entries = work.value.rows.flatMap((row) => {
    const { body, held_ms: heldMs } = row;
    if (typeof body !== 'string' || heldMs !== null) return [];
    const entry = entryOf(body);
    return entry?.personId === desk.person.id ? [{ ...entry, deviceId: desk.deviceId }] : [];
  });
  const taken = withTransaction(desk.db, (db) => appendUses(db, entries));
  return taken.ok ? entries.length : null;
};

/** A row salvaged from a damaged file may hold half a text. */
const entryOf = (body: string): UseEntry | null => {
  try {
    return useEntrySchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
};
