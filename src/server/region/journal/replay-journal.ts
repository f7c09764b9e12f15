import { z } from 'zod';
import { changeSchema, type Change } from '#shared/domain/change.ts';
import { idSchema, newId, type Id, type RandomBytes } from '#shared/domain/ids.ts';
import type { Transaction } from '../../db/pool.ts';
import { keepForReview } from '../reviews/keep-for-review.ts';
import { storeReviewed } from '../syncing/accept-reviewed.ts';
import type { LogEntry } from '../syncing/log-entry.ts';
import { claimReceipts } from '../syncing/receipts.ts';
import { storeChanges } from '../syncing/store-changes.ts';
import type { Journal, JournalTail } from './journal-file.ts';
import type { JournalState } from './journal-state.ts';
import { bringBackRow, isJournaledTable } from './journaled-tables.ts';
import { asLogEntry } from './note-rights-changes.ts';
import { readSealedReview, sealedReviewKind } from './sealed-reviews.ts';

/** What was done at a restore, in numbers alone. */
export type Replayed = {
  readonly entries: number;
  readonly changes: number;
  /** Changes that the copy did not have. */
  readonly broughtBack: number;
  readonly sessionsEnded: number;
  /** Entries that could not be brought back: their lines, or those they build on, are damaged or cut off. */
  readonly missing: number;
};

export type ReplayParts = {
  readonly now: Date;
  readonly random: RandomBytes;
};

const journaledChange = z.object({
  change: changeSchema,
  device: z.object({ id: idSchema, counter: z.int(), signature: z.string() }).nullable(),
});

const decidedReview = z.object({
  change_id: idSchema,
  decided_at: z.string(),
  decided_by: idSchema,
  decision: z.enum(['accepted', 'returned']),
});

const foreignKeyViolation = '23503';

/** Changes stored at a time. */
const mostChanges = 500;

/**
 * Brings a database that was restored from a copy to the rights that held when the journal ends, and gives
 * the region its new epoch; all in the caller's transaction, so that a crash leaves the copy as it was
 * (SPEC E1, E3, E4). Nothing that is brought back goes on its way into the journal again.
 */
export const replayJournal = async (
  tx: Transaction,
  journal: Journal,
  tail: JournalTail,
  state: JournalState,
  parts: ReplayParts,
): Promise<Replayed> => {
  await tx.query(`SELECT set_config('punos.replaying', 'on', true)`);
  const known: Id[] = [];
  let waiting: LogEntry[] = [];
  let changes = 0;
  let broughtBack = 0;
  let orphans = 0;
  const store = async (): Promise<void> => {
    broughtBack += await storeMissing(tx, waiting, parts.now);
    waiting = [];
  };
  for await (const { id, kind, value } of journal.after(state.writtenNo)) {
    known.push(id);
    if (kind === 'change') {
      changes += 1;
      waiting.push(asLogEntry(journaledChange.parse(value)));
      if (waiting.length === mostChanges) await store();
    } else if (kind === 'review') {
      await store();
      await decideAgain(tx, decidedReview.parse(value));
    } else if (kind === sealedReviewKind) {
      await store();
      if (!(await couldTakeInAgain(tx, value))) orphans += 1;
    } else if (isJournaledTable(kind)) {
      if (!(await couldBringBack(tx, kind, value))) orphans += 1;
    } else throw new Error(`The journal of rights has entries of a kind unknown here: ${kind}.`);
  }
  await store();
  await forgetKnown(tx, known);
  const sessionsEnded = await endAllSessions(tx, parts.now);
  await beginEpoch(tx, tail, state, newId(parts.now.getTime(), parts.random));
  return {
    entries: known.length,
    changes,
    broughtBack,
    sessionsEnded,
    missing: Math.max(tail.no - state.writtenNo, 0) - known.length + orphans,
  };
};

/** False for a row that names one which a damaged line should have brought. */
const couldBringBack = async (
  tx: Transaction,
  kind: string,
  row: Readonly<Record<string, unknown>>,
): Promise<boolean> => {
  await tx.query('SAVEPOINT row');
  try {
    await bringBackRow(tx, kind, row);
    await tx.query('RELEASE SAVEPOINT row');
    return true;
  } catch (error) {
    if ((error as { readonly code?: string }).code !== foreignKeyViolation) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT row');
    return false;
  }
};

/** @returns how many of them the copy did not have */
const storeMissing = async (
  tx: Transaction,
  entries: readonly LogEntry[],
  now: Date,
): Promise<number> => {
  if (entries.length === 0) return 0;
  const ids = entries.map(({ change }) => change.id);
  const known = await tx.query<{ id: Id }>(
    'SELECT change_id AS id FROM change_receipt WHERE change_id = ANY($1::uuid[])',
    [ids],
  );
  await storeChanges(tx, entries, now);
  return new Set(ids).size - known.length;
};

/**
 * Takes work in for review as it was taken in. What the copy or a device has told of already stays as it is.
 * False for what this database has no key for.
 */
const couldTakeInAgain = async (
  tx: Transaction,
  value: Readonly<Record<string, unknown>>,
): Promise<boolean> => {
  const work = await readSealedReview(tx, value);
  if (!work) return false;
  const { entry, receivedAt } = work;
  const { fresh } = await claimReceipts(tx, [{ entry, verdict: 'review' }], receivedAt);
  await keepForReview(tx, fresh, receivedAt);
  return true;
};

/**
 * Decides a review as it was decided. One that could not be brought back is not waiting here either: if its
 * author's device still holds the words, it sends them again. The reviewer's words stay out of the journal.
 */
const decideAgain = async (
  tx: Transaction,
  decided: z.infer<typeof decidedReview>,
): Promise<void> => {
  const [row] = await tx.query<{
    content: Change;
    deviceId: Id;
    counter: number;
    signature: Buffer;
  }>(
    `UPDATE review SET decided_at = $2, decided_by = $3, decision = $4
     WHERE change_id = $1 AND decided_at IS NULL
     RETURNING content, device_id AS "deviceId", counter, signature`,
    [decided.change_id, decided.decided_at, decided.decided_by, decided.decision],
  );
  if (!row || decided.decision === 'returned') return;
  const { content, deviceId, counter, signature } = row;
  const entry = { change: content, device: { id: deviceId, counter, signature } };
  await storeReviewed(tx, entry, new Date(decided.decided_at));
};

/**
 * What waited in the copy and was written after it was made stands in the journal already; written again it
 * would come after what followed it. The rest was never written, and gets a new number.
 */
const forgetKnown = async (tx: Transaction, known: readonly Id[]): Promise<void> => {
  await tx.query('DELETE FROM rights_entry WHERE id = ANY($1::uuid[])', [known]);
  await tx.query('UPDATE rights_entry SET no = NULL');
};

/**
 * All of them: tokens that were renewed or taken back after the copy would be good again, and those of
 * devices that renewed since are unknown to it anyway.
 */
const endAllSessions = async (tx: Transaction, now: Date): Promise<number> => {
  const ended = await tx.query(
    'UPDATE session SET ended_at = $1 WHERE ended_at IS NULL RETURNING 1 AS one',
    [now],
  );
  return ended.length;
};

const beginEpoch = async (
  tx: Transaction,
  tail: JournalTail,
  state: JournalState,
  epoch: Id,
): Promise<void> => {
  await tx.query('UPDATE region_state SET epoch = $1', [epoch]);
  await tx.query('UPDATE person SET rights_version = rights_version + 1');
  await tx.query('UPDATE rights_journal SET epoch_no = $1, last_no = $2, written_no = $2', [
    Math.max(tail.mark.epochNo, state.epochNo) + 1,
    Math.max(tail.no, state.writtenNo),
  ]);
};
