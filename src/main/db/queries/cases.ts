import type { Id } from '#shared/domain/ids.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idToBytes } from '../id-bytes.ts';

/** The case file's own short number of a client. It means nothing outside the file. */
export type CaseNo = number;

export const findCase = (db: ReadableDb, caseId: Id): CaseNo | undefined =>
  db.value<number>('SELECT case_no FROM client_case WHERE case_id = ?', [idToBytes(caseId)]);

/** The client's number, given now if it had none. */
export const ensureCase = (
  db: WritableDb,
  caseId: Id,
): { readonly caseNo: CaseNo; readonly isNew: boolean } => {
  const found = findCase(db, caseId);
  if (found !== undefined) return { caseNo: found, isNew: false };
  const made = db.run('INSERT INTO client_case (case_id) VALUES (?)', [idToBytes(caseId)]);
  return { caseNo: Number(made.lastInsertRowid), isNew: true };
};

export const findCaseId = (db: ReadableDb, caseNo: CaseNo): Id | undefined => {
  const bytes = db.value<Buffer>('SELECT case_id FROM client_case WHERE case_no = ?', [caseNo]);
  return bytes && idFromBytes(bytes);
};

export const caseIdOf = (db: ReadableDb, caseNo: CaseNo): Id => {
  const caseId = findCaseId(db, caseNo);
  if (caseId === undefined) throw new Error(`Case file has no case ${caseNo}`);
  return caseId;
};

/** Forgets a client of whom nothing is left here but, perhaps, unsent words, which keep the number. */
export const forgetCase = (db: WritableDb, caseNo: CaseNo): void => {
  db.run(
    `DELETE FROM client_case
     WHERE case_no = ? AND NOT EXISTS (SELECT 1 FROM outbox WHERE case_no = client_case.case_no)
       AND NOT EXISTS (SELECT 1 FROM draft WHERE case_no = client_case.case_no)`,
    [caseNo],
  );
};

/** Every client of whom this file has something, by id. */
export const allCaseIds = (db: ReadableDb): readonly Id[] =>
  db
    .all<{ case_id: Buffer }>('SELECT case_id FROM client_case')
    .map((row) => idFromBytes(row.case_id));

export const allCases = (db: ReadableDb): readonly CaseNo[] =>
  db.all<{ case_no: number }>('SELECT case_no FROM client_case').map((row) => row.case_no);
