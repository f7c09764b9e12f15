import type { SyncStatus } from '#shared/contract/views.ts';
import type { CallHandlers } from '#shared/contract/transport.ts';
import { err, ok } from '#shared/lib/result.ts';
import { readAbsences, readPeople, readUnits } from '#main/db/queries/directory.ts';
import { withReading, withTransaction, type ReadableDb } from '#main/db/handles.ts';
import { allRefused, removeFromOutbox } from '#main/db/queries/outbox.ts';
import { dismissReviewed, readReviewed } from '#main/db/queries/reviewed.ts';
import { unsentUses } from '#main/db/queries/use-log.ts';
import type { Desk } from '../desk.ts';
import type { Announce, Answer, DeskCalls } from '../desk-calls.ts';
import { storageProblem } from '../problems.ts';
import { forgetIfGone } from './erase-scope.ts';
import { answerRemovals, readRemovals } from './read-removals.ts';
import { readOutbox } from './read-outbox.ts';
import { readSetAside, tryAgain } from './read-set-aside.ts';

type SyncCalls =
  | 'directory.read'
  | 'sync.status'
  | 'sync.outbox'
  | 'sync.now'
  | 'sync.setAside'
  | 'sync.tryAgain'
  | 'sync.removals'
  | 'sync.answerRemovals'
  | 'sync.dismissRefused'
  | 'sync.reviewed'
  | 'uses.unsent'
  | 'sync.dismissReviewed';

type SyncParts = {
  readonly announce: Announce;
  readonly status: () => SyncStatus;
  readonly syncNow: () => void;
};

const read = <T>(desk: Desk, work: (db: ReadableDb) => T): Answer<T> => {
  const done = withReading<unknown>(desk.db, work);
  return done.ok ? ok(done.value as T) : err(storageProblem(done.error));
};

/** The directory, and how this device and the region stand to each other. */
export const syncHandlers = (
  { atDesk, reading }: DeskCalls,
  { announce, status, syncNow }: SyncParts,
): Pick<CallHandlers, SyncCalls> => {
  const announceStatus = (): void => announce('sync.status', status());
  return {
    'directory.read': atDesk((desk) =>
      read(desk, (db) => ({
        people: [...readPeople(db)],
        units: [...readUnits(db)],
        absences: [...readAbsences(db)],
      })),
    ),

    'sync.status': () => Promise.resolve(ok(status())),
    'sync.outbox': reading((desk, { limit }) => read(desk, (db) => readOutbox(db, limit))),
    'sync.now': () => {
      syncNow();
      return Promise.resolve(ok(status()));
    },
    'sync.setAside': reading((desk) => read(desk, readSetAside)),
    'sync.tryAgain': atDesk((desk) => {
      const tried = tryAgain(desk);
      if (!tried.ok) return err(storageProblem(tried.error));
      if (tried.value.caseIds.length > 0) {
        announce('clients.changed', { caseIds: [...tried.value.caseIds] });
      }
      announceStatus();
      syncNow();
      return ok({ read: tried.value.read });
    }),
    'sync.removals': reading((desk) => read(desk, (db) => ({ removals: readRemovals(db) }))),
    'sync.answerRemovals': atDesk((desk, { answer }) => {
      const done = answerRemovals(desk, answer);
      announceStatus();
      if (answer === 'take') syncNow();
      return done.ok ? ok({}) : err(storageProblem(done.error));
    }),
    'sync.dismissRefused': atDesk((desk, { changeId }) => {
      const done = withTransaction(desk.db, (db) => {
        const refused = allRefused(db).find((row) => row.changeId === changeId);
        if (!refused) return undefined;
        removeFromOutbox(db, changeId);
        forgetIfGone(desk, refused.caseNo);
        return refused.change.caseId;
      });
      if (done.ok && done.value !== undefined) {
        announce('clients.changed', { caseIds: [done.value] });
      }
      announceStatus();
      return done.ok ? ok({}) : err(storageProblem(done.error));
    }),
    'sync.reviewed': atDesk((desk) => read(desk, (db) => ({ rows: [...readReviewed(db)] }))),
    'uses.unsent': atDesk((desk) => read(desk, unsentUses)),
    'sync.dismissReviewed': atDesk((desk, { changeId }) => {
      const done = withTransaction(desk.db, (db) => dismissReviewed(db, changeId));
      announceStatus();
      return done.ok ? ok({}) : err(storageProblem(done.error));
    }),
  };
};
