import type { Id } from '#shared/domain/ids.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idToBytes } from '../id-bytes.ts';

/** Which groups wait for a person's decision: derived from the changes, kept so that lists can count them. */
export const noteConflict = (
  db: WritableDb,
  caseNo: CaseNo,
  recordId: Id,
  group: string,
  open: boolean,
): void => {
  db.run(
    open
      ? `INSERT INTO conflict (case_no, record_id, group_name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
      : `DELETE FROM conflict WHERE case_no = ? AND record_id = ? AND group_name = ?`,
    [caseNo, idToBytes(recordId), group],
  );
};

export const eraseConflicts = (db: WritableDb, caseNo: CaseNo): void => {
  db.run('DELETE FROM conflict WHERE case_no = ?', [caseNo]);
};

export const countConflicts = (db: ReadableDb): number =>
  db.value<number>('SELECT count(*) FROM conflict') ?? 0;
