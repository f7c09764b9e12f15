import path from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { RandomBytes } from '#shared/domain/ids.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { EngineProgress } from './db/engine.ts';
import type { Database } from './db/pool.ts';
import { createRegionApp } from './http/app.ts';
import type { RegionApp } from './http/region-app.ts';
import { openRegionDatabase } from './open-region-database.ts';
import { forgetAttempts } from './region/identity/guessing.ts';
import { openJournal } from './region/journal/journal-file.ts';
import { keepJournal } from './region/journal/keep-journal.ts';
import type { Replayed } from './region/journal/replay-journal.ts';
import { startJournal } from './region/journal/start-journal.ts';
import { startPresence } from './region/presence/presence.ts';
import { listenForNews } from './region/syncing/news.ts';
import { openAnchors } from './region/use-log/anchors.ts';
import { keepSealed } from './region/use-log/keep-sealed.ts';
import { ensureUsePartitions } from './region/use-log/partitions.ts';
import { createSealer } from './region/use-log/seal-use.ts';
import type { Identity } from './region/identity/identity.ts';
import { forgetProofs } from './region/identity/provider-token.ts';
import { forgetSessions } from './region/identity/sessions.ts';

export type RegionMessage =
  | { readonly kind: 'creating-database' }
  | { readonly kind: 'starting-database' }
  | { readonly kind: 'database-port'; readonly port: number }
  | { readonly kind: 'waiting-for-database'; readonly secondsLeft: number }
  | { readonly kind: 'migrated'; readonly steps: readonly number[] }
  | ({ readonly kind: 'restored' } & Replayed)
  | { readonly kind: 'port-taken'; readonly wanted: number; readonly used: number }
  | { readonly kind: 'listening'; readonly port: number };

export type RegionOptions = {
  /** Tried first; when it is taken another free one is used and told. 0 means any. */
  readonly port: number;
  readonly dataFolder: string;
  /** The region's own PostgreSQL; without it the server runs one in `dataFolder`. */
  readonly databaseUrl?: string;
  /**
   * Where the log of use is anchored and the journal of rights is kept; `anchors` in `dataFolder` unless told
   * otherwise.
   */
  readonly anchorsFolder?: string;
  /** The operator says that the database was restored from a copy, whatever the journal of rights tells. */
  readonly isRestored?: boolean;
  /** The operator says to go on where the journal of rights has lost something. */
  readonly trustDatabase?: boolean;
  /** Given to a new region; an existing one keeps its name. */
  readonly name: string;
  readonly log: FastifyBaseLogger;
  readonly now: () => Date;
  readonly random: RandomBytes;
  /** How people sign in; local accounts alone unless told otherwise. */
  readonly identity?: Identity;
  readonly tell: (message: RegionMessage) => void;
  /** How long to wait for a database that does not answer at start. */
  readonly patienceMs?: number;
};

/** A region that answers. */
export type RunningRegion = {
  readonly port: number;
  readonly url: string;
  readonly db: Database;
  /** Resolves when the database is no longer the one that was started on. */
  readonly lost: Promise<LostDatabase>;
  /** Finishes the requests under way, then ends the server and its own database. */
  readonly stop: () => Promise<void>;
};

/** The server's own database ended unasked; or an older copy was put in its place. */
export type LostDatabase = 'ended' | 'replaced';

const housekeepingMs = 3_600_000;

/** Starts everything in its order. A problem is a sentence for the person who started it. */
export const startRegion = async (
  options: RegionOptions,
): Promise<Result<RunningRegion, string>> => {
  const lost = Promise.withResolvers<LostDatabase>();
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  const fail = async (message: string): Promise<Result<never, string>> => {
    await stop();
    return err(message);
  };

  const onConnectionLost = (reason: string): void => {
    options.log.warn({ reason }, 'a connection to the database was lost');
  };
  const { databaseUrl, patienceMs } = options;
  const opened = await openRegionDatabase({
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(patienceMs === undefined ? {} : { patienceMs }),
    dataFolder: options.dataFolder,
    name: options.name,
    now: options.now,
    random: options.random,
    onEngine: (progress) => tellProgress(options, progress),
    onWaiting: (secondsLeft) => options.tell({ kind: 'waiting-for-database', secondsLeft }),
    onMigrated: (steps) => options.tell({ kind: 'migrated', steps }),
    onConnectionLost,
    onEngineLost: () => lost.resolve('ended'),
  });
  if (!opened.ok) return opened;
  const { db } = opened.value;
  undo.push(opened.value.close);

  try {
    const anchorsFolder = options.anchorsFolder ?? path.join(options.dataFolder, 'anchors');
    const journal = openJournal(anchorsFolder);
    const replayed = await startJournal({
      db,
      journal,
      now: options.now,
      random: options.random,
      isRestored: options.isRestored ?? false,
      trustDatabase: options.trustDatabase ?? false,
    });
    if (!replayed.ok) return await fail(replayed.error);
    if (replayed.value) {
      options.log.warn(replayed.value, 'the database was restored: rights were replayed');
      options.tell({ kind: 'restored', ...replayed.value });
    }
    let app: RegionApp | null = null;
    undo.push(
      await keepJournal({
        db,
        journal,
        now: options.now,
        onTrouble: (error) =>
          options.log.warn({ error: (error as Error).name }, 'the journal of rights waits'),
        onRestored: () => {
          options.log.error('the database was replaced by an older copy');
          // Nobody is answered from it: what it gives may have ended.
          void app?.close();
          lost.resolve('replaced');
        },
      }),
    );
    const news = await listenForNews(db, onConnectionLost, options.now);
    undo.push(news.end);
    const presence = await startPresence(db, { now: options.now, onLost: onConnectionLost });
    undo.push(presence.end);
    const anchors = openAnchors(anchorsFolder);
    await ensureUsePartitions(db, options.now());
    undo.push(
      keepSealed(createSealer(db, anchors, options.now), (error) =>
        options.log.warn({ error: (error as Error).name }, 'the log of use could not be sealed'),
      ),
    );
    const served = await createRegionApp({ ...options, db, news, presence, anchors });
    app = served;
    undo.push(() => served.close());
    const port = await listen(served, options);
    undo.push(keepHouse(options, db));
    options.tell({ kind: 'listening', port });
    return ok({ port, url: `http://127.0.0.1:${port}`, db, lost: lost.promise, stop });
  } catch (error) {
    options.log.error({ error: (error as Error).name }, 'could not start');
    return fail(`The region could not start: ${(error as Error).message}`);
  }
};

/** Runs a region until the signal. */
export const runRegion = async (
  options: RegionOptions & { readonly until: AbortSignal },
): Promise<Result<true, string>> => {
  const started = await startRegion(options);
  if (!started.ok) return started;
  const region = started.value;
  const ended = await Promise.race([
    region.lost,
    new Promise<'asked'>((resolve) => {
      if (options.until.aborted) resolve('asked');
      options.until.addEventListener('abort', () => resolve('asked'), { once: true });
    }),
  ]);
  await region.stop();
  switch (ended) {
    case 'asked':
      return ok(true);
    case 'ended':
      return err('The database ended by itself. Start the region again; what was saved is there.');
    case 'replaced':
      return err(
        'An older copy was put in the place of the database. Start the region again: it brings the rights of the copy up to date first.',
      );
    default:
      return assertNever(ended);
  }
};

const listen = async (app: RegionApp, options: RegionOptions): Promise<number> => {
  const listenOn = async (port: number): Promise<number> => {
    await app.listen({ host: '127.0.0.1', port });
    const address = app.server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  };
  try {
    return await listenOn(options.port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const used = await listenOn(0);
    options.tell({ kind: 'port-taken', wanted: options.port, used });
    return used;
  }
};

/** Clears away old sessions and attempts, now and every hour. @returns how to stop */
const keepHouse = (options: RegionOptions, db: Database): (() => Promise<void>) => {
  let last: Promise<void> = Promise.resolve();
  const clean = async (): Promise<void> => {
    try {
      await forgetAttempts(db, options.now());
      await forgetSessions(db, options.now());
      await forgetProofs(db, options.now());
      await ensureUsePartitions(db, options.now());
    } catch (error) {
      options.log.warn({ error: (error as Error).name }, 'housekeeping failed');
    }
  };
  const timer = setInterval(() => {
    last = clean();
  }, housekeepingMs);
  last = clean();
  return async () => {
    clearInterval(timer);
    await last;
  };
};

const tellProgress = (options: RegionOptions, progress: EngineProgress): void => {
  switch (progress.step) {
    case 'creating':
      return options.tell({ kind: 'creating-database' });
    case 'starting':
      return options.tell({ kind: 'starting-database' });
    case 'joined':
    case 'started':
      return options.tell({ kind: 'database-port', port: progress.port });
  }
};
