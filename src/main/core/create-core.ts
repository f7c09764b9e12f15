import type { CallOutput } from '#shared/contract/calls.ts';
import type { EventBody } from '#shared/contract/events.ts';
import type { CallHandlers } from '#shared/contract/transport.ts';
import type { Id } from '#shared/domain/ids.ts';
import { ok } from '#shared/lib/result.ts';
import { workHandlers } from './work/work-handlers.ts';
import { clientHandlers } from './clients/client-handlers.ts';
import type { CoreHandle } from './core-handle.ts';
import { deviceHandlers } from './device/device-handlers.ts';
import { recentTroubles } from './device/recent-troubles.ts';
import { announcer, deskCalls, type Answer } from './desk-calls.ts';
import { familyHandlers } from './family/family-handlers.ts';
import { historyHandlers } from './history/history-handlers.ts';
import { onlineHandlers } from './online/online-handlers.ts';
import { endLease, reckonEveryMs, reckonLease, renewLease } from './rights/offline-lease.ts';
import { rightsHandlers } from './rights/rights-handlers.ts';
import type { OpenBrowser } from './session/provider-sign-in.ts';
import { sessionHandlers } from './session/session-handlers.ts';
import { createSession, type Opened, type SessionParts } from './session/session.ts';
import { renewingRegion } from './syncing/renewing-region.ts';
import { sayHere } from './syncing/say-here.ts';
import { syncHandlers } from './syncing/sync-handlers.ts';
import { lockedStatus, readSyncStatus } from './syncing/sync-status.ts';
import { startSyncThread, type SyncThread } from './syncing/sync-thread.ts';
import { noReport, type FromWorker, type SyncReport } from './syncing/worker-messages.ts';

export type CoreParts = SessionParts & {
  readonly regionUrl: string;
  /** The program's own version, for the report to support. */
  readonly programVersion: string;
  /** Null where the host has no way to the system's browser, and the window opens addresses itself. */
  readonly openBrowser: OpenBrowser | null;
};

/** How often rights that end by the clock are looked for while nobody asks for anything. */
const clockLookMs = 10_000;

/** After a new id could not be written down, the region is asked again so much later. */
const rekeyAgainMs = 60_000;

/** The region knows who asks, and does not let them in. */
const isTurnedAway = ({ state, problem }: SyncReport): boolean =>
  state === 'signed-out' ||
  (state === 'trouble' && (problem === 'device-revoked' || problem === 'no-access'));

/** The trouble that a report tells of, in a word; null where all is well. */
const troubleOf = ({ state, problem }: SyncReport): string | null =>
  problem ?? (state === 'offline' || state === 'signed-out' ? state : null);

/** The whole core: what every host puts behind its border. */
export const createCore = (parts: CoreParts): CoreHandle => {
  const session = createSession(parts);
  const { announce, onEvent } = announcer();
  let thread: SyncThread | null = null;
  let report: SyncReport = noReport;
  const troubles = recentTroubles();
  let clocks: readonly NodeJS.Timeout[] = [];
  /** Aborts when the person leaves the desk: what is under way then leaves the case file alone. */
  let leaving = new AbortController();

  const status = () => {
    const open = session.current();
    return open ? readSyncStatus(open.desk, report) : lockedStatus;
  };

  const announceStatus = (): void => announce('sync.status', status());

  const calls = deskCalls({
    desk: () => session.current()?.desk ?? null,
    announce,
    turnToRegion: () => {
      announceStatus();
      thread?.now();
    },
  });

  /** Plans that somebody else has open: they are alone again when the line's thread has died. */
  const shared = new Set<Id>();
  const tellHere = (caseId: Id, people: EventBody<'here.changed'>['people']): void => {
    if (people.length > 0) shared.add(caseId);
    else shared.delete(caseId);
    announce('here.changed', { caseId, people });
  };

  const hear = (message: FromWorker, from: SyncThread): void => {
    const open = session.current();
    if (!open) return;
    switch (message.type) {
      case 'report':
        ({ report } = message);
        if (report.state !== 'working') troubles.note(open.desk.now(), troubleOf(report));
        if (isTurnedAway(report)) endLease(open.desk);
        break;
      case 'failed':
        report = { ...report, state: 'trouble', problem: message.problem };
        troubles.note(open.desk.now(), message.problem);
        for (const caseId of shared) tellHere(caseId, []);
        break;
      case 'applied':
        renewLease(open.desk);
        if (message.directoryChanged) announce('directory.changed', {});
        if (message.caseIds.length > 0) {
          announce('clients.changed', { caseIds: [...message.caseIds] });
        }
        break;
      case 'history-came':
        announce('clients.changed', { caseIds: [message.caseId] });
        break;
      case 'read-anew':
        announce('clients.changed', { caseIds: [...message.caseIds] });
        break;
      case 'copied':
        void inTurn(becomeNewDevice)({ from, credentials: message.credentials });
        return;
      case 'here':
        tellHere(message.caseId, message.people);
        return;
      case 'round-ended':
        break;
    }
    announceStatus();
  };

  const startThread = ({ desk, credentials }: Opened): void => {
    const started: SyncThread = startSyncThread(
      {
        path: desk.file.path,
        key: desk.file.key,
        turn: desk.file.turn,
        person: desk.desk.person,
        deviceId: desk.desk.deviceId,
        regionUrl: parts.regionUrl,
        credentials,
      },
      (message) => hear(message, started),
    );
    thread = started;
  };

  /**
   * The region has noticed that there are two copies of this device (SPEC I3). What is asked of the region
   * under the old id ends; a disk that is full now is tried again.
   */
  const becomeNewDevice = async (heard: {
    readonly from: SyncThread;
    readonly credentials: Opened['credentials'];
  }): Promise<Answer<void>> => {
    const open = session.current();
    if (!open || thread !== heard.from) return ok(undefined);
    await stopThread();
    leaving.abort();
    leaving = new AbortController();
    const renewed = session.rekey(open);
    if (renewed.ok) {
      startThread({ desk: renewed.value, credentials: heard.credentials });
      announce('directory.changed', {});
    } else {
      report = { ...noReport, state: 'trouble', problem: renewed.error.code };
      const again = setTimeout(() => {
        startThread({ desk: open, credentials: heard.credentials });
      }, rekeyAgainMs);
      again.unref();
      clocks = [...clocks, again];
    }
    announceStatus();
    return ok(undefined);
  };

  const stopThread = async (): Promise<void> => {
    const ending = thread;
    thread = null;
    await ending?.stop();
    shared.clear();
    report = noReport;
    troubles.forget();
  };

  const opened = (result: Answer<Opened>): Answer<CallOutput<'session.state'>> => {
    if (!result.ok) return result;
    const { desk, credentials } = result.value;
    // Before the first screen: what ended while the file lay closed is not shown for a moment.
    const closed = calls.closeEnded(desk.desk);
    if (!closed.ok) {
      session.lock();
      return closed;
    }
    reckonLease(desk.desk, reckonEveryMs);
    clocks = [
      setInterval(() => void calls.closeEnded(desk.desk), clockLookMs),
      setInterval(() => {
        reckonLease(desk.desk, reckonEveryMs);
        announceStatus();
      }, reckonEveryMs),
    ];
    for (const clock of clocks) clock.unref();
    startThread({ desk, credentials });
    const state = session.state();
    announce('session.changed', state);
    announceStatus();
    return ok(state);
  };

  const lock = async (): Promise<void> => {
    for (const clock of clocks) clearInterval(clock);
    leaving.abort();
    leaving = new AbortController();
    await stopThread();
    session.lock();
  };

  let turn: Promise<unknown> = Promise.resolve();
  /** Who is at the desk changes one at a time: two sign-ins at once would leave a thread without a file. */
  const inTurn =
    <I, T>(work: (input: I) => Promise<Answer<T>>) =>
    (input: I): Promise<Answer<T>> => {
      const done = turn.then(() => work(input));
      turn = done.catch(() => undefined);
      return done;
    };

  const lockedNow = (): Answer<CallOutput<'session.state'>> => {
    const state = session.state();
    announce('session.changed', state);
    return ok(state);
  };

  const signingIn = sessionHandlers({
    ...parts,
    session,
    inTurn,
    stopThread,
    lock,
    opened,
    locked: lockedNow,
  });

  /** The open desk, with the region by its session. */
  const atRegion = () => {
    const open = session.current();
    if (!open) return null;
    const { region, deviceName } = parts;
    const { desk } = open;
    const until = leaving.signal;
    return { desk, region: renewingRegion({ desk, region, deviceName, until }) };
  };

  const handlers: CallHandlers = {
    ...signingIn.handlers,
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
      return lockedNow();
    }),
    'session.setAside': inTurn(async ({ personId }) => {
      await lock();
      return session.setAside(personId);
    }),

    ...clientHandlers(calls),
    ...rightsHandlers(calls, announce),
    'here.say': calls.atDesk(sayHere((saying) => thread?.say(saying))),
    ...syncHandlers(calls, { announce, status, syncNow: () => thread?.now() }),
    ...deviceHandlers(calls, {
      programVersion: parts.programVersion,
      deviceName: parts.deviceName,
      status,
      troubles: troubles.read,
      hold: (held) => thread?.hold(held),
    }),
    ...historyHandlers(calls, atRegion),
    ...workHandlers(calls),
    ...familyHandlers(calls),
    ...onlineHandlers({
      current: atRegion,
      syncNow: () => thread?.now(),
    }),
  };

  return {
    handlers,
    onEvent,
    close: () => {
      signingIn.close();
      return (turn = turn.then(lock)) as Promise<void>;
    },
  };
};
