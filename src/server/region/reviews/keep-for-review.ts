import type { Transaction } from '../../db/pool.ts';
import { noteForReview } from '../journal/sealed-reviews.ts';
import type { LogEntry } from '../syncing/log-entry.ts';

/** Takes in what its author may no longer write: kept for a reviewer, and for the day the database is lost. */
export const takeInForReview = async (
  tx: Transaction,
  entries: readonly LogEntry[],
  receivedAt: Date,
): Promise<void> => {
  await keepForReview(tx, entries, receivedAt);
  await noteForReview(tx, entries, receivedAt);
};

/** Keeps it whole, for a reviewer to accept or return. */
export const keepForReview = async (
  tx: Transaction,
  entries: readonly LogEntry[],
  receivedAt: Date,
): Promise<void> => {
  for (const { change, device } of entries) {
    if (!device) continue;
    await tx.query(
      `INSERT INTO review
         (change_id, case_id, author_id, content, signature, device_id, counter, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        change.id,
        change.caseId,
        change.authorId,
        JSON.stringify(change),
        device.signature,
        device.id,
        device.counter,
        receivedAt,
      ],
    );
  }
};
