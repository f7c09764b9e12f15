import type { Receipt } from '#shared/protocol/push.ts';
import type { Transaction } from '../../db/pool.ts';
import { refreshFacts } from '../rights/refresh-facts.ts';
import { insertFresh, lockCases } from './append.ts';
import type { LogEntry } from './log-entry.ts';

/**
 * Stores a change that was kept for review and has been accepted: its receipt, which says `review`, says
 * `stored` from here on, and it is given the region's next number. The caller holds the client's lock and
 * has checked under it that the change can still stand in the plan (`valueProblem`, `readPlaces`). A
 * change that is not waiting for review is an error of the caller.
 *
 * The region's lock is taken here (SPEC Q1): whatever else the caller writes comes before this, and the
 * caller commits at once.
 */
export const storeReviewed = async (
  tx: Transaction,
  entry: LogEntry,
  at: Date,
): Promise<Receipt> => {
  const { change } = entry;
  await lockCases(tx, [change.caseId]);
  const [moved] = await tx.query(
    `UPDATE change_receipt SET verdict = 'stored' WHERE change_id = $1 AND verdict = 'review'
     RETURNING 1 AS one`,
    [change.id],
  );
  if (moved === undefined) throw new Error(`Change ${change.id} is not waiting for review.`);
  const numbers = await insertFresh(tx, [entry], at);
  await refreshFacts(tx, [change], at);
  const seq = numbers.get(change.id);
  if (seq === undefined) throw new Error(`No number for change ${change.id}.`);
  return { changeId: change.id, verdict: 'stored', seq };
};
