import type { Result } from '#shared/lib/result.ts';
import { withTransaction, type WritableDb } from '#main/db/handles.ts';
import { forgetPendingWork, pendingWork } from '#main/db/queries/work-rows.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { refreshClientIndex } from './client-index.ts';
import { refreshWork } from './refresh-client.ts';

/** Clients of one transaction: an edit that waits for it is not felt. */
const mostCases = 16;

/** Works out what is derived of clients who were here before it was. Says whether any is left. */
export const workOutPending = (
  db: WritableDb,
): Result<{ readonly more: boolean }, StorageProblem> =>
  withTransaction(db, () => {
    const cases = pendingWork(db, mostCases);
    for (const caseNo of cases) {
      refreshWork(db, caseNo);
      refreshClientIndex(db, caseNo, null);
      forgetPendingWork(db, caseNo);
    }
    return { more: cases.length === mostCases };
  });
