import type { SetAsideReport } from '#shared/protocol/pull.ts';
import { findCaseId } from '#main/db/queries/cases.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { firstSetAside } from '#main/db/queries/set-aside-changes.ts';
import { allSetAsidePlans } from '#main/db/queries/set-aside-plans.ts';

/** What the region is told of what is set aside: no words, at most `most` (SPEC N9). */
export const setAsideReport = (db: ReadableDb, most: number): readonly SetAsideReport[] => {
  const plans = allSetAsidePlans(db).map(({ changeId, caseNo, code }) => ({
    changeId,
    caseId: findCaseId(db, caseNo) ?? null,
    code,
  }));
  const changes = firstSetAside(db, most).map(({ changeId, caseId, code }) => ({
    changeId,
    caseId,
    code,
  }));
  return [...plans, ...changes].slice(0, most);
};
