import { assertNever } from '#shared/lib/assert-never.ts';
import type { ErrorResponse } from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { workOutPending } from '../derived/pending-work.ts';
import { indexPendingTexts } from '../derived/text-index.ts';
import { historyFetch } from '../history/fetch-history.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import type { LiveSaying } from '#shared/protocol/live.ts';
import type { Desk } from '../desk.ts';
import { introductionOf } from '../session/introduction.ts';
import { forgetTokens, keepRekeyed, keepSession } from './keep-tokens.ts';
import { firstSyncPace } from './first-sync-pace.ts';
import { lostLineMs, quietMs, retryDelayMs } from './pace.ts';
import type { LiveLine, RegionClient } from './region-client.ts';
import { currentToken, renewTokens } from './renew-tokens.ts';
import { renewingRegion } from './renewing-region.ts';
import type { RoundTrouble } from './round-trouble.ts';
import { syncRound } from './sync-round.ts';
import { noReport, type FromWorker, type SyncReport, type WorkerStart } from './worker-messages.ts';
import { whoIsHere } from './who-is-here.ts';

export type SyncLoop = {
  /** Something was written, or somebody asked: go at once. */
  readonly now: () => void;
  /** Stops a first fetch after the page in hand, or lets it go on. */
  readonly hold: (held: boolean) => void;
  /** Says over the live line what is open here, now and when a lost line is back. */
  readonly say: (saying: LiveSaying) => void;
  /** Ends after the page in hand; resolves when nothing runs any more. */
  readonly stop: () => Promise<void>;
};

type LoopParts = {
  readonly desk: Desk;
  readonly region: RegionClient;
  readonly credentials: WorkerStart['credentials'];
  readonly deviceName: string;
  readonly tell: (message: FromWorker) => void;
  readonly random: () => number;
  /** Ends a renewal of the session under way. */
  readonly until?: AbortSignal;
};

const reportOf = (trouble: RoundTrouble): Pick<SyncReport, 'state' | 'problem'> => {
  switch (trouble.kind) {
    case 'offline':
      return { state: 'offline', problem: null };
    case 'not-a-region':
      return { state: 'trouble', problem: 'not-a-region' };
    case 'server-trouble':
      return { state: 'trouble', problem: 'server-trouble' };
    case 'storage':
      return { state: 'trouble', problem: `storage-${trouble.problem.kind}` };
    case 'refused':
      return trouble.code === 'signed-out' || trouble.code === 'wrong-credentials'
        ? { state: 'signed-out', problem: null }
        : { state: 'trouble', problem: trouble.code };
    default:
      return assertNever(trouble);
  }
};

const isRefused = (trouble: RoundTrouble | null, code: ErrorResponse['code']): boolean =>
  trouble?.kind === 'refused' && trouble.code === code;

/** Runs rounds for as long as the desk is open: at news, at edits, now and then, and after trouble with patience. */
export const startSyncLoop = (parts: LoopParts): SyncLoop => {
  const { desk, tell } = parts;
  const region = renewingRegion(parts);
  const history = historyFetch(desk);
  let credentials = parts.credentials;
  let report: SyncReport = noReport;
  const pace = firstSyncPace();
  let stopped = false;
  let failures = 0;
  let askedAgain = false;
  let listening: LiveLine | null = null;
  const here = whoIsHere({ tell, now: desk.now });
  let wake: (() => void) | null = null;
  let newsHeard = 0;
  let listenAgain: NodeJS.Timeout | undefined;

  const say = (change: Partial<SyncReport>): void => {
    report = { ...report, ...change };
    tell({ type: 'report', report });
  };

  const now = (): void => {
    askedAgain = true;
    wake?.();
  };

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (askedAgain || stopped) {
        resolve();
        return;
      }
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        wake = null;
        resolve();
      }
      wake = done;
    });

  /**
   * The session of this device, begun anew if it has ended: with what the person typed at unlocking, or by
   * the word of the identity provider.
   */
  const signInAgain = async (): Promise<RoundTrouble | null> => {
    if (!credentials) {
      const proved = await renewTokens(parts, '');
      return proved.ok ? null : proved.error;
    }
    const device = introductionOf(desk.db, parts.deviceName);
    const answer = await region.signIn({ ...credentials, device });
    if (!answer.ok) {
      if (isRefused(answer.error, 'wrong-credentials')) credentials = null;
      return answer.error;
    }
    credentials = null;
    const kept = keepSession(desk.db, answer.value, null);
    return kept.ok ? null : { kind: 'storage', problem: kept.error };
  };

  const listen = (token: string): void => {
    listening ??= region.listen(token, {
      onOpen: () => here.begun((saying) => listening?.say(saying)),
      onHere: here.heard,
      onNews: () => {
        newsHeard += 1;
        say({ newsWaiting: true });
        now();
      },
      onLost: () => {
        listening = null;
        here.lost();
        listenAgain = setTimeout(now, lostLineMs(parts.random));
      },
    });
  };

  /** Tells the region whom this device goes on from, until it has answered (SPEC I4, I5). */
  const introduceAnew = async (token: string): Promise<Result<void, RoundTrouble>> => {
    const { replaces, ...device } = introductionOf(desk.db, parts.deviceName);
    if (replaces === undefined) return ok(undefined);
    const answer = await region.rekey(token, { device: { ...device, replaces } });
    if (!answer.ok) return answer;
    const kept = keepRekeyed(desk.db, answer.value);
    return kept.ok ? kept : err({ kind: 'storage', problem: kept.error });
  };

  const roundOnce = async (): Promise<RoundTrouble | null> => {
    const token = readState(desk.db, 'sessionToken');
    if (token === null) return signInAgain().then((trouble) => trouble ?? roundOnce());
    const introduced = await introduceAnew(token);
    const result = introduced.ok
      ? await syncRound(desk, region, token, {
          shouldStop: () => stopped,
          mayFetch: () => !report.held || readState(desk.db, 'lastCompletePull') !== null,
          onEntering: (entering) => say({ entering, leftMs: pace.note(desk.now(), entering) }),
          onApplied: (applied) => {
            history.note(applied.caseIds);
            tell({ type: 'applied', ...applied });
          },
        })
      : introduced;
    if (result.ok) {
      listen(currentToken(parts) ?? token);
      return null;
    }
    if (!isRefused(result.error, 'signed-out')) return result.error;
    listening?.end();
    listening = null;
    here.lost();
    const forgotten = forgetTokens(desk.db);
    if (!forgotten.ok) return { kind: 'storage', problem: forgotten.error };
    // Of a session that ended before the new id was told, nobody has yet tried to begin another.
    return credentials || !introduced.ok ? roundOnce() : result.error;
  };

  /** Works out the work list and builds the full-text index behind the screens; what is to be sent or fetched does not wait for it. */
  const indexPending = async (): Promise<void> => {
    while (!stopped && !askedAgain) {
      const worked = workOutPending(desk.db);
      if (!worked.ok || !worked.value.more) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    while (!stopped && !askedAgain) {
      const indexed = indexPendingTexts(desk.db);
      if (!indexed.ok || !indexed.value.more) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  /** Brings the history of one's own clients after everything else: a page a round where news never end. */
  const fetchHistory = (): Promise<void> => {
    let begun = false;
    const mayGoOn = (): boolean => {
      const may = !stopped && (!begun || !askedAgain);
      begun = true;
      return may;
    };
    return history.run({
      region,
      token: currentToken(parts) ?? '',
      mayGoOn,
      onCame: (caseId) => tell({ type: 'history-came', caseId }),
    });
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      askedAgain = false;
      const heard = newsHeard;
      say({ state: 'working', nextTryMs: null });
      const trouble = await roundOnce();
      if (isRefused(trouble, 'device-copied')) {
        // The core takes a new id for the device and starts another loop.
        tell({ type: 'copied', credentials });
        break;
      }
      if (trouble) {
        failures += 1;
        pace.forget();
      } else {
        failures = 0;
        const entering = report.held ? report.entering : 0;
        say({ state: 'idle', problem: null, newsWaiting: newsHeard !== heard, entering });
      }
      const restMs = trouble
        ? retryDelayMs(failures, trouble, parts.random)
        : quietMs(parts.random);
      if (trouble) say({ ...reportOf(trouble), leftMs: null, nextTryMs: desk.now() + restMs });
      tell({ type: 'round-ended' });
      await indexPending();
      if (!trouble && !report.held) await fetchHistory();
      await rest(restMs);
    }
    clearTimeout(listenAgain);
    listening?.end();
    here.end();
  };

  const running = run();
  return {
    now,
    hold: (held) => {
      pace.forget();
      say({ held, leftMs: null });
      if (!held) now();
    },
    say: here.say,
    stop: () => {
      stopped = true;
      wake?.();
      return running;
    },
  };
};
