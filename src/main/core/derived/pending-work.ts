import type { Result } from '#shared/lib/result.ts';
import { withTransaction, type WritableDb } from '#main/db/handles.ts';
import { forgetPendingWork, pendingWork } from '#main/db/queries/work-rows.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { refreshWork } from './refresh-client.ts';

/** Clients of one transaction: an edit that waits for it is not felt. */
const mostCases = 16;

/** Works out the work list of clients that were here before there was one. Says whether any is left. */
export const workOutPending = (
  db: WritableDb,
): Result<{ readonly more: boolean }, StorageProblem> =>
  withTransaction(db, () => {
    const cases = pendingWork(db, mostCases);
    for (const caseNo of cases) {
      refreshWork(db, caseNo);
      forgetPendingWork(db, caseNo);
    }
    return { more: cases.length === mostCases };
  });
