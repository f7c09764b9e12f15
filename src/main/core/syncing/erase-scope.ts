import type { Id } from '#shared/domain/ids.ts';
import type { Scope } from '#shared/protocol/pull.ts';
import { findCase, forgetCase, type CaseNo } from '#main/db/queries/cases.ts';
import { caseIsEmpty, eraseAllChanges, eraseChanges, readCase } from '#main/db/queries/changes.ts';
import { eraseClientIndex } from '#main/db/queries/client-index.ts';
import { eraseConflicts } from '#main/db/queries/conflicts.ts';
import { discardDraft, draftsOfCase, eraseDrafts } from '#main/db/queries/drafts.ts';
import { noteErased } from '#main/db/queries/erased-scope.ts';
import type { WritableDb } from '#main/db/handles.ts';
import { forgetScope, forgetScopes } from '#main/db/queries/scopes.ts';
import { eraseStored } from '#main/db/queries/stored-changes.ts';
import { eraseTexts, markTextPending } from '#main/db/queries/text-index.ts';
import { refreshClientIndex } from '../derived/client-index.ts';
import { refreshConflicts } from '../derived/conflicts.ts';
import type { Desk } from '../desk.ts';
import { recordChange } from '../editing/compose-change.ts';
import { byGroup, byRecord } from '../records/group-state.ts';

/** Erases what the region says leaves, and notes it to be told (SPEC P3). Answers the client's id. */
export const eraseLeft = (desk: Desk, scope: Scope): Id => {
  noteErased(desk.db, scope);
  const caseNo = findCase(desk.db, scope.caseId);
  if (caseNo !== undefined) eraseScope(desk, scope.caseId, caseNo, scope.compartment);
  return scope.caseId;
};

/**
 * Erases what is no longer this device's to hold. Unsent changes stay in the outbox until their receipts
 * come (P4); a text left in the middle becomes a change first, so that no words are lost. Inside the
 * page's transaction.
 */
export const eraseScope = (desk: Desk, caseId: Id, caseNo: CaseNo, compartment: string): void => {
  const { db } = desk;
  sendDrafts(desk, caseId, caseNo, compartment);
  eraseChanges(db, caseNo, compartment);
  forgetScope(db, { caseNo, compartment });
  if (caseIsEmpty(db, caseNo)) {
    dropCase(db, caseNo, 'erase-drafts');
    eraseStored(db, caseNo);
    forgetCase(db, caseNo);
    return;
  }
  eraseConflicts(db, caseNo);
  for (const [recordId, changes] of byRecord(readCase(db, caseNo))) {
    refreshConflicts(db, caseNo, recordId, new Set(byGroup(changes).keys()));
  }
  refreshClientIndex(db, caseNo, null);
  markTextPending(db, caseNo);
};

/** Drops a client with everything derived from it. */
export const dropCase = (
  db: WritableDb,
  caseNo: CaseNo,
  drafts: 'keep-drafts' | 'erase-drafts',
): void => {
  eraseAllChanges(db, caseNo);
  forgetScopes(db, caseNo);
  eraseConflicts(db, caseNo);
  eraseClientIndex(db, caseNo);
  eraseTexts(db, caseNo);
  if (drafts === 'erase-drafts') eraseDrafts(db, caseNo);
};

const sendDrafts = (desk: Desk, caseId: Id, caseNo: CaseNo, compartment: string): void => {
  for (const draft of draftsOfCase(desk.db, caseNo)) {
    if (draft.compartment !== compartment) continue;
    recordChange(desk, caseNo, {
      recordId: draft.recordId,
      kind: draft.kind,
      caseId,
      compartment,
      group: draft.group,
      value: draft.value,
      parents: [...draft.basedOn],
    });
    discardDraft(desk.db, caseNo, draft.recordId, draft.group);
  }
};
