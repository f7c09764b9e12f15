import type { Scope } from '#shared/protocol/pull.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idToBytes } from '../id-bytes.ts';

/** What was erased because it is no longer this device's to hold, until the region has been told (SPEC P3). */
export const noteErased = (db: WritableDb, scope: Scope): void => {
  db.run('INSERT INTO erased_scope (case_id, compartment) VALUES (?, ?) ON CONFLICT DO NOTHING', [
    idToBytes(scope.caseId),
    scope.compartment,
  ]);
};

export const erasedScopes = (db: ReadableDb, limit: number): readonly Scope[] =>
  db
    .all<{ case_id: Buffer; compartment: string }>(
      'SELECT case_id, compartment FROM erased_scope LIMIT ?',
      [limit],
    )
    .map((row) => ({ caseId: idFromBytes(row.case_id), compartment: row.compartment }));

export const forgetErased = (db: WritableDb, scopes: readonly Scope[]): void => {
  for (const scope of scopes) {
    db.run('DELETE FROM erased_scope WHERE case_id = ? AND compartment = ?', [
      idToBytes(scope.caseId),
      scope.compartment,
    ]);
  }
};
