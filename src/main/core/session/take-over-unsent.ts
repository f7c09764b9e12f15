import { changeSchema, signedText } from '#shared/domain/change.ts';
import { ensureCase } from '#main/db/queries/cases.ts';
import { withTransaction } from '#main/db/handles.ts';
import type { Secrets } from '#main/db/file/key-wrap.ts';
import { addToOutbox, findInOutbox } from '#main/db/queries/outbox.ts';
import { readUnsentWork, type SetAside } from '#main/db/file/rescue.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import { takeOverUses } from '../use/take-over-uses.ts';

/**
 * Brings the unsent changes of a case file that was set aside into the new one, signed by the new device,
 * and the looks that the region never got. What cannot be read stays in the folder set aside. Answers how many came over, or null when none of
 * the old file could be read.
 */
export const takeOverUnsent = async (
  desk: Desk,
  setAside: SetAside,
  secrets: Secrets,
): Promise<number | null> => {
  const work = await readUnsentWork(setAside, secrets);
  if (!work.ok) return null;
  const changes = work.value.rows.flatMap((row) => {
    const body = row['body'];
    if (typeof body !== 'string') return [];
    const change = changeSchema.safeParse(parsed(body));
    return change.success && change.data.authorId === desk.person.id ? [change.data] : [];
  });
  const taken = withTransaction(desk.db, (db) => {
    let counter = readState(db, 'counter');
    for (const change of changes) {
      if (findInOutbox(db, change.id)) continue;
      counter += 1;
      const { caseNo } = ensureCase(db, change.caseId);
      addToOutbox(db, {
        counter,
        caseNo,
        change,
        signature: desk.sign(signedText(change)),
        madeAt: desk.now(),
      });
    }
    writeState(db, 'counter', counter);
    return changes.length;
  });
  if (!taken.ok || (await takeOverUses(desk, setAside, secrets)) === null) return null;
  return taken.value;
};

/** A row salvaged from a damaged file may hold half a text. */
const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};
