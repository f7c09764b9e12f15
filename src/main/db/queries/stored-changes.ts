import { changeSchema, type Change } from '#shared/domain/change.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idToBytes } from '../id-bytes.ts';

/** How long an own change is kept after the region stored it: longer than a region's backups reach back. */
const keptMs = 30 * 24 * 3_600_000;

/** Keeps an own change that the region now has, for the day it is restored from a backup (SPEC D2, L5). */
export const keepStored = (db: WritableDb, caseNo: CaseNo, change: Change, now: number): void => {
  db.run(
    `INSERT INTO stored_change (change_id, case_no, body, stored_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
    [idToBytes(change.id), caseNo, JSON.stringify(change), now],
  );
  db.run('DELETE FROM stored_change WHERE stored_at < ?', [now - keptMs]);
};

export const readStored = (
  db: ReadableDb,
): readonly { readonly caseNo: CaseNo; readonly change: Change }[] =>
  db
    .all<{ case_no: number; body: string }>('SELECT case_no, body FROM stored_change')
    .map((row) => ({
      caseNo: row.case_no,
      change: changeSchema.parse(JSON.parse(row.body)),
    }));

export const eraseStored = (db: WritableDb, caseNo: CaseNo): void => {
  db.run('DELETE FROM stored_change WHERE case_no = ?', [caseNo]);
};

/** Forgets those of one compartment: what leaves this device leaves no copy. */
export const eraseStoredOf = (db: WritableDb, caseNo: CaseNo, compartment: string): void => {
  db.run(
    "DELETE FROM stored_change WHERE case_no = ? AND json_extract(body, '$.compartment') = ?",
    [caseNo, compartment],
  );
};

/** As `eraseStoredOf`, for every part that is not held: after a first complete pull. Says how many. */
export const eraseStoredOfUnheld = (db: WritableDb): number =>
  db.run(
    `DELETE FROM stored_change WHERE NOT EXISTS (
       SELECT 1 FROM scope WHERE case_no = stored_change.case_no
         AND compartment = json_extract(stored_change.body, '$.compartment'))`,
  ).changes;
