import type { Id } from '#shared/domain/ids.ts';
import type { Answer, Question } from '#shared/domain/requests/standing.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idToBytes } from '../id-bytes.ts';

/** Rows that the work list is read from: each says what one record comes to for this person. */
export type RequestRow = {
  readonly compartment: string;
  readonly question: Question;
  readonly askerId: Id;
  readonly askedMs: number;
  readonly isOpen: boolean;
  readonly answer:
    | (Answer & { readonly by: Id; readonly changeId: Id; readonly ms: number })
    | null;
};

export type HandOverRow = {
  readonly compartment: string;
  readonly authorId: Id;
  readonly changeId: Id;
  readonly writtenMs: number;
  readonly text: string;
};

const bytesOf = (id: Id | null | undefined): Uint8Array | null =>
  id === null || id === undefined ? null : idToBytes(id);

export const putRequest = (
  db: WritableDb,
  caseNo: CaseNo,
  recordId: Id,
  { compartment, question, askerId, askedMs, isOpen, answer }: RequestRow,
): void => {
  db.run(
    `INSERT OR REPLACE INTO work_request
       (case_no, record_id, compartment, kind, place_id, text, due, asker_id, asked_ms, person_id,
        profession, state, open, answer_text, answerer_id, answer_id, answered_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      caseNo,
      idToBytes(recordId),
      compartment,
      question.kind,
      idToBytes(question.recordId),
      question.text,
      question.due,
      idToBytes(askerId),
      askedMs,
      bytesOf(question.personId),
      question.profession,
      answer?.state ?? 'open',
      isOpen ? 1 : 0,
      answer?.text ?? '',
      bytesOf(answer?.by),
      bytesOf(answer?.changeId),
      answer?.ms ?? null,
    ],
  );
};

export const putHandOver = (
  db: WritableDb,
  caseNo: CaseNo,
  recordId: Id,
  row: HandOverRow,
): void => {
  db.run(
    `INSERT OR REPLACE INTO work_hand_over
       (case_no, record_id, compartment, author_id, change_id, written_ms, text)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      caseNo,
      idToBytes(recordId),
      row.compartment,
      idToBytes(row.authorId),
      idToBytes(row.changeId),
      row.writtenMs,
      row.text,
    ],
  );
};

export const putOwnAcknowledgment = (
  db: WritableDb,
  caseNo: CaseNo,
  recordId: Id,
  about: { readonly recordId: Id; readonly changeId: Id },
): void => {
  db.run(
    `INSERT OR REPLACE INTO own_acknowledgment (case_no, record_id, about_id, change_id)
     VALUES (?, ?, ?, ?)`,
    [caseNo, idToBytes(recordId), idToBytes(about.recordId), idToBytes(about.changeId)],
  );
};

export const putOwnPlace = (
  db: WritableDb,
  caseNo: CaseNo,
  recordId: Id,
  span: { readonly validFrom: string; readonly validTo: string | null },
): void => {
  db.run(
    'INSERT OR REPLACE INTO own_place (case_no, record_id, valid_from, valid_to) VALUES (?, ?, ?, ?)',
    [caseNo, idToBytes(recordId), span.validFrom, span.validTo],
  );
};

const ofRecord = ['work_request', 'work_hand_over', 'own_acknowledgment', 'own_place'] as const;

export const eraseWorkOfRecord = (db: WritableDb, caseNo: CaseNo, recordId: Id): void => {
  for (const table of ofRecord) {
    db.run(`DELETE FROM ${table} WHERE case_no = ? AND record_id = ?`, [
      caseNo,
      idToBytes(recordId),
    ]);
  }
};

/** What is derived of a client, to be worked out anew. */
export const eraseWorkOfRecords = (db: WritableDb, caseNo: CaseNo): void => {
  for (const table of ofRecord) db.run(`DELETE FROM ${table} WHERE case_no = ?`, [caseNo]);
};

export const eraseWork = (db: WritableDb, caseNo: CaseNo): void => {
  eraseWorkOfRecords(db, caseNo);
  forgetPendingWork(db, caseNo);
};

export const pendingWork = (db: ReadableDb, limit: number): readonly CaseNo[] =>
  db
    .all<{ case_no: number }>('SELECT case_no FROM work_pending ORDER BY case_no LIMIT ?', [limit])
    .map((row) => row.case_no);

export const forgetPendingWork = (db: WritableDb, caseNo: CaseNo): void => {
  db.run('DELETE FROM work_pending WHERE case_no = ?', [caseNo]);
};
