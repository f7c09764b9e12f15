import { signedText } from '#shared/domain/change.ts';
import { addToOutbox, findInOutbox, forgetSent } from '#main/db/outbox.ts';
import { ownStoredChanges } from '#main/db/changes.ts';
import { readState, writeState } from '#main/db/sync-state.ts';
import type { Desk } from '../desk.ts';

/**
 * The region was restored from a backup (a new epoch): what this person wrote and the region had stored
 * goes to the outbox once more (SPEC L5). Sending a change that the region still has is harmless.
 */
export const resendOwnChanges = (desk: Desk): void => {
  const { db } = desk;
  forgetSent(db);
  let counter = readState(db, 'counter');
  for (const { caseNo, change } of ownStoredChanges(db, desk.person.id)) {
    if (findInOutbox(db, change.id)) continue;
    counter += 1;
    addToOutbox(db, {
      counter,
      caseNo,
      change,
      signature: desk.sign(signedText(change)),
      madeAt: desk.now(),
    });
  }
  writeState(db, 'counter', counter);
};
