import type { Id } from '#shared/domain/ids.ts';
import type { CaseNo } from './cases.ts';
import { filedWords, joinedWords } from './client-words.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idToBytes } from '../id-bytes.ts';

/** What the list of clients shows and sorts by: derived from the changes of each client. */
export type ClientIndexRow = {
  readonly sortName: string;
  readonly familyName: string;
  readonly givenNames: string;
  readonly personalIdentityCode: string | null;
  readonly birthDate: string | null;
  readonly unitId: Id | null;
  readonly custodianId: Id | null;
  readonly reviewDate: string | null;
  readonly track: string | null;
  readonly restraint: boolean;
};

/** Writes a client's row and the folded words by which it is found. */
export const writeClientIndex = (
  db: WritableDb,
  caseNo: CaseNo,
  row: ClientIndexRow,
  words: readonly string[],
): void => {
  const before = readFiled(db, caseNo);
  const after = { sortName: row.sortName, words: joinedWords(words) };
  db.run(
    `INSERT INTO client_index
       (case_no, sort_name, family_name, given_names, personal_identity_code, birth_date, unit_id,
        custodian_id, review_date, track, restraint, words)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (case_no) DO UPDATE SET
       sort_name = excluded.sort_name, family_name = excluded.family_name,
       given_names = excluded.given_names,
       personal_identity_code = excluded.personal_identity_code,
       birth_date = excluded.birth_date, unit_id = excluded.unit_id,
       custodian_id = excluded.custodian_id, review_date = excluded.review_date,
       track = excluded.track, restraint = excluded.restraint, words = excluded.words`,
    [
      caseNo,
      row.sortName,
      row.familyName,
      row.givenNames,
      row.personalIdentityCode,
      row.birthDate,
      row.unitId === null ? null : idToBytes(row.unitId),
      row.custodianId === null ? null : idToBytes(row.custodianId),
      row.reviewDate,
      row.track,
      row.restraint ? 1 : 0,
      after.words,
    ],
  );
  if (before?.sortName === after.sortName && before.words === after.words) return;
  if (before) eraseWords(db, caseNo, before);
  for (const word of filedWords(words)) {
    db.run('INSERT INTO client_word (word, sort_name, case_no) VALUES (?, ?, ?)', [
      word,
      row.sortName,
      caseNo,
    ]);
  }
};

type Filed = { readonly sortName: string; readonly words: string };

const readFiled = (db: WritableDb, caseNo: CaseNo): Filed | undefined =>
  db.first('SELECT sort_name AS "sortName", words FROM client_index WHERE case_no = ?', [caseNo]);

const eraseWords = (db: WritableDb, caseNo: CaseNo, before: Filed): void => {
  for (const word of filedWords(before.words.split(' ').filter((each) => each !== ''))) {
    db.run('DELETE FROM client_word WHERE word = ? AND sort_name = ? AND case_no = ?', [
      word,
      before.sortName,
      caseNo,
    ]);
  }
};

export const eraseClientIndex = (db: WritableDb, caseNo: CaseNo): void => {
  const before = readFiled(db, caseNo);
  if (!before) return;
  eraseWords(db, caseNo, before);
  db.run('DELETE FROM client_index WHERE case_no = ?', [caseNo]);
};

export const clientName = (
  db: ReadableDb,
  caseNo: CaseNo,
): { readonly familyName: string; readonly givenNames: string } | undefined =>
  db.first(
    'SELECT family_name AS familyName, given_names AS givenNames FROM client_index WHERE case_no = ?',
    [caseNo],
  );
