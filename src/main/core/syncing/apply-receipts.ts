import type { Receipt } from '#shared/protocol/push.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { noteStored, withdrawChange } from '#main/db/changes.ts';
import { findInOutbox, noteRefused, removeFromOutbox } from '#main/db/outbox.ts';
import type { Desk } from '../desk.ts';
import type { Touched } from '../derived/refresh.ts';

/**
 * Acts on what the region says became of our changes. A stored one, and one taken in for review, leaves
 * the outbox; a refused one stays there with its reason, and no longer counts as a version of the plan.
 */
export const applyReceipts = (desk: Desk, receipts: readonly Receipt[], touched: Touched): void => {
  for (const receipt of receipts) {
    const row = findInOutbox(desk.db, receipt.changeId);
    if (!row) continue;
    switch (receipt.verdict) {
      case 'stored':
        noteStored(desk.db, row.change, row.caseNo, receipt.seq);
        removeFromOutbox(desk.db, receipt.changeId);
        break;
      case 'review':
        removeFromOutbox(desk.db, receipt.changeId);
        break;
      case 'refused':
        noteRefused(desk.db, receipt.changeId, receipt.code);
        withdrawChange(desk.db, row.change, row.caseNo);
        touched.note(row.caseNo, row.change, false);
        break;
      default:
        assertNever(receipt);
    }
  }
};
