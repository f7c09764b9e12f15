import type { Id } from '#shared/domain/ids.ts';
import type { Transaction } from '../../db/pool.ts';

/** So many look-ups by personal identity code in so long: enough for a busy intake, too few for guessing. */
const mostLookUps = 30;
const withinMs = 600_000;

/**
 * Seconds until the person may look up again, or 0. What counts is the log of use: found or not, each
 * look-up stands there. The caller holds the person's lock.
 */
export const secondsToWait = async (
  tx: Transaction,
  personId: Id,
  nowMs: number,
): Promise<number> => {
  const since = nowMs - withinMs;
  const [first] = await tx.query<{ at: Date }>(
    `SELECT at FROM use_entry
     WHERE person_id = $1 AND action = 'find' AND at > $2
     ORDER BY at DESC OFFSET $3 LIMIT 1`,
    [personId, new Date(since), mostLookUps - 1],
  );
  return first === undefined ? 0 : Math.max(1, Math.ceil((first.at.getTime() - since) / 1_000));
};
