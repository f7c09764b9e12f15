import type { RandomBytes } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { waitForDatabase } from './db/connect.ts';
import { appRole, startEngine, type EngineProgress } from './db/engine.ts';
import { grantToApp, migrate, type MigrationProblem } from './db/migrate.ts';
import { openDatabase, withTransaction, type Database } from './db/pool.ts';
import { ensureRegion } from './region/region-state.ts';
import { forgetOldUse } from './region/use-log/partitions.ts';

export type OpenOptions = {
  /** The region's own PostgreSQL; without it the one in `dataFolder` is joined or started. */
  readonly databaseUrl?: string;
  readonly dataFolder: string;
  /** Given to a new region; an existing one keeps its name. */
  readonly name: string;
  readonly now: () => Date;
  readonly random: RandomBytes;
  readonly onEngine?: (progress: EngineProgress) => void;
  readonly onWaiting?: (secondsLeft: number) => void;
  readonly onMigrated?: (steps: readonly number[]) => void;
  /** An idle connection broke; the pool replaces it. */
  readonly onConnectionLost?: (reason: string) => void;
  /** The region's own engine ended unasked. */
  readonly onEngineLost?: () => void;
  /** How long to wait for a database that does not answer at start. */
  readonly patienceMs?: number;
};

export type OpenRegion = {
  readonly db: Database;
  /** Closes the connections; the region's own engine goes on while another program uses it. */
  readonly close: () => Promise<void>;
};

type Addresses = { readonly ownerUrl: string; readonly appUrl: string };

/**
 * Opens the region's database, ready for use: engine, migrations, roles, the region's own row. For the
 * server, and for a tool beside a server that may be running on it. A problem is a sentence for whoever
 * started the program.
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
  const pool = (url: string, connections: number): Database => {
    const { onConnectionLost } = options;
    const db = openDatabase({ url, connections, ...(onConnectionLost && { onConnectionLost }) });
    undo.push(db.close);
    return db;
  };

  const addresses = await findDatabase(options, undo);
  if (!addresses.ok) return addresses;
  let owner: Database;
  let db: Database;
  try {
    owner = pool(addresses.value.ownerUrl, 2);
    db = pool(addresses.value.appUrl, 10);
  } catch {
    return fail('DATABASE_URL is not the address of a PostgreSQL database.');
  }
  try {
    const prepared = await prepare(options, owner);
    if (!prepared.ok) return await fail(prepared.error);
    await withTransaction(db, (tx) =>
      ensureRegion(tx, options.name, options.now().getTime(), options.random),
    );
    return ok({ db, close });
  } catch (error) {
    return fail(`The region's database cannot be used: ${(error as Error).message}`);
  }
};

/** The given database, or the region's own engine, joined or started. */
const findDatabase = async (
  options: OpenOptions,
  undo: (() => Promise<void>)[],
): Promise<Result<Addresses, string>> => {
  const { databaseUrl, onEngine, onEngineLost } = options;
  if (databaseUrl !== undefined) return ok({ ownerUrl: databaseUrl, appUrl: databaseUrl });
  const engine = await startEngine({
    folder: options.dataFolder,
    ...(onEngine && { onProgress: onEngine }),
    ...(onEngineLost && { onLost: onEngineLost }),
  });
  if (!engine.ok) return err(engine.error.message);
  undo.push(engine.value.stop);
  return engine;
};

/** Waits until the database answers and brings it up to date. */
const prepare = async (options: OpenOptions, owner: Database): Promise<Result<true, string>> => {
  const answers = await waitForDatabase(owner, options.patienceMs ?? 60_000, (secondsLeft) =>
    options.onWaiting?.(secondsLeft),
  );
  if (!answers.ok) {
    return err(
      answers.error.code === 'away'
        ? `The database has not answered for ${answers.error.seconds} s. Is it running, and is DATABASE_URL right?`
        : `The database refuses: ${answers.error.reason}. Check the role and the name in DATABASE_URL.`,
    );
  }
  const migrated = await migrate(owner);
  if (!migrated.ok) return err(wordsOf(migrated.error));
  if (migrated.value.length > 0) options.onMigrated?.(migrated.value);
  await forgetOldUse(owner, options.now());
  if (options.databaseUrl === undefined) await grantToApp(owner, appRole);
  return ok(true);
};

const wordsOf = (problem: MigrationProblem): string =>
  problem.code === 'database-from-the-future'
    ? `The database was changed by a newer Punos (step ${problem.found}; this program knows ${problem.known}). ` +
      'Nothing was changed in it. Use the newer program.'
    : `The database is PostgreSQL ${problem.version}; Punos needs ${problem.needed} or newer.`;
