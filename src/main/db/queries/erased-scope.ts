import type { Scope } from '#shared/protocol/pull.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idToBytes } from '../id-bytes.ts';
import { readState, writeState } from './sync-state.ts';

/** To be called in each transaction that erases what must leave no trace: the disk still holds it. */
export const noteErasure = (db: WritableDb, nowMs: number): void => {
  const before = readState(db, 'erasures') ?? { count: 0, sinceMs: nowMs };
  writeState(db, 'erasures', { ...before, count: before.count + 1 });
};

/** What was erased because it is no longer this device's to hold, until the region has been told (SPEC P3). */
export const noteErased = (db: WritableDb, scope: Scope): void => {
  db.run(
    `INSERT INTO erased_scope (case_id, compartment) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET scrubbed = 0`,
    [idToBytes(scope.caseId), scope.compartment],
  );
};

/** Notes that nothing of what was erased so far is left on the disk. */
export const noteScrubbed = (db: WritableDb): void => {
  db.run('UPDATE erased_scope SET scrubbed = 1 WHERE scrubbed = 0');
};

/** What the region may be told of: erased, and gone from the disk. */
export const erasedScopes = (db: ReadableDb, limit: number): readonly Scope[] =>
  db
    .all<{ case_id: Buffer; compartment: string }>(
      'SELECT case_id, compartment FROM erased_scope WHERE scrubbed = 1 LIMIT ?',
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
