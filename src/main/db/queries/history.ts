import type { Id } from '#shared/domain/ids.ts';
import type { LoggedChange } from '#shared/protocol/online/history.ts';
import { counterOf, physicalMs } from '#shared/sync/hybrid-time.ts';
import type { CaseNo } from './cases.ts';
import { changeColumns, knownChange, type ChangeRow, type KnownChange } from './changes.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idsToBytes, idToBytes } from '../id-bytes.ts';
import { authorNumber, authorOf, shapeNumber, shapeOf, type Author } from './names.ts';

/**
 * A version as history tells it. `receivedMs` is when the region received it (milliseconds since 1970, UTC);
 * null while this device has not been told: it waits to be sent, or came with a pull a moment ago.
 */
export type KnownVersion = KnownChange & { readonly receivedMs: number | null };

type HistoryRow = ChangeRow & { received_ms: number };

const versionsOfCase = `SELECT ${changeColumns}, received_ms FROM history WHERE case_no = ?`;

const knownVersion = (db: ReadableDb, row: HistoryRow): KnownVersion => ({
  ...knownChange(db, row),
  receivedMs: row.received_ms,
});

/** Adds a version; one that lies here already stays as it is. */
export const addVersion = (
  db: WritableDb,
  caseNo: CaseNo,
  { seq, change, receivedMs }: LoggedChange,
): void => {
  db.run(
    `INSERT INTO history
       (case_no, seq, change_id, record_id, shape_no, author_no, time_ms, time_count, schema,
        received_ms, parents, value)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
    [
      caseNo,
      seq,
      idToBytes(change.id),
      idToBytes(change.recordId),
      shapeNumber(db, change),
      authorNumber(db, change),
      physicalMs(change.time),
      counterOf(change.time),
      change.schema,
      receivedMs,
      idsToBytes(change.parents),
      JSON.stringify(change.value),
    ],
  );
};

/** Versions before a sequence number, the newest first. */
export const versionsBefore = (
  db: ReadableDb,
  caseNo: CaseNo,
  before: number,
  limit: number,
): readonly KnownVersion[] =>
  db
    .all<HistoryRow>(`${versionsOfCase} AND seq < ? ORDER BY seq DESC LIMIT ?`, [
      caseNo,
      before,
      limit,
    ])
    .map((row) => knownVersion(db, row));

export const versionsOfGroup = (
  db: ReadableDb,
  caseNo: CaseNo,
  recordId: Id,
  group: string,
): readonly KnownVersion[] =>
  db
    .all<HistoryRow>(
      `${versionsOfCase} AND record_id = ?
         AND shape_no IN (SELECT shape_no FROM shape WHERE group_name = ?) ORDER BY seq DESC`,
      [caseNo, idToBytes(recordId), group],
    )
    .map((row) => knownVersion(db, row));

export const allVersions = (db: ReadableDb, caseNo: CaseNo): readonly KnownVersion[] =>
  db.all<HistoryRow>(versionsOfCase, [caseNo]).map((row) => knownVersion(db, row));

/** The values of some versions, as JSON text. */
export const valuesOf = (
  db: ReadableDb,
  caseNo: CaseNo,
  ids: readonly Id[],
): ReadonlyMap<Id, string> =>
  new Map(
    db
      .all<{ change_id: Buffer; value: string }>(
        `SELECT change_id, value FROM history WHERE case_no = ?
           AND change_id IN (SELECT unhex(value, '-') FROM json_each(?))`,
        [caseNo, JSON.stringify(ids)],
      )
      .map((row) => [idFromBytes(row.change_id), row.value]),
  );

/**
 * What `change` holds of a client that history does not tell yet: own writing that waits, and what pulls
 * have brought since.
 */
export const versionsBeyondHistory = (db: ReadableDb, caseNo: CaseNo): readonly KnownVersion[] =>
  db
    .all<ChangeRow>(
      `SELECT ${changeColumns} FROM change AS c WHERE case_no = ? AND (seq IS NULL
         OR NOT EXISTS (SELECT 1 FROM history AS h WHERE h.case_no = c.case_no AND h.seq = c.seq))`,
      [caseNo],
    )
    .map((row) => ({ ...knownChange(db, row), receivedMs: null }));

/** Who has written in a client's history, and what kinds of records in which parts. */
export type HistoryFacet = {
  readonly author: Author;
  readonly kind: string;
  readonly compartment: string;
};

export const historyFacets = (db: ReadableDb, caseNo: CaseNo): readonly HistoryFacet[] =>
  db
    .all<{ author_no: number; shape_no: number }>(
      'SELECT DISTINCT author_no, shape_no FROM history WHERE case_no = ?',
      [caseNo],
    )
    .map((row) => {
      const { kind, compartment } = shapeOf(db, row.shape_no);
      return { author: authorOf(db, row.author_no), kind, compartment };
    });
