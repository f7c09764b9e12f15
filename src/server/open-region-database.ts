import type { RandomBytes } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { waitForDatabase } from './db/connect.ts';
import { appRole, startEngine, type EngineProgress } from './db/engine.ts';
import { grantToApp, migrate } from './db/migrate.ts';
import { openDatabase, withTransaction, type Database } from './db/pool.ts';
import { ensureRegion } from './region/region-state.ts';

export type OpenOptions = {
  /** The region's own PostgreSQL; without it the one in `dataFolder` is joined or started. */
  readonly databaseUrl?: string;
  readonly dataFolder: string;
  /** Given to a new region; an existing one keeps its name. */
  readonly name: string;
  readonly now: () => Date;
  readonly random: RandomBytes;
  readonly onEngine?: (progress: EngineProgress) => void;
  readonly patienceMs?: number;
};

export type OpenRegion = {
  readonly db: Database;
  /** Closes the connections; the region's own engine goes on while a server uses it. */
  readonly close: () => Promise<void>;
};

/**
 * Opens the region's database for a tool, beside a server that may be running on it. A problem is a
 * sentence for whoever started the tool.
 */
export const openRegionDatabase = async (
  options: OpenOptions,
): Promise<Result<OpenRegion, string>> => {
  const undo: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  const fail = async (message: string): Promise<Result<never, string>> => {
    await close();
    return err(message);
  };
  try {
    let urls = { ownerUrl: options.databaseUrl ?? '', appUrl: options.databaseUrl ?? '' };
    if (options.databaseUrl === undefined) {
      const engine = await startEngine({
        folder: options.dataFolder,
        ...(options.onEngine ? { onProgress: options.onEngine } : {}),
      });
      if (!engine.ok) return err(engine.error.message);
      undo.push(engine.value.stop);
      urls = engine.value;
    }
    const owner = openDatabase({ url: urls.ownerUrl, connections: 2 });
    undo.push(owner.close);
    const answers = await waitForDatabase(owner, options.patienceMs ?? 20_000, () => undefined);
    if (!answers.ok) {
      return await fail(
        answers.error.code === 'away'
          ? `The database has not answered for ${answers.error.seconds} s. Is it running, and is DATABASE_URL right?`
          : `The database refuses: ${answers.error.reason}. Check the role and the name in DATABASE_URL.`,
      );
    }
    const migrated = await migrate(owner);
    if (!migrated.ok) {
      return await fail(
        'The database does not fit this program: it is of a newer Punos, or its PostgreSQL is too old.',
      );
    }
    if (options.databaseUrl === undefined) await grantToApp(owner, appRole);
    const db = openDatabase({ url: urls.appUrl, connections: 4 });
    undo.push(db.close);
    await withTransaction(db, (tx) =>
      ensureRegion(tx, options.name, options.now().getTime(), options.random),
    );
    return ok({ db, close });
  } catch (error) {
    return fail(`The region's database cannot be used: ${(error as Error).message}`);
  }
};
