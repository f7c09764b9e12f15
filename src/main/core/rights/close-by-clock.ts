import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { caseIdOf } from '#main/db/queries/cases.ts';
import { noteErasure } from '#main/db/queries/erased-scope.ts';
import { withTransaction, type WritableDb } from '#main/db/handles.ts';
import { forgetToldOpenings } from '#main/db/queries/openings.ts';
import { endedScopes, nextEnd, setClosed, setUngrantedClosed } from '#main/db/queries/scopes.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { refreshClient } from '../derived/refresh-client.ts';

type Clocked = { readonly db: WritableDb; readonly now: () => number };

/**
 * Closes the parts whose end has come by the clock, network or not, and works out anew what is derived
 * from their clients: one with nothing open leaves list and search at once. What is closed stays closed
 * when the clock is turned back; a new grant or an opening opens it. Asked before every reading: until
 * the next end it costs one look at an index. Answers the clients of whom something closed.
 */
export const closeByClock = ({ db, now }: Clocked): Result<readonly Id[], StorageProblem> => {
  const next = nextEnd(db);
  if (next === null || now() < next) return ok([]);
  return withTransaction(db, () => {
    const nowMs = now();
    const caseNos = new Set<number>();
    for (const scope of endedScopes(db, nowMs)) {
      setClosed(db, scope, true);
      if (scope.compartment === jointPlan) setUngrantedClosed(db, scope.caseNo, true);
      caseNos.add(scope.caseNo);
    }
    for (const caseNo of caseNos) refreshClient(db, caseNo);
    // The reason of an emergency is about the client too.
    if (forgetToldOpenings(db, nowMs)) noteErasure(db, nowMs);
    return [...caseNos].map((caseNo) => caseIdOf(db, caseNo));
  });
};
