import type { Id } from '#shared/domain/ids.ts';
import type { PullRequest, PullResponse } from '#shared/protocol/pull.ts';
import type { Result } from '#shared/lib/result.ts';
import { observe } from '#shared/sync/hybrid-time.ts';
import { caseIdOf, ensureCase } from '#main/db/cases.ts';
import { addChange } from '#main/db/changes.ts';
import { putPerson, putUnit } from '#main/db/directory.ts';
import { forgetErased } from '#main/db/erased-scope.ts';
import { withTransaction } from '#main/db/handles.ts';
import { forgetNames } from '#main/db/names.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { readState, writeState } from '#main/db/sync-state.ts';
import type { Desk } from '../desk.ts';
import { collectTouched } from '../derived/refresh.ts';
import { applyReceipts } from './apply-receipts.ts';
import { eraseScope } from './erase-scope.ts';
import { resendOwnChanges } from './resend-own-changes.ts';

export type AppliedPage = {
  readonly caseIds: readonly Id[];
  readonly directoryChanged: boolean;
};

/**
 * Takes in one page of a pull: changes, what left, receipts, directory and cursor are one transaction
 * (SPEC D4), so that a cut at any moment leaves either all of the page or none of it.
 */
export const applyPage = (
  desk: Desk,
  request: PullRequest,
  page: PullResponse,
): Result<AppliedPage, StorageProblem> => {
  const applied = withTransaction<AppliedPage>(desk.db, (db) => {
    const knownEpoch = readState(db, 'epoch');
    if (knownEpoch !== null && knownEpoch !== page.epoch) resendOwnChanges(desk);

    const touched = collectTouched();
    const newCases = new Set<number>();
    let clock = readState(db, 'clock');
    for (const { seq, change } of page.changes) {
      const { caseNo, isNew } = ensureCase(db, change.caseId);
      if (isNew) newCases.add(caseNo);
      const { added } = addChange(db, caseNo, change, seq);
      if (added) touched.note(caseNo, change, newCases.has(caseNo));
      clock = observe(clock, change.time, desk.now());
    }
    applyReceipts(desk, page.receipts, touched);
    const left = page.left.map((scope) => eraseScope(desk, scope));
    const caseNos = touched.refresh(db);

    for (const unit of page.directory?.units ?? []) putUnit(db, unit);
    for (const person of page.directory?.people ?? []) putPerson(db, person);
    if (page.directory) writeState(db, 'directoryRevision', page.directory.revision);
    forgetErased(db, request.erased);

    writeState(db, 'clock', clock);
    writeState(db, 'epoch', page.epoch);
    writeState(db, 'cursor', page.cursor);
    noteProgress(desk, page);
    return {
      caseIds: [...caseNos.map((caseNo) => caseIdOf(db, caseNo)), ...left],
      directoryChanged: page.directory !== null,
    };
  });
  if (!applied.ok) forgetNames(desk.db);
  return applied;
};

/** A first sync is under way from the first page to the first complete pull. */
const noteProgress = ({ db, now }: Desk, page: PullResponse): void => {
  const first = readState(db, 'lastCompletePull') === null;
  const entered = new Set(page.entered.map((scope) => scope.caseId)).size;
  const done = readState(db, 'firstSyncDone') ?? 0;
  writeState(db, 'firstSyncDone', first && page.more ? done + entered : null);
  if (!page.more) writeState(db, 'lastCompletePull', now());
};
