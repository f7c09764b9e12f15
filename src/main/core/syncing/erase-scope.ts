import type { Id } from '#shared/domain/ids.ts';
import type { Scope } from '#shared/protocol/pull.ts';
import { caseIdOf, findCase, forgetCase, type CaseNo } from '#main/db/queries/cases.ts';
import { unpinClient } from '#main/db/queries/clients-at-hand.ts';
import { caseIsEmpty, eraseAllChanges, eraseChanges } from '#main/db/queries/changes.ts';
import { eraseClientIndex } from '#main/db/queries/client-index.ts';
import { eraseConflicts } from '#main/db/queries/conflicts.ts';
import {
  casesWithDrafts,
  discardDraft,
  draftsOfCase,
  eraseDrafts,
  type Draft,
} from '#main/db/queries/drafts.ts';
import { noteErased, noteErasure } from '#main/db/queries/erased-scope.ts';
import type { WritableDb } from '#main/db/handles.ts';
import { eraseAllHistory, eraseHistory } from '#main/db/queries/history-scopes.ts';
import { takeOutReviewed, takeOutReviewedOfUnheld } from '#main/db/queries/outbox.ts';
import { noteTakenForReview } from '#main/db/queries/reviewed.ts';
import { eraseSetAside, forgetSetAsideOf } from '#main/db/queries/set-aside-changes.ts';
import { forgetScope, forgetScopes, holdsAnyScope, holdsScope } from '#main/db/queries/scopes.ts';
import { eraseSeenBefore, eraseSeenBeforeOfUnheld } from '#main/db/queries/seen-before.ts';
import {
  eraseStored,
  eraseStoredOf,
  eraseStoredOfUnheld,
} from '#main/db/queries/stored-changes.ts';
import { eraseAllUnseen, eraseUnseen } from '#main/db/queries/unseen-changes.ts';
import { eraseTexts, eraseTextsOfGone } from '#main/db/queries/text-index.ts';
import { eraseWork } from '#main/db/queries/work-rows.ts';
import { refreshClient } from '../derived/refresh-client.ts';
import type { Desk } from '../desk.ts';
import { recordChange } from '../editing/compose-change.ts';
import { openParts, rightTo } from '../rights/open-parts.ts';

/** Erases what the region says leaves, and notes it to be told (SPEC P3). Answers the client's id. */
export const eraseLeft = (desk: Desk, scope: Scope): Id => {
  noteErased(desk.db, scope);
  noteErasure(desk.db, desk.now());
  eraseSetAside(desk.db, scope);
  const caseNo = findCase(desk.db, scope.caseId);
  if (caseNo !== undefined) eraseScope(desk, scope.caseId, caseNo, scope.compartment);
  return scope.caseId;
};

/**
 * Erases what is no longer this device's to hold: changes, copies of own stored ones, index, search,
 * conflicts. Changes not yet answered stay in the outbox until their receipts come (P4); a text left in the
 * middle becomes a change first, so that no words are lost; what a reviewer decides about stays without
 * its content. Inside the page's transaction; the -wal is scrubbed after it.
 */
export const eraseScope = (desk: Desk, caseId: Id, caseNo: CaseNo, compartment: string): void => {
  const { db } = desk;
  noteErasure(db, desk.now());
  eraseSetAside(db, { caseId, compartment });
  sendDrafts(desk, caseId, caseNo, (draft) => draft.compartment === compartment);
  eraseChanges(db, caseNo, compartment);
  eraseHistory(db, caseNo, compartment);
  eraseUnseen(db, caseNo, compartment);
  eraseSeenBefore(db, { caseNo, compartment });
  eraseStoredOf(db, caseNo, compartment);
  for (const changeId of takeOutReviewed(db, caseNo, compartment)) {
    noteTakenForReview(db, changeId, desk.now());
  }
  forgetScope(db, { caseNo, compartment });
  if (caseIsEmpty(db, caseNo)) {
    sendDrafts(desk, caseId, caseNo, () => true);
    dropCase(db, caseNo, 'erase-drafts');
    eraseStored(db, caseNo);
    forgetSetAsideOf(db, caseId);
    forgetCase(db, caseNo);
    return;
  }
  eraseTextsOfGone(db, caseNo);
  refreshClient(db, caseNo);
};

/** Drops a client with everything derived from it. */
export const dropCase = (
  db: WritableDb,
  caseNo: CaseNo,
  drafts: 'keep-drafts' | 'erase-drafts',
): void => {
  eraseAllChanges(db, caseNo);
  eraseAllHistory(db, caseNo);
  eraseAllUnseen(db, caseNo);
  forgetScopes(db, caseNo);
  eraseConflicts(db, caseNo);
  eraseClientIndex(db, caseNo);
  eraseTexts(db, caseNo);
  eraseWork(db, caseNo);
  if (drafts === 'erase-drafts') {
    eraseDrafts(db, caseNo);
    unpinClient(db, caseNo);
  }
};

/** Forgets a client who has left once the last receipt has come: nothing of it is here any more. */
export const forgetIfGone = ({ db }: Desk, caseNo: CaseNo): void => {
  if (holdsAnyScope(db, caseNo) || !caseIsEmpty(db, caseNo)) return;
  eraseStored(db, caseNo);
  forgetCase(db, caseNo);
};

/**
 * What somebody went on typing after the client, or that part of it, had left goes to the region too, for
 * review. A part that the clock has closed keeps its drafts until it leaves.
 */
export const sendDraftsOfGone = (desk: Desk): void => {
  const { db } = desk;
  for (const caseNo of casesWithDrafts(db)) {
    const parts = openParts(db, caseNo, desk.now());
    if (parts.length === 0 && holdsAnyScope(db, caseNo)) continue;
    const gone = new Set(
      draftsOfCase(db, caseNo)
        .map((draft) => draft.compartment)
        .filter(
          (compartment) =>
            !holdsScope(db, { caseNo, compartment }) &&
            rightTo(desk, caseNo, parts, compartment) === null,
        ),
    );
    for (const compartment of gone) eraseScope(desk, caseIdOf(db, caseNo), caseNo, compartment);
  }
};

/**
 * After a first complete pull, also the one that follows a restore: until it, nobody knows which parts are
 * still this device's, and copies of own work wait.
 */
export const eraseUnheldCopies = (desk: Desk): void => {
  const { db } = desk;
  eraseSeenBeforeOfUnheld(db);
  const copies = eraseStoredOfUnheld(db);
  const reviewed = takeOutReviewedOfUnheld(db);
  for (const changeId of reviewed) noteTakenForReview(db, changeId, desk.now());
  if (copies + reviewed.length > 0) noteErasure(db, desk.now());
};

/** Makes changes of drafts, and lets go of the drafts. */
const sendDrafts = (
  desk: Desk,
  caseId: Id,
  caseNo: CaseNo,
  which: (draft: Draft) => boolean,
): void => {
  for (const draft of draftsOfCase(desk.db, caseNo)) {
    if (!which(draft)) continue;
    recordChange(desk, caseNo, {
      recordId: draft.recordId,
      kind: draft.kind,
      caseId,
      compartment: draft.compartment,
      group: draft.group,
      value: draft.value,
      parents: [...draft.basedOn],
    });
    discardDraft(desk.db, caseNo, draft.recordId, draft.group);
  }
};
