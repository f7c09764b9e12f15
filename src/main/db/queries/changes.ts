import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { findCase, type CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idsFromBytes, idsToBytes, idToBytes } from '../id-bytes.ts';
import { authorNumber, authorOf, shapeNumber, shapeOf, type Author, type Shape } from './names.ts';

/** A change as it lies in the case file; the value is still JSON text, for it is seldom needed. */
export type KnownChange = {
  readonly id: Id;
  readonly recordId: Id;
  readonly shape: Shape;
  readonly parents: readonly Id[];
  readonly valueText: string;
  readonly author: Author;
  /** The hybrid time's milliseconds and counter. */
  readonly timeMs: number;
  readonly timeCount: number;
  readonly schema: number;
  /** The region's sequence number, or null until the region has it. */
  readonly seq: number | null;
};

export type ChangeRow = {
  record_id: Buffer;
  shape_no: number;
  change_id: Buffer;
  value: string;
  parents: Buffer | null;
  author_no: number;
  time_ms: number;
  time_count: number;
  schema: number;
  seq: number | null;
};

/** What a change is read by, wherever its columns stand. */
export const changeColumns =
  'record_id, shape_no, change_id, value, parents, author_no, time_ms, time_count, schema, seq';
const changesOfCase = `SELECT ${changeColumns} FROM change WHERE case_no = ?`;
const changesOfRecord = `${changesOfCase} AND record_id = ?`;
const changesOfGroup = `${changesOfRecord} AND shape_no = ?`;

export const knownChange = (db: ReadableDb, row: ChangeRow): KnownChange => ({
  id: idFromBytes(row.change_id),
  recordId: idFromBytes(row.record_id),
  shape: shapeOf(db, row.shape_no),
  parents: idsFromBytes(row.parents),
  valueText: row.value,
  author: authorOf(db, row.author_no),
  timeMs: row.time_ms,
  timeCount: row.time_count,
  schema: row.schema,
  seq: row.seq,
});

export const readCase = (db: ReadableDb, caseNo: CaseNo): readonly KnownChange[] =>
  db.all<ChangeRow>(changesOfCase, [caseNo]).map((row) => knownChange(db, row));

/** A client's records of one kind only. */
export const readKind = (db: ReadableDb, caseNo: CaseNo, kind: string): readonly KnownChange[] =>
  db
    .all<ChangeRow>(
      `${changesOfCase} AND shape_no IN (SELECT shape_no FROM shape WHERE kind = ?)`,
      [caseNo, kind],
    )
    .map((row) => knownChange(db, row));

export const readRecord = (db: ReadableDb, caseNo: CaseNo, recordId: Id): readonly KnownChange[] =>
  db
    .all<ChangeRow>(changesOfRecord, [caseNo, idToBytes(recordId)])
    .map((row) => knownChange(db, row));

export const readGroup = (
  db: ReadableDb,
  caseNo: CaseNo,
  recordId: Id,
  shapeNo: number,
): readonly KnownChange[] =>
  db
    .all<ChangeRow>(changesOfGroup, [caseNo, idToBytes(recordId), shapeNo])
    .map((row) => knownChange(db, row));

const insert = `
  INSERT INTO change
    (case_no, record_id, shape_no, change_id, value, parents, author_no, time_ms, time_count, schema,
     seq, delivered)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`;
const noteDelivered = `
  UPDATE change SET seq = ?, delivered = 1
  WHERE case_no = ? AND record_id = ? AND shape_no = ? AND change_id = ? AND delivered = 0`;
const noteSeq = `
  UPDATE change SET seq = ?
  WHERE case_no = ? AND record_id = ? AND shape_no = ? AND change_id = ?`;

/**
 * Adds a change; one of our own that a pull brings back is noted as delivered. `seq` is null for a change
 * written here. Says whether it is new here.
 */
export const addChange = (
  db: WritableDb,
  caseNo: CaseNo,
  change: Change,
  seq: number | null,
): { readonly added: boolean } => {
  const recordId = idToBytes(change.recordId);
  const changeId = idToBytes(change.id);
  const shapeNo = shapeNumber(db, change);
  const { changes } = db.run(insert, [
    caseNo,
    recordId,
    shapeNo,
    changeId,
    JSON.stringify(change.value),
    idsToBytes(change.parents),
    authorNumber(db, change),
    Number.parseInt(change.time.slice(0, 12), 16),
    Number.parseInt(change.time.slice(13), 16),
    change.schema,
    seq,
    seq === null ? 0 : 1,
  ]);
  if (changes === 0 && seq !== null) {
    db.run(noteDelivered, [seq, caseNo, recordId, shapeNo, changeId]);
  }
  return { added: changes > 0 };
};

/** What a known change descends from, beyond what it names itself (SPEC N2). */
export const setParents = (
  db: WritableDb,
  caseNo: CaseNo,
  change: KnownChange,
  parents: readonly Id[],
): void => {
  db.run(
    `UPDATE change SET parents = ?
     WHERE case_no = ? AND record_id = ? AND shape_no = ? AND change_id = ?`,
    [
      idsToBytes(parents),
      caseNo,
      idToBytes(change.recordId),
      shapeNumber(db, change.shape),
      idToBytes(change.id),
    ],
  );
};

/** Gives a change of our own its sequence number by its receipt. */
export const noteStored = (db: WritableDb, change: Change, caseNo: CaseNo, seq: number): void => {
  db.run(noteSeq, [
    seq,
    caseNo,
    idToBytes(change.recordId),
    shapeNumber(db, change),
    idToBytes(change.id),
  ]);
};

export type OwnPlace = {
  readonly caseNo: CaseNo;
  readonly recordId: Id;
  readonly kind: string;
  readonly group: string;
};

/**
 * Drops own changes that the deliveries account for (SPEC D6): stored at a number that the log has been
 * given past, in a scope that has entered, and yet not delivered, because what was delivered has
 * replaced them. Answers where they were.
 */
export const dropAccountedFor = (db: WritableDb, through: number): readonly OwnPlace[] => {
  const rows = db.all<{ case_no: number; record_id: Buffer; shape_no: number; change_id: Buffer }>(
    `SELECT c.case_no, c.record_id, c.shape_no, c.change_id
     FROM change c INDEXED BY change_own
     JOIN shape s ON s.shape_no = c.shape_no
     JOIN scope o ON o.case_no = c.case_no AND o.compartment = s.compartment AND o.entered = 1
     WHERE c.delivered = 0 AND c.seq IS NOT NULL AND c.seq <= ?`,
    [through],
  );
  return rows.map((row) => {
    db.run(
      'DELETE FROM change WHERE case_no = ? AND record_id = ? AND shape_no = ? AND change_id = ?',
      [row.case_no, row.record_id, row.shape_no, row.change_id],
    );
    const { kind, group } = shapeOf(db, row.shape_no);
    return { caseNo: row.case_no, recordId: idFromBytes(row.record_id), kind, group };
  });
};

/** Erases one client's part in one compartment. */
export const eraseChanges = (db: WritableDb, caseNo: CaseNo, compartment: string): void => {
  db.run(
    `DELETE FROM change WHERE case_no = ?
       AND shape_no IN (SELECT shape_no FROM shape WHERE compartment = ?)`,
    [caseNo, compartment],
  );
};

export const caseIsEmpty = (db: ReadableDb, caseNo: CaseNo): boolean =>
  db.value<number>('SELECT 1 FROM change WHERE case_no = ? LIMIT 1', [caseNo]) === undefined;

/** How many records lie here, counted no further than `most`. */
export const countRecords = (db: ReadableDb, most: number): number =>
  db.value<number>(
    'SELECT count(*) FROM (SELECT DISTINCT case_no, record_id FROM change LIMIT ?)',
    [most],
  ) ?? 0;

/** How many records lie here of one client's part in one compartment. */
export const countRecordsOf = (db: ReadableDb, caseNo: CaseNo, compartment: string): number =>
  db.value<number>(
    `SELECT count(DISTINCT record_id) FROM change WHERE case_no = ?
       AND shape_no IN (SELECT shape_no FROM shape WHERE compartment = ?)`,
    [caseNo, compartment],
  ) ?? 0;

/** A client of whom something is shown here; one whose unsent changes alone are left is not. */
export const findHeldCase = (db: ReadableDb, caseId: Id): CaseNo | undefined => {
  const caseNo = findCase(db, caseId);
  return caseNo === undefined || caseIsEmpty(db, caseNo) ? undefined : caseNo;
};

/** Takes a change of our own back that counts for nothing (SPEC D7): its words live on in the outbox. */
export const withdrawChange = (db: WritableDb, change: Change, caseNo: CaseNo): void => {
  db.run(
    `DELETE FROM change
     WHERE case_no = ? AND record_id = ? AND shape_no = ? AND change_id = ? AND delivered = 0`,
    [caseNo, idToBytes(change.recordId), shapeNumber(db, change), idToBytes(change.id)],
  );
};

export const eraseAllChanges = (db: WritableDb, caseNo: CaseNo): void => {
  db.run('DELETE FROM change WHERE case_no = ?', [caseNo]);
};

export type ClosedIdentity = { readonly caseId: Id; readonly valueText: string };

/** The identities, in any version, of clients whose joint plan lies here and was closed by the clock. */
export const closedIdentities = (db: ReadableDb): readonly ClosedIdentity[] =>
  db
    .all<{ case_id: Buffer; value: string }>(
      `SELECT k.case_id, c.value FROM scope o
       JOIN client_case k ON k.case_no = o.case_no
       JOIN shape s ON s.compartment = o.compartment AND s.kind = 'client'
         AND s.group_name = 'identity'
       JOIN change c ON c.case_no = o.case_no AND c.record_id = k.case_id
         AND c.shape_no = s.shape_no
       WHERE o.closed = 1 AND o.grant_value IS NOT NULL
       ORDER BY c.time_ms DESC`,
    )
    .map((row) => ({ caseId: idFromBytes(row.case_id), valueText: row.value }));
