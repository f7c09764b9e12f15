import type { Receipt } from '#shared/protocol/push.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { noteStored, withdrawChange } from '#main/db/queries/changes.ts';
import { findInOutbox, inReview, noteRefused, removeFromOutbox } from '#main/db/queries/outbox.ts';
import { keepStored } from '#main/db/queries/stored-changes.ts';
import type { Desk } from '../desk.ts';
import type { Touched } from '../derived/refresh.ts';

/**
 * Acts on what the region says became of our changes. A stored one leaves the outbox. One refused or
 * taken in for review is not sent again but stays to be read, and no longer counts as a version of the
 * plan (SPEC D2, D3, D7).
 */
export const applyReceipts = (desk: Desk, receipts: readonly Receipt[], touched: Touched): void => {
  for (const receipt of receipts) {
    const row = findInOutbox(desk.db, receipt.changeId);
    if (!row) continue;
    switch (receipt.verdict) {
      case 'stored':
        noteStored(desk.db, row.change, row.caseNo, receipt.seq);
        keepStored(desk.db, row.caseNo, row.change, desk.now());
        removeFromOutbox(desk.db, receipt.changeId);
        break;
      case 'review':
      case 'refused':
        noteRefused(
          desk.db,
          receipt.changeId,
          receipt.verdict === 'review' ? inReview : receipt.code,
        );
        withdrawChange(desk.db, row.change, row.caseNo);
        touched.note(row.caseNo, row.change, false);
        break;
      default:
        assertNever(receipt);
    }
  }
};
