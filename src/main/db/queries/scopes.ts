import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';

/** One client's part in one compartment, as this case file holds it. */
export type HeldScope = { readonly caseNo: CaseNo; readonly compartment: string };

/** Notes that something of a scope is here, if nothing was before. */
export const noteHeld = (db: WritableDb, scope: HeldScope): void => {
  db.run(
    'INSERT INTO scope (case_no, compartment, entered) VALUES (?, ?, 0) ON CONFLICT DO NOTHING',
    [scope.caseNo, scope.compartment],
  );
};

export const noteEntered = (db: WritableDb, scope: HeldScope): void => {
  db.run(
    `INSERT INTO scope (case_no, compartment, entered) VALUES (?, ?, 1)
     ON CONFLICT DO UPDATE SET entered = 1`,
    [scope.caseNo, scope.compartment],
  );
};

export const forgetScope = (db: WritableDb, scope: HeldScope): void => {
  db.run('DELETE FROM scope WHERE case_no = ? AND compartment = ?', [
    scope.caseNo,
    scope.compartment,
  ]);
};

/** Scopes of which something is here, that have not entered and that no own change waits for (SPEC P6). */
export const strayScopes = (db: ReadableDb): readonly HeldScope[] =>
  db.all<HeldScope>(
    `SELECT case_no AS caseNo, compartment FROM scope
     WHERE entered = 0 AND NOT EXISTS (
       SELECT 1 FROM outbox WHERE case_no = scope.case_no AND refused IS NULL)`,
  );

export const forgetScopes = (db: WritableDb, caseNo: CaseNo): void => {
  db.run('DELETE FROM scope WHERE case_no = ?', [caseNo]);
};
