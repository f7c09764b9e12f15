import type { TurnCount } from '#main/db/file/write-turn.ts';
import type { Person } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { HereMessage, LiveSaying } from '#shared/protocol/live.ts';

/** How the sync stands, as its worker sees it; with the case file's counts it becomes the status. */
export type SyncReport = {
  readonly state: 'never' | 'working' | 'idle' | 'offline' | 'trouble' | 'signed-out';
  readonly problem: string | null;
  /** News has been heard that no complete pull has followed. */
  readonly newsWaiting: boolean;
  /** Clients that still wait to come during a first sync. */
  readonly entering: number;
  /** How long that will go on by its present pace, milliseconds; null where nothing honest can be said. */
  readonly leftMs: number | null;
  /** The person has stopped the first sync. */
  readonly held: boolean;
  /** When the next try is due after trouble, milliseconds since 1970, UTC. */
  readonly nextTryMs: number | null;
};

export const noReport: SyncReport = {
  state: 'never',
  problem: null,
  newsWaiting: false,
  entering: 0,
  leftMs: null,
  held: false,
  nextTryMs: null,
};

export type WorkerStart = {
  readonly path: string;
  readonly key: Uint8Array;
  readonly turn: TurnCount;
  readonly person: Person;
  readonly deviceId: Id;
  readonly regionUrl: string;
  /** To sign in again when the session has ended; forgotten when that has succeeded once. */
  readonly credentials: { readonly login: string; readonly secret: string } | null;
};

export type ToWorker =
  | { readonly type: 'now' }
  | { readonly type: 'hold'; readonly held: boolean }
  | { readonly type: 'say'; readonly saying: LiveSaying }
  | { readonly type: 'stop' };

export type FromWorker =
  | { readonly type: 'report'; readonly report: SyncReport }
  | {
      readonly type: 'applied';
      readonly caseIds: readonly Id[];
      readonly directoryChanged: boolean;
    }
  /** A client's history has come or grown on this device. */
  | { readonly type: 'history-came'; readonly caseId: Id }
  /** What was set aside and could be read now; not the region's word. */
  | { readonly type: 'read-anew'; readonly caseIds: readonly Id[] }
  | { readonly type: 'round-ended' }
  /**
   * The region says that there are two copies of this device (SPEC I3). The loop has ended; what it had to
   * sign in with goes back to who starts the next one.
   */
  | { readonly type: 'copied'; readonly credentials: WorkerStart['credentials'] }
  /** Who else has the plan open now: the whole list, empty when the line is lost. */
  | HereMessage
  | { readonly type: 'failed'; readonly problem: string };
