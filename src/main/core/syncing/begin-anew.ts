import { signedText } from '#shared/domain/change.ts';
import { newId } from '#shared/domain/ids.ts';
import { allCases } from '#main/db/cases.ts';
import { addToOutbox, findInOutbox, forgetSent } from '#main/db/outbox.ts';
import { readStored } from '#main/db/stored-changes.ts';
import { readState, writeState } from '#main/db/sync-state.ts';
import type { Desk } from '../desk.ts';
import { dropCase } from './erase-scope.ts';

/**
 * The region was restored from a backup, or does not know this device's place in its log any more
 * (SPEC L5): what was delivered is dropped, since it may hold what the region has lost and what hides
 * what it has; every own change of the last thirty days goes to the outbox again. Sending a change that the
 * region still has is harmless. Inside a transaction.
 */
export const beginAnew = (desk: Desk): void => {
  const { db } = desk;
  forgetSent(db);
  let counter = readState(db, 'counter');
  for (const { caseNo, change } of readStored(db)) {
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
  for (const caseNo of allCases(db)) dropCase(db, caseNo, 'keep-drafts');
  writeState(db, 'cursor', null);
  writeState(db, 'begun', newId(desk.now(), desk.randomBytes));
  writeState(db, 'epoch', null);
  writeState(db, 'lastCompletePull', null);
  writeState(db, 'directoryRevision', 0);
};
