import { signedText, type Change } from '#shared/domain/change.ts';
import { newId } from '#shared/domain/ids.ts';
import { physicalMs } from '#shared/sync/hybrid-time.ts';
import { allCases } from '#main/db/queries/cases.ts';
import { noteErasure } from '#main/db/queries/erased-scope.ts';
import {
  addToOutbox,
  findInOutbox,
  takeOutUnrefused,
  type OutboxRow,
} from '#main/db/queries/outbox.ts';
import { keepSeen } from '#main/db/queries/seen-before.ts';
import { dropSetAside } from '#main/db/queries/set-aside-changes.ts';
import { readStored } from '#main/db/queries/stored-changes.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
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
  const stored = readStored(db).map(({ caseNo, change }) => ({
    caseNo,
    change,
    madeAt: physicalMs(change.time),
  }));
  sendAgain(desk, stored);
  dropDelivered(desk);
  pullFromBeginning(desk);
  writeState(db, 'epoch', null);
  writeState(db, 'through', 0);
};

/**
 * What waits is signed by the desk's present key, under new counters (SPEC I3): the device's envelope is
 * another, the changes are the same. Inside a transaction.
 */
export const signWaitingAnew = (desk: Desk): void => sendAgain(desk, []);

type Own = Pick<OutboxRow, 'caseNo' | 'change' | 'madeAt'>;

/** Puts the outbox together anew of what waits in it and of what is to go again. */
const sendAgain = (desk: Desk, stored: readonly Own[]): void => {
  const { db } = desk;
  const waiting = takeOutUnrefused(db).map(({ caseNo, change, madeAt }) => ({
    caseNo,
    change,
    madeAt,
  }));
  const own = new Map([...stored, ...waiting].map((row) => [row.change.id, row]));
  let counter = readState(db, 'counter');
  // In the order of writing: a client that the region has lost is let in by its founder's membership (U4).
  for (const row of [...own.values()].toSorted(byTime)) {
    if (findInOutbox(db, row.change.id)) continue;
    counter += 1;
    addToOutbox(db, { ...row, counter, signature: desk.sign(signedText(row.change)) });
  }
  writeState(db, 'counter', counter);
};

/** The next pull is one from the beginning. Inside a transaction. */
export const pullFromBeginning = ({ db, now, randomBytes }: Desk): void => {
  writeState(db, 'cursor', null);
  writeState(db, 'begun', newId(now(), randomBytes));
  writeState(db, 'directoryRevision', 0);
};

/** Nothing counts as delivered any more (SPEC P5). Inside a transaction. */
const dropDelivered = ({ db, now }: Desk): void => {
  for (const caseNo of allCases(db)) {
    keepSeen(db, caseNo);
    dropCase(db, caseNo, 'keep-drafts');
  }
  if (dropSetAside(db)) noteErasure(db, now());
  writeState(db, 'brake', null);
  writeState(db, 'lastCompletePull', null);
  writeState(db, 'dropAtFirstPage', false);
};

/**
 * What was delivered to the device that this one goes on from is shown until its own first page comes, and
 * goes with that: without the region's answer nobody's screens are empty (SPEC I3, P5). Inside a transaction.
 */
export const dropAtFirstPage = (desk: Desk): void => {
  if (readState(desk.db, 'dropAtFirstPage')) dropDelivered(desk);
};

/** A device's hybrid times rise with each change it writes (SPEC C1). */
const byTime = (a: { readonly change: Change }, b: { readonly change: Change }): number =>
  a.change.time < b.change.time ? -1 : 1;
