import type { CallOutput, Problem } from '#shared/contract/calls.ts';
import { eventFrame } from '#shared/contract/border.ts';
import type { EventBody, EventName } from '#shared/contract/events.ts';
import type { CallHandlers, ReplyFrame } from '#shared/contract/transport.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { findHeldCase } from '#main/db/queries/changes.ts';
import { readPeople, readUnits } from '#main/db/queries/directory.ts';
import { withReading, withTransaction } from '#main/db/handles.ts';
import { allRefused, removeFromOutbox } from '#main/db/queries/outbox.ts';
import { createClient } from './clients/create-client.ts';
import { findClients, findTexts } from './clients/find-clients.ts';
import type { CoreHandle } from './core-handle.ts';
import type { Desk } from './desk.ts';
import { dropDraft, keepDraft } from './editing/keep-drafts.ts';
import { removeRecord, restoreRecord } from './editing/remove-record.ts';
import { deskAccess, writeEdits } from './editing/write-edits.ts';
import { storageProblem } from './problems.ts';
import { readCaseView } from './records/case-view.ts';
import { createSession, type Opened, type SessionParts } from './session/session.ts';
import { readOutbox } from './syncing/read-outbox.ts';
import { lockedStatus, noReport, readSyncStatus } from './syncing/sync-status.ts';
import { startSyncThread, type SyncThread } from './syncing/sync-thread.ts';
import type { FromWorker, SyncReport } from './syncing/worker-messages.ts';

export type CoreParts = SessionParts & {
  readonly regionUrl: string;
};

type Answer<T> = Result<T, Problem>;

const locked = (): Answer<never> => err({ code: 'locked' });

/** The whole core: what every host puts behind its border. */
export const createCore = (parts: CoreParts): CoreHandle => {
  const session = createSession(parts);
  const listeners = new Set<(frame: ReplyFrame) => void>();
  let thread: SyncThread | null = null;
  let report: SyncReport = noReport;

  const announce = <N extends EventName>(name: N, body: EventBody<N>): void => {
    const frame = eventFrame(name, body);
    for (const listener of listeners) listener(frame);
  };

  const status = () => {
    const open = session.current();
    return open ? readSyncStatus(open.desk.db, report) : lockedStatus;
  };

  const announceStatus = (): void => announce('sync.status', status());

  const hear = (message: FromWorker): void => {
    if (!session.current()) return;
    switch (message.type) {
      case 'report':
        ({ report } = message);
        break;
      case 'failed':
        report = { ...report, state: 'trouble', problem: message.problem };
        break;
      case 'applied':
        if (message.directoryChanged) announce('directory.changed', {});
        if (message.caseIds.length > 0) {
          announce('clients.changed', { caseIds: [...message.caseIds] });
        }
        break;
      case 'round-ended':
        break;
    }
    announceStatus();
  };

  const stopThread = async (): Promise<void> => {
    const ending = thread;
    thread = null;
    await ending?.stop();
    report = noReport;
  };

  const opened = (result: Answer<Opened>): Answer<CallOutput<'session.state'>> => {
    if (!result.ok) return result;
    const { desk, credentials } = result.value;
    thread = startSyncThread(
      {
        path: desk.file.path,
        key: desk.file.key,
        person: desk.desk.person,
        deviceId: desk.desk.deviceId,
        regionUrl: parts.regionUrl,
        credentials,
      },
      hear,
    );
    const state = session.state();
    announce('session.changed', state);
    return ok(state);
  };

  const lock = async (): Promise<void> => {
    await stopThread();
    session.lock();
  };

  /** Runs a query or command on the open desk. */
  const atDesk =
    <I, T>(work: (desk: Desk, input: I) => Answer<T>) =>
    (input: I): Promise<Answer<T>> => {
      const open = session.current();
      return Promise.resolve(open ? work(open.desk, input) : locked());
    };

  /** As `atDesk`, for what writes: sync goes at once, and the other windows hear of it. */
  const writing = <I extends { readonly caseId: string }, T>(
    work: (desk: Desk, input: I) => Answer<T>,
  ) =>
    atDesk((desk, input: I) => {
      const done = work(desk, input);
      if (done.ok) {
        announce('clients.changed', { caseIds: [input.caseId] });
        announceStatus();
        thread?.now();
      }
      return done;
    });

  let turn: Promise<unknown> = Promise.resolve();
  /** Who is at the desk changes one at a time: two sign-ins at once would leave a thread without a file. */
  const inTurn =
    <I, T>(work: (input: I) => Promise<Answer<T>>) =>
    (input: I): Promise<Answer<T>> => {
      const done = turn.then(() => work(input));
      turn = done.catch(() => undefined);
      return done;
    };

  const handlers: CallHandlers = {
    'session.state': () => Promise.resolve(ok(session.state())),
    'session.signIn': inTurn(async (input) => {
      await lock();
      return opened(await session.signIn(input));
    }),
    'session.unlock': inTurn(async (input) => {
      await lock();
      return opened(await session.unlock(input));
    }),
    'session.lock': inTurn(async () => {
      await lock();
      const state = session.state();
      announce('session.changed', state);
      return ok(state);
    }),
    'session.setAside': inTurn(async ({ personId }) => {
      await lock();
      return session.setAside(personId);
    }),

    'clients.search': atDesk((desk, input) => findClients(desk.db, input)),
    'clients.open': atDesk((desk, { caseId }) => {
      const view = withReading<Answer<CallOutput<'clients.open'>>>(desk.db, (db) => {
        const caseNo = findHeldCase(db, caseId);
        if (caseNo === undefined) return err({ code: 'not-on-this-device' });
        const access = deskAccess(desk, caseNo);
        if (!access.allowed) return err({ code: 'no-access' });
        return ok(readCaseView(db, caseId, caseNo, { because: access.because, role: access.role }));
      });
      return view.ok ? view.value : err(storageProblem(view.error));
    }),
    'clients.create': atDesk((desk, input) => {
      const made = createClient(desk, input);
      if (made.ok) {
        announce('clients.changed', { caseIds: [made.value.caseId] });
        announceStatus();
        thread?.now();
      }
      return made;
    }),
    'text.search': atDesk((desk, input) => findTexts(desk.db, input)),

    'records.write': writing((desk, { caseId, edits }) => writeEdits(desk, caseId, edits)),
    'records.remove': writing((desk, { caseId, recordId, reason }) =>
      removeRecord(desk, caseId, recordId, reason),
    ),
    'records.restore': writing((desk, { caseId, recordId }) =>
      restoreRecord(desk, caseId, recordId),
    ),
    'drafts.save': atDesk(keepDraft),
    'drafts.discard': atDesk(dropDraft),

    'directory.read': atDesk((desk) => {
      const read = withReading(desk.db, (db) => ({
        people: [...readPeople(db)],
        units: [...readUnits(db)],
      }));
      return read.ok ? read : err(storageProblem(read.error));
    }),

    'sync.status': () => Promise.resolve(ok(status())),
    'sync.outbox': atDesk((desk, { limit }) => {
      const rows = withReading(desk.db, (db) => readOutbox(db, limit));
      return rows.ok ? rows : err(storageProblem(rows.error));
    }),
    'sync.now': () => {
      thread?.now();
      return Promise.resolve(ok(status()));
    },
    'sync.dismissRefused': atDesk((desk, { changeId }) => {
      const done = withTransaction(desk.db, (db) => {
        const refused = allRefused(db).find((row) => row.changeId === changeId);
        if (refused) removeFromOutbox(db, changeId);
        return refused?.change.caseId;
      });
      if (done.ok && done.value !== undefined) {
        announce('clients.changed', { caseIds: [done.value] });
      }
      announceStatus();
      return done.ok ? ok({}) : err(storageProblem(done.error));
    }),
  };

  return {
    handlers,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => (turn = turn.then(lock)) as Promise<void>,
  };
};
