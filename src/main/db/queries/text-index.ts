import type { Id } from '#shared/domain/ids.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idToBytes } from '../id-bytes.ts';

/** A text that people search in: one prose or title of one group. */
export type IndexedText = {
  readonly recordId: Id;
  readonly kind: string;
  readonly group: string;
  readonly body: string;
};

/** Marks a client's texts as changed; the index is built behind the usable screen. */
export const markTextPending = (db: WritableDb, caseNo: CaseNo): void => {
  db.run('INSERT INTO text_pending (case_no) VALUES (?) ON CONFLICT DO NOTHING', [caseNo]);
};

export const pendingTextCases = (db: ReadableDb, limit: number): readonly CaseNo[] =>
  db
    .all<{ case_no: number }>('SELECT case_no FROM text_pending ORDER BY case_no LIMIT ?', [limit])
    .map((row) => row.case_no);

type IndexedRow = { readonly text_no: number; readonly body: string };

// Row by row: a statement of many rows makes the index write out what it has gathered so far, even when
// it meets no row at all.
const eraseRows = (db: WritableDb, rows: readonly IndexedRow[]): void => {
  for (const { text_no: textNo, body } of rows) {
    db.run("INSERT INTO text_index (text_index, rowid, body) VALUES ('delete', ?, ?)", [
      textNo,
      body,
    ]);
    db.run('DELETE FROM text_row WHERE text_no = ?', [textNo]);
  }
};

export const eraseTexts = (db: WritableDb, caseNo: CaseNo): void => {
  eraseRows(db, db.all('SELECT text_no, body FROM text_row WHERE case_no = ?', [caseNo]));
  db.run('DELETE FROM text_pending WHERE case_no = ?', [caseNo]);
};

/** Erases the texts of records that are no longer here. */
export const eraseTextsOfGone = (db: WritableDb, caseNo: CaseNo): void => {
  eraseRows(
    db,
    db.all(
      `SELECT text_no, body FROM text_row t WHERE case_no = ? AND NOT EXISTS (
         SELECT 1 FROM change WHERE case_no = t.case_no AND record_id = t.record_id)`,
      [caseNo],
    ),
  );
};

const placeOf = (recordId: Id, group: string): string => `${recordId} ${group}`;

/** Makes these a client's texts. What stands in the index already is let be: an edit writes its own words only. */
export const replaceTexts = (
  db: WritableDb,
  caseNo: CaseNo,
  texts: readonly IndexedText[],
): void => {
  const standing = new Map(
    db
      .all<IndexedRow & { readonly record_id: Buffer; readonly group_name: string }>(
        'SELECT text_no, record_id, group_name, body FROM text_row WHERE case_no = ?',
        [caseNo],
      )
      .map((row) => [placeOf(idFromBytes(row.record_id), row.group_name), row]),
  );
  const written: IndexedText[] = [];
  for (const text of texts) {
    const place = placeOf(text.recordId, text.group);
    if (standing.get(place)?.body === text.body) standing.delete(place);
    else written.push(text);
  }
  eraseRows(db, [...standing.values()]);
  for (const text of written) {
    const { lastInsertRowid } = db.run(
      'INSERT INTO text_row (case_no, record_id, kind, group_name, body) VALUES (?, ?, ?, ?, ?)',
      [caseNo, idToBytes(text.recordId), text.kind, text.group, text.body],
    );
    db.run('INSERT INTO text_index (rowid, body) VALUES (?, ?)', [lastInsertRowid, text.body]);
  }
  db.run('DELETE FROM text_pending WHERE case_no = ?', [caseNo]);
};

export type TextHit = Omit<IndexedText, 'body'> & {
  readonly caseNo: CaseNo;
  readonly compartment: string;
  /** The text around the place, the found part between U+2068 and U+2069. */
  readonly excerpt: string;
};

type HitRow = {
  case_no: number;
  record_id: Buffer;
  kind: string;
  group_name: string;
  compartment: string;
  excerpt: string;
};

/** What was typed as one phrase of the full-text language: quotes doubled, so nothing in it is syntax. */
const phrase = (typed: string): string => `"${typed.replaceAll('"', '""')}"`;

/** Where a text is: only what lies in an open part now, whatever the index still holds. */
const openPlace = `
  (SELECT s.compartment FROM change c
   JOIN shape s ON s.shape_no = c.shape_no AND s.group_name = r.group_name
   JOIN scope o ON o.case_no = c.case_no AND o.compartment = s.compartment AND o.closed = 0
   WHERE c.case_no = r.case_no AND c.record_id = r.record_id LIMIT 1)`;

/** Texts that hold every word, as parts of words too. A word needs three characters. */
export const searchTexts = (
  db: ReadableDb,
  words: readonly string[],
  limit: number,
): readonly TextHit[] =>
  db
    .all<HitRow>(
      `SELECT r.case_no, r.record_id, r.kind, r.group_name, ${openPlace} AS compartment,
         snippet(text_index, 0, char(0x2068), char(0x2069), '…', 40) AS excerpt
       FROM text_index JOIN text_row r ON r.text_no = text_index.rowid
       WHERE text_index MATCH ? AND ${openPlace} IS NOT NULL
       LIMIT ?`,
      [words.map(phrase).join(' AND '), limit],
    )
    .map((row) => ({
      caseNo: row.case_no,
      recordId: idFromBytes(row.record_id),
      kind: row.kind,
      group: row.group_name,
      compartment: row.compartment,
      excerpt: row.excerpt,
    }));
