import { Worker } from 'node:worker_threads';
import type { LiveSaying } from '#shared/protocol/live.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts';

/** The sync worker as the rest of the core sees it. */
export type SyncThread = {
  readonly now: () => void;
  readonly hold: (held: boolean) => void;
  /** Says over the live line what is open here. */
  readonly say: (saying: LiveSaying) => void;
  /** Resolves when the worker has closed its connection and ended. */
  readonly stop: () => Promise<void>;
};

/** Starts sync in a thread of its own. A thread that dies is told as `failed`, never silently missing. */
export const startSyncThread = (
  start: WorkerStart,
  onMessage: (message: FromWorker) => void,
): SyncThread => {
  const worker = new Worker(new URL('./sync-worker.ts', import.meta.url), { workerData: start });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('message', onMessage);
  worker.on('error', () => onMessage({ type: 'failed', problem: 'sync-stopped' }));
  const tell = (message: ToWorker): void => worker.postMessage(message);
  return {
    now: () => tell({ type: 'now' }),
    hold: (held) => tell({ type: 'hold', held }),
    say: (saying) => tell({ type: 'say', saying }),
    stop: () => {
      tell({ type: 'stop' });
      return ended;
    },
  };
};
