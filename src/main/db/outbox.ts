import { changeSchema, type Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from './handles.ts';
import { idFromBytes, idToBytes } from './id-bytes.ts';

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

/** The next rows to send, in the order they were made, cut by count and by bytes (SPEC U1). */
export const nextToSend = (
  db: ReadableDb,
  limit: { readonly changes: number; readonly bytes: number },
  after: number,
): readonly OutboxRow[] => {
  const rows = db.all<Row>(
    `SELECT ${columns} FROM outbox WHERE refused IS NULL AND counter > ? ORDER BY counter LIMIT ?`,
    [after, limit.changes],
  );
  let bytes = 0;
  const fits = rows.filter((row, index) => {
    bytes += Buffer.byteLength(row.body) + 200;
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
};

export const noteRefused = (db: WritableDb, changeId: Id, code: string): void => {
  db.run('UPDATE outbox SET refused = ? WHERE change_id = ?', [code, idToBytes(changeId)]);
};

/** Everything but the refused is to be sent again: the region has a new epoch (SPEC L5). */
export const forgetSent = (db: WritableDb): void => {
  db.run(`UPDATE outbox SET sent_at = NULL, refused = NULL WHERE refused IS NULL OR refused = ?`, [
    inReview,
  ]);
};

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

/** How much waits, since when, and how much was refused. */
export const outboxSummary = (
  db: ReadableDb,
): { readonly waiting: number; readonly oldest: number | null; readonly refused: number } =>
  db.first(
    `SELECT count(*) FILTER (WHERE refused IS NULL) AS waiting,
       min(made_at) FILTER (WHERE refused IS NULL) AS oldest,
       count(*) FILTER (WHERE refused IS NOT NULL) AS refused
     FROM outbox`,
  ) ?? { waiting: 0, oldest: null, refused: 0 };
