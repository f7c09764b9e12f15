import { changeSchema, type Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idToBytes } from '../id-bytes.ts';

/**
 * Changes whose receipts have not come. A row carries the whole signed change, so that it can be sent
 * even when the client has left this device.
 */
export type OutboxRow = {
  readonly counter: number;
  readonly changeId: Id;
  readonly caseNo: CaseNo;
  readonly change: Change;
  readonly signature: string;
  /** Milliseconds since 1970, UTC. */
  readonly madeAt: number;
  readonly sent: boolean;
  /** Why the region refused it; the row then waits for its author. */
  readonly refused: string | null;
};

/** In the place of a refusal: the region took the change in, and a reviewer decides (SPEC D7). */
export const inReview = 'in-review';

type Row = {
  counter: number;
  change_id: Buffer;
  case_no: number;
  body: string;
  signature: string;
  made_at: number;
  sent_at: number | null;
  refused: string | null;
};

const columns = 'counter, change_id, case_no, body, signature, made_at, sent_at, refused';

const outboxRow = (row: Row): OutboxRow => ({
  counter: row.counter,
  changeId: idFromBytes(row.change_id),
  caseNo: row.case_no,
  change: changeSchema.parse(JSON.parse(row.body)),
  signature: row.signature,
  madeAt: row.made_at,
  sent: row.sent_at !== null,
  refused: row.refused,
});

export const addToOutbox = (
  db: WritableDb,
  row: Pick<OutboxRow, 'counter' | 'caseNo' | 'change' | 'signature' | 'madeAt'>,
): void => {
  db.run(
    `INSERT INTO outbox (counter, change_id, case_no, body, signature, made_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [
      row.counter,
      idToBytes(row.change.id),
      row.caseNo,
      JSON.stringify(row.change),
      row.signature,
      row.madeAt,
    ],
  );
};

/** From the change on over which the server stumbles, a client's outbox waits (SPEC N6). */
const waitsBehind = `EXISTS (
  SELECT 1 FROM set_aside_plan p JOIN outbox culprit ON culprit.change_id = p.change_id
  WHERE p.case_no = outbox.case_no AND culprit.counter <= outbox.counter)`;

/** What signature, counter and punctuation add to a change on the wire. */
const envelopeBytes = 200;

/** The next rows to send, in the order they were made, cut by count and by bytes (SPEC U1). */
export const nextToSend = (
  db: ReadableDb,
  limit: { readonly changes: number; readonly bytes: number },
  after: number,
): readonly OutboxRow[] => {
  const rows = db.all<Row>(
    `SELECT ${columns} FROM outbox
     WHERE refused IS NULL AND counter > ? AND NOT ${waitsBehind} ORDER BY counter LIMIT ?`,
    [after, limit.changes],
  );
  let bytes = 0;
  const fits = rows.filter((row, index) => {
    bytes += Buffer.byteLength(row.body) + envelopeBytes;
    return index === 0 || bytes <= limit.bytes;
  });
  return fits.map(outboxRow);
};

export const noteSent = (db: WritableDb, counters: readonly number[], now: number): void => {
  for (const counter of counters) {
    db.run('UPDATE outbox SET sent_at = ? WHERE counter = ?', [now, counter]);
  }
};

/** Changes sent whose receipts are still to come. */
export const awaitingReceipts = (db: ReadableDb, limit: number): readonly Id[] =>
  db
    .all<{ change_id: Buffer }>(
      `SELECT change_id FROM outbox WHERE sent_at IS NOT NULL AND refused IS NULL
       ORDER BY counter LIMIT ?`,
      [limit],
    )
    .map((row) => idFromBytes(row.change_id));

export const findInOutbox = (db: ReadableDb, changeId: Id): OutboxRow | undefined => {
  const row = db.first<Row>(`SELECT ${columns} FROM outbox WHERE change_id = ?`, [
    idToBytes(changeId),
  ]);
  return row && outboxRow(row);
};

export const removeFromOutbox = (db: WritableDb, changeId: Id): void => {
  db.run('DELETE FROM outbox WHERE change_id = ?', [idToBytes(changeId)]);
  endStumbling(db, changeId);
};

export const noteRefused = (db: WritableDb, changeId: Id, code: string): void => {
  db.run('UPDATE outbox SET refused = ? WHERE change_id = ?', [code, idToBytes(changeId)]);
  endStumbling(db, changeId);
};

/** The region has answered about it: nothing waits behind it any more. */
const endStumbling = (db: WritableDb, changeId: Id): void => {
  db.run('DELETE FROM set_aside_plan WHERE change_id = ?', [idToBytes(changeId)]);
};

/** Changes that a reviewer decides about and that are still shown here: asked for until decided. */
export const shownInReview = (db: ReadableDb, limit: number): readonly Id[] =>
  db
    .all<{ change_id: Buffer }>(
      'SELECT change_id FROM outbox WHERE refused = ? ORDER BY counter LIMIT ?',
      [inReview, limit],
    )
    .map((row) => idFromBytes(row.change_id));

/** Takes those in review of one compartment out: of a client that has left only their ids stay here. */
export const takeOutReviewed = (
  db: WritableDb,
  caseNo: CaseNo,
  compartment: string,
): readonly Id[] =>
  db
    .returning<{ change_id: Buffer }>(
      `DELETE FROM outbox
       WHERE case_no = ? AND refused = ? AND json_extract(body, '$.compartment') = ?
       RETURNING change_id`,
      [caseNo, inReview, compartment],
    )
    .map((row) => idFromBytes(row.change_id));

/** As `takeOutReviewed`, for every part that is not held: after a first complete pull. */
export const takeOutReviewedOfUnheld = (db: WritableDb): readonly Id[] =>
  db
    .returning<{ change_id: Buffer }>(
      `DELETE FROM outbox WHERE refused = ? AND NOT EXISTS (
         SELECT 1 FROM scope WHERE case_no = outbox.case_no
           AND compartment = json_extract(outbox.body, '$.compartment'))
       RETURNING change_id`,
      [inReview],
    )
    .map((row) => idFromBytes(row.change_id));

/** Takes everything but the refused out, to be put back in another order (SPEC L5). */
export const takeOutUnrefused = (db: WritableDb): readonly OutboxRow[] => {
  const rows = db.all<Row>(
    `SELECT ${columns} FROM outbox WHERE refused IS NULL OR refused = ? ORDER BY counter`,
    [inReview],
  );
  db.run('DELETE FROM outbox WHERE refused IS NULL OR refused = ?', [inReview]);
  return rows.map(outboxRow);
};

/** Whether nothing of one's own waits here, neither to be sent nor to be read. */
export const outboxIsEmpty = (db: ReadableDb): boolean =>
  db.value<number>('SELECT 1 FROM outbox LIMIT 1') === undefined;

/** Whether something waits that has not been sent at all, and may be. */
export const hasUnsent = (db: ReadableDb): boolean =>
  db.value<number>(
    `SELECT 1 FROM outbox WHERE sent_at IS NULL AND refused IS NULL AND NOT ${waitsBehind} LIMIT 1`,
  ) === 1;

export const waitingOfCase = (db: ReadableDb, caseNo: CaseNo): ReadonlySet<Id> =>
  new Set(
    db
      .all<{ change_id: Buffer }>('SELECT change_id FROM outbox WHERE case_no = ?', [caseNo])
      .map((row) => idFromBytes(row.change_id)),
  );

export const refusedOfCase = (db: ReadableDb, caseNo: CaseNo): readonly OutboxRow[] =>
  db
    .all<Row>(
      `SELECT ${columns} FROM outbox WHERE case_no = ? AND refused IS NOT NULL ORDER BY counter`,
      [caseNo],
    )
    .map(outboxRow);

export const outboxOfCase = (db: ReadableDb, caseNo: CaseNo): readonly OutboxRow[] =>
  db
    .all<Row>(`SELECT ${columns} FROM outbox WHERE case_no = ? ORDER BY counter`, [caseNo])
    .map(outboxRow);

export const allRefused = (db: ReadableDb): readonly OutboxRow[] =>
  db
    .all<Row>(`SELECT ${columns} FROM outbox WHERE refused IS NOT NULL ORDER BY counter`)
    .map(outboxRow);

export type OutboxSummary = {
  readonly waiting: number;
  readonly oldest: number | null;
  /** Refused or in review: what its author has to read. */
  readonly refused: number;
  /** Of those, what the region does not have at all. */
  readonly notTaken: number;
};

/** How much waits, since when, and how much was not stored. */
export const outboxSummary = (db: ReadableDb): OutboxSummary =>
  db.first(
    `SELECT count(*) FILTER (WHERE refused IS NULL) AS waiting,
       min(made_at) FILTER (WHERE refused IS NULL) AS oldest,
       count(*) FILTER (WHERE refused IS NOT NULL) AS refused,
       count(*) FILTER (WHERE refused IS NOT NULL AND refused <> ?) AS notTaken
     FROM outbox`,
    [inReview],
  ) ?? { waiting: 0, oldest: null, refused: 0, notTaken: 0 };
