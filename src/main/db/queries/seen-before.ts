import type { Id } from '#shared/domain/ids.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idToBytes } from '../id-bytes.ts';
import type { CaseNo } from './cases.ts';
import type { HeldScope } from './scopes.ts';

/**
 * Remembers what of the client's parts is here and has been seen, before it is dropped to come anew (SPEC L5).
 * A part that had not come whole is new when it comes.
 */
export const keepSeen = (db: WritableDb, caseNo: CaseNo): void => {
  db.run(
    `INSERT INTO seen_before (case_no, compartment, change_id)
     SELECT change.case_no, shape.compartment, change.change_id
     FROM change JOIN shape USING (shape_no)
     JOIN scope ON scope.case_no = change.case_no AND scope.compartment = shape.compartment
     WHERE change.case_no = ? AND scope.entered = 1 AND NOT EXISTS (
       SELECT 1 FROM unseen_change AS unseen
       WHERE unseen.case_no = change.case_no AND unseen.change_id = change.change_id)
     ON CONFLICT DO NOTHING`,
    [caseNo],
  );
};

/** Whether the part was here when a pull began anew. */
export const wasHeldBefore = (db: ReadableDb, { caseNo, compartment }: HeldScope): boolean =>
  db.value<number>('SELECT 1 FROM seen_before WHERE case_no = ? AND compartment = ? LIMIT 1', [
    caseNo,
    compartment,
  ]) === 1;

export const wasSeenBefore = (
  db: ReadableDb,
  { caseNo, compartment }: HeldScope,
  changeId: Id,
): boolean =>
  db.value<number>(
    'SELECT 1 FROM seen_before WHERE case_no = ? AND compartment = ? AND change_id = ?',
    [caseNo, compartment, idToBytes(changeId)],
  ) === 1;

export const eraseSeenBefore = (db: WritableDb, { caseNo, compartment }: HeldScope): void => {
  db.run('DELETE FROM seen_before WHERE case_no = ? AND compartment = ?', [caseNo, compartment]);
};

/** After a first complete pull: of parts that did not come again nothing is remembered. */
export const eraseSeenBeforeOfUnheld = (db: WritableDb): void => {
  db.run(
    `DELETE FROM seen_before WHERE NOT EXISTS (
       SELECT 1 FROM scope WHERE scope.case_no = seen_before.case_no
         AND scope.compartment = seen_before.compartment)`,
  );
};
