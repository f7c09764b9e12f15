import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idToBytes } from '../id-bytes.ts';
import type { CaseNo } from './cases.ts';

/** Notes that somebody else's change has come to a part that was here before. */
export const noteUnseen = (
  db: WritableDb,
  caseNo: CaseNo,
  { id, kind, compartment }: Pick<Change, 'id' | 'kind' | 'compartment'>,
): void => {
  db.run('INSERT INTO unseen_change (case_no, change_id, kind, compartment) VALUES (?, ?, ?, ?)', [
    caseNo,
    idToBytes(id),
    kind,
    compartment,
  ]);
};

export type Unseen = {
  readonly changeIds: ReadonlySet<Id>;
  /** The last arrival among them, 0 where there is none. */
  readonly through: number;
};

export const unseenOfCase = (db: ReadableDb, caseNo: CaseNo): Unseen => {
  const rows = db.all<{ unseen_no: number; change_id: Buffer }>(
    'SELECT unseen_no, change_id FROM unseen_change WHERE case_no = ? ORDER BY unseen_no',
    [caseNo],
  );
  return {
    changeIds: new Set(rows.map((row) => idFromBytes(row.change_id))),
    through: rows.at(-1)?.unseen_no ?? 0,
  };
};

/** The person has looked at these kinds of records, up to that arrival. */
export const noteSeen = (
  db: WritableDb,
  caseNo: CaseNo,
  kinds: (kind: string) => boolean,
  through: number,
): void => {
  const rows = db.all<{ kind: string }>(
    'SELECT DISTINCT kind FROM unseen_change WHERE case_no = ? AND unseen_no <= ?',
    [caseNo, through],
  );
  for (const { kind } of rows.filter((row) => kinds(row.kind))) {
    db.run('DELETE FROM unseen_change WHERE case_no = ? AND unseen_no <= ? AND kind = ?', [
      caseNo,
      through,
      kind,
    ]);
  }
};

export const eraseUnseen = (db: WritableDb, caseNo: CaseNo, compartment: string): void => {
  db.run('DELETE FROM unseen_change WHERE case_no = ? AND compartment = ?', [caseNo, compartment]);
};

export const eraseAllUnseen = (db: WritableDb, caseNo: CaseNo): void => {
  db.run('DELETE FROM unseen_change WHERE case_no = ?', [caseNo]);
};
