import type { Id } from '#shared/domain/ids.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idToBytes } from '../id-bytes.ts';

/**
 * Own work that a reviewer decides about, without its content: the client is no longer this person's, and
 * the text stays with the region.
 */
export type ReviewedChange = {
  readonly changeId: Id;
  readonly state: 'review' | 'accepted' | 'returned';
  /** Milliseconds since 1970, UTC. */
  readonly takenMs: number;
  readonly decidedMs: number | null;
  readonly reviewerId: Id | null;
  /** What the reviewer tells the author. */
  readonly reason: string;
};

type Row = {
  change_id: Buffer;
  state: ReviewedChange['state'];
  taken_ms: number;
  decided_ms: number | null;
  reviewer_id: Buffer | null;
  reason: string;
};

export const readReviewed = (db: ReadableDb): readonly ReviewedChange[] =>
  db
    .all<Row>(
      `SELECT change_id, state, taken_ms, decided_ms, reviewer_id, reason FROM reviewed_change
       ORDER BY coalesce(decided_ms, taken_ms) DESC, change_id`,
    )
    .map((row) => ({
      changeId: idFromBytes(row.change_id),
      state: row.state,
      takenMs: row.taken_ms,
      decidedMs: row.decided_ms,
      reviewerId: row.reviewer_id === null ? null : idFromBytes(row.reviewer_id),
      reason: row.reason,
    }));

/**
 * Notes that the region has it for review. One that was decided about before waits again: a region that was
 * restored from a copy has lost the decision.
 */
export const noteTakenForReview = (db: WritableDb, changeId: Id, takenMs: number): void => {
  db.run(
    `INSERT INTO reviewed_change (change_id, state, taken_ms) VALUES (?, 'review', ?)
     ON CONFLICT DO UPDATE SET state = 'review', taken_ms = excluded.taken_ms, decided_ms = NULL,
       reviewer_id = NULL, reason = ''`,
    [idToBytes(changeId), takenMs],
  );
};

export type ReviewDecision = Pick<
  ReviewedChange,
  'changeId' | 'takenMs' | 'reviewerId' | 'reason'
> & {
  readonly state: 'accepted' | 'returned';
  readonly decidedMs: number;
};

export const noteDecided = (db: WritableDb, decision: ReviewDecision): void => {
  db.run(
    `INSERT INTO reviewed_change (change_id, state, taken_ms, decided_ms, reviewer_id, reason)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state, decided_ms = excluded.decided_ms,
       reviewer_id = excluded.reviewer_id, reason = excluded.reason`,
    [
      idToBytes(decision.changeId),
      decision.state,
      decision.takenMs,
      decision.decidedMs,
      decision.reviewerId === null ? null : idToBytes(decision.reviewerId),
      decision.reason,
    ],
  );
};

export const isInReview = (db: ReadableDb, changeId: Id): boolean =>
  db.value<number>("SELECT 1 FROM reviewed_change WHERE change_id = ? AND state = 'review'", [
    idToBytes(changeId),
  ]) === 1;

/** Those that nobody has decided about yet, the earliest first: asked for at every pull. */
export const awaitingDecision = (db: ReadableDb, limit: number): readonly Id[] =>
  db
    .all<{ change_id: Buffer }>(
      "SELECT change_id FROM reviewed_change WHERE state = 'review' ORDER BY taken_ms LIMIT ?",
      [limit],
    )
    .map((row) => idFromBytes(row.change_id));

/** The author has read what became of it. One that waits for its decision stays. */
export const dismissReviewed = (db: WritableDb, changeId: Id): void => {
  db.run("DELETE FROM reviewed_change WHERE change_id = ? AND state <> 'review'", [
    idToBytes(changeId),
  ]);
};

export const countReviewed = (db: ReadableDb): number =>
  db.value<number>('SELECT count(*) FROM reviewed_change') ?? 0;
