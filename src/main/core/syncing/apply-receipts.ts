import type { Receipt } from '#shared/protocol/push.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { noteStored, withdrawChange } from '#main/db/queries/changes.ts';
import {
  findInOutbox,
  inReview,
  noteRefused,
  removeFromOutbox,
  type OutboxRow,
} from '#main/db/queries/outbox.ts';
import { noteErasure } from '#main/db/queries/erased-scope.ts';
import { isInReview, noteDecided, noteTakenForReview } from '#main/db/queries/reviewed.ts';
import { holdsScope } from '#main/db/queries/scopes.ts';
import { keepStored } from '#main/db/queries/stored-changes.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import type { Touched } from '../derived/refresh.ts';
import { forgetIfGone } from './erase-scope.ts';

/**
 * Acts on what the region says became of our changes. A stored one leaves the outbox. One refused or
 * taken in for review is not sent again but stays to be read, and no longer counts as a version of the
 * plan (SPEC D2, D3, D7). Of a client who has left, a change taken in for review stays without its
 * content, and a stored one not at all (P4).
 */
export const applyReceipts = (desk: Desk, receipts: readonly Receipt[], touched: Touched): void => {
  for (const receipt of receipts) {
    const row = findInOutbox(desk.db, receipt.changeId);
    if (!row) noteDecision(desk, receipt);
    else if (hasLeft(desk, row)) applyToGone(desk, row, receipt);
    else applyToHeld(desk, row, receipt, touched);
  }
};

/** Before a complete pull, after a restore too, what is not here may only be yet to come. */
const hasLeft = ({ db }: Desk, { caseNo, change }: OutboxRow): boolean =>
  !holdsScope(db, { caseNo, compartment: change.compartment }) &&
  readState(db, 'lastCompletePull') !== null;

/** A decision about work whose content is no longer here. */
const noteDecision = (desk: Desk, receipt: Receipt): void => {
  if (!isInReview(desk.db, receipt.changeId)) return;
  const nowMs = desk.now();
  if (receipt.verdict === 'stored') noteAccepted(desk, receipt.changeId, nowMs);
  else if (receipt.verdict === 'returned') noteReturned(desk, receipt, nowMs);
};

const noteAccepted = (desk: Desk, changeId: string, takenMs: number): void =>
  noteDecided(desk.db, {
    changeId,
    state: 'accepted',
    takenMs,
    decidedMs: desk.now(),
    reviewerId: null,
    reason: '',
  });

const noteReturned = (
  desk: Desk,
  receipt: Extract<Receipt, { verdict: 'returned' }>,
  takenMs: number,
): void =>
  noteDecided(desk.db, {
    changeId: receipt.changeId,
    state: 'returned',
    takenMs,
    decidedMs: receipt.atMs,
    reviewerId: receipt.reviewerId,
    reason: receipt.reason,
  });

const applyToHeld = (desk: Desk, row: OutboxRow, receipt: Receipt, touched: Touched): void => {
  const { change, changeId, caseNo } = row;
  switch (receipt.verdict) {
    case 'stored':
      noteStored(desk.db, change, caseNo, receipt.seq);
      keepStored(desk.db, caseNo, change, desk.now());
      if (row.refused === inReview) noteAccepted(desk, changeId, row.madeAt);
      removeFromOutbox(desk.db, changeId);
      break;
    case 'returned':
      noteReturned(desk, receipt, row.madeAt);
      withdrawChange(desk.db, change, caseNo);
      touched.note(caseNo, change, false);
      removeFromOutbox(desk.db, changeId);
      break;
    case 'review':
    case 'refused':
      noteRefused(desk.db, changeId, receipt.verdict === 'review' ? inReview : receipt.code);
      withdrawChange(desk.db, change, caseNo);
      touched.note(caseNo, change, false);
      break;
    default:
      assertNever(receipt);
  }
};

const applyToGone = (desk: Desk, row: OutboxRow, receipt: Receipt): void => {
  const { changeId, caseNo } = row;
  switch (receipt.verdict) {
    case 'refused':
      noteRefused(desk.db, changeId, receipt.code);
      return;
    case 'stored':
      if (row.refused === inReview) noteAccepted(desk, changeId, row.madeAt);
      break;
    case 'review':
      noteTakenForReview(desk.db, changeId, desk.now());
      break;
    case 'returned':
      noteReturned(desk, receipt, row.madeAt);
      break;
    default:
      assertNever(receipt);
  }
  removeFromOutbox(desk.db, changeId);
  forgetIfGone(desk, caseNo);
  noteErasure(desk.db, desk.now());
};
