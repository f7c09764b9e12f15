import type { Id } from '#shared/domain/ids.ts';
import type { Scope } from '#shared/protocol/pull.ts';
import { findCase, forgetCase, type CaseNo } from '#main/db/cases.ts';
import { caseIsEmpty, eraseChanges, readCase } from '#main/db/changes.ts';
import { eraseClientIndex } from '#main/db/client-index.ts';
import { eraseConflicts } from '#main/db/conflicts.ts';
import { discardDraft, draftsOfCase, eraseDrafts } from '#main/db/drafts.ts';
import { noteErased } from '#main/db/erased-scope.ts';
import { eraseTexts, markTextPending } from '#main/db/text-index.ts';
import { refreshConflicts } from '../derived/conflicts.ts';
import type { Desk } from '../desk.ts';
import { recordChange } from '../editing/compose-change.ts';
import { byGroup, byRecord } from '../records/group-state.ts';

/**
 * Erases what is no longer this device's to hold (SPEC P3). Unsent changes stay in the outbox until
 * their receipts come (P4); a text left in the middle becomes a change first, so that no words are lost.
 * Inside the page's transaction. Answers the client's id, for the screens that show it.
 */
export const eraseScope = (desk: Desk, scope: Scope): Id => {
  const { db } = desk;
  noteErased(db, scope);
  const caseNo = findCase(db, scope.caseId);
  if (caseNo === undefined) return scope.caseId;
  sendDrafts(desk, scope, caseNo);
  eraseChanges(db, caseNo, scope.compartment);
  eraseConflicts(db, caseNo);
  if (caseIsEmpty(db, caseNo)) {
    eraseDrafts(db, caseNo);
    eraseClientIndex(db, caseNo);
    eraseTexts(db, caseNo);
    forgetCase(db, caseNo);
  } else {
    for (const [recordId, changes] of byRecord(readCase(db, caseNo))) {
      refreshConflicts(db, caseNo, recordId, new Set(byGroup(changes).keys()));
    }
    markTextPending(db, caseNo);
  }
  return scope.caseId;
};

const sendDrafts = (desk: Desk, scope: Scope, caseNo: CaseNo): void => {
  for (const draft of draftsOfCase(desk.db, caseNo)) {
    if (draft.compartment !== scope.compartment) continue;
    recordChange(desk, caseNo, {
      recordId: draft.recordId,
      kind: draft.kind,
      caseId: scope.caseId,
      compartment: draft.compartment,
      group: draft.group,
      value: draft.value,
      parents: [...draft.basedOn],
    });
    discardDraft(desk.db, caseNo, draft.recordId, draft.group);
  }
};
