import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from './handles.ts';
import { idFromBytes, idsFromBytes, idsToBytes, idToBytes } from './id-bytes.ts';
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
  /** The region's sequence number, or null until the region has it. */
  readonly seq: number | null;
};

type ChangeRow = {
  record_id: Buffer;
  shape_no: number;
  change_id: Buffer;
  value: string;
  parents: Buffer | null;
  author_no: number;
  time_ms: number;
  time_count: number;
  seq: number | null;
};

const columns =
  'record_id, shape_no, change_id, value, parents, author_no, time_ms, time_count, seq';
const changesOfCase = `SELECT ${columns} FROM change WHERE case_no = ?`;
const changesOfRecord = `${changesOfCase} AND record_id = ?`;
const changesOfGroup = `${changesOfRecord} AND shape_no = ?`;

const knownChange = (db: ReadableDb, row: ChangeRow): KnownChange => ({
  id: idFromBytes(row.change_id),
  recordId: idFromBytes(row.record_id),
  shape: shapeOf(db, row.shape_no),
  parents: idsFromBytes(row.parents),
  valueText: row.value,
  author: authorOf(db, row.author_no),
  timeMs: row.time_ms,
  timeCount: row.time_count,
  seq: row.seq,
});

export const readCase = (db: ReadableDb, caseNo: CaseNo): readonly KnownChange[] =>
  db.all<ChangeRow>(changesOfCase, [caseNo]).map((row) => knownChange(db, row));

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
    (case_no, record_id, shape_no, change_id, value, parents, author_no, time_ms, time_count, schema, seq)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`;
const giveSeq = `
  UPDATE change SET seq = ?
  WHERE case_no = ? AND record_id = ? AND shape_no = ? AND change_id = ? AND seq IS NULL`;

/**
 * Adds a change, or gives a change of our own that came back from the region its sequence number.
 * Says whether it is new here.
 */
export const addChange = (
  db: WritableDb,
  caseNo: CaseNo,
  change: Change,
  seq: number | null,
): { readonly added: boolean; readonly shapeNo: number } => {
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
  ]);
  if (changes === 0 && seq !== null) db.run(giveSeq, [seq, caseNo, recordId, shapeNo, changeId]);
  return { added: changes > 0, shapeNo };
};

/** Gives a stored change its sequence number by its receipt. */
export const noteStored = (db: WritableDb, change: Change, caseNo: CaseNo, seq: number): void => {
  db.run(giveSeq, [
    seq,
    caseNo,
    idToBytes(change.recordId),
    shapeNumber(db, change),
    idToBytes(change.id),
  ]);
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

/** Takes a change of our own back that the region refused: its words live on in the outbox. */
export const withdrawChange = (db: WritableDb, change: Change, caseNo: CaseNo): void => {
  db.run(
    `DELETE FROM change
     WHERE case_no = ? AND record_id = ? AND shape_no = ? AND change_id = ? AND seq IS NULL`,
    [caseNo, idToBytes(change.recordId), shapeNumber(db, change), idToBytes(change.id)],
  );
};

type StoredRow = ChangeRow & { case_no: number; case_id: Buffer; schema: number };

/** A person's own changes that the region had stored, in its order, whole again. */
export const ownStoredChanges = (
  db: ReadableDb,
  personId: Id,
): readonly { readonly caseNo: CaseNo; readonly change: Change }[] =>
  db
    .all<StoredRow>(
      `SELECT c.case_no, k.case_id, c.schema, c.record_id, c.shape_no, c.change_id,
         c.value, c.parents, c.author_no, c.time_ms, c.time_count, c.seq
       FROM change c
       JOIN client_case k ON k.case_no = c.case_no
       JOIN author a ON a.author_no = c.author_no
       WHERE a.person_id = ? AND c.seq IS NOT NULL
       ORDER BY c.seq`,
      [idToBytes(personId)],
    )
    .map((row) => ({ caseNo: row.case_no, change: wholeChange(db, row) }));

const wholeChange = (db: ReadableDb, row: StoredRow): Change => {
  const known = knownChange(db, row);
  return {
    id: known.id,
    recordId: known.recordId,
    kind: known.shape.kind,
    caseId: idFromBytes(row.case_id),
    compartment: known.shape.compartment,
    group: known.shape.group,
    value: JSON.parse(known.valueText) as Change['value'],
    parents: [...known.parents],
    authorId: known.author.personId,
    profession: known.author.profession,
    taskClass: known.author.taskClass,
    time: writeHybridTime(known.timeMs, known.timeCount),
    schema: row.schema,
  };
};
