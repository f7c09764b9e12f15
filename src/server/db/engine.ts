import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { engineBinaries } from './engine-binaries.ts';
import { openEngineFolder, type EngineFolder } from './engine-folder.ts';
import { EngineFailure, type EngineProblem } from './engine-problem.ts';
import { runningPort, startProcess, stopProcess, type EngineSettings } from './engine-process.ts';
import { engineUser } from './engine-user.ts';

export type { EngineProblem } from './engine-problem.ts';

/** A database's two addresses: the owner changes its shape, the app role reads and writes rows. */
export type DatabaseUrls = { readonly ownerUrl: string; readonly appUrl: string };

export type Engine = DatabaseUrls & {
  readonly port: number;
  /** Makes an empty database beside the region's own, with the same two roles. */
  readonly createDatabase: (name: string) => Promise<DatabaseUrls>;
  readonly dropDatabase: (name: string) => Promise<void>;
  /**
   * Ends this program's use. The engine itself is stopped (committed work is kept) when no other
   * program uses it; otherwise the last one to leave stops it.
   */
  readonly stop: () => Promise<void>;
  /** Ends this program's use and leaves the engine running for the next program. */
  readonly leave: () => Promise<void>;
};

export type EngineProgress =
  | { readonly step: 'creating' }
  | { readonly step: 'starting' }
  | { readonly step: 'joined'; readonly port: number }
  | { readonly step: 'started'; readonly port: number };

export type EngineOptions = Partial<EngineSettings> & {
  readonly folder: string;
  readonly onProgress?: (progress: EngineProgress) => void;
  /** The engine ended though nobody here stopped it. */
  readonly onLost?: () => void;
};

/** The region's database in its own engine, and the app role's name, which migrations grant to. */
export const regionDatabase = 'punos';
export const ownerRole = 'punos_owner';
export const appRole = 'punos_app';

/** Advisory locks in the database "postgres": who uses the engine, and who prepares a database. */
const inUse = 7_021_001;
const preparing = 7_021_002;

/**
 * Starts PostgreSQL on `folder`, or joins the one that runs there already: left by a program that
 * was killed, or shared with another program that lives. Every user of the engine holds a shared
 * lock on one connection, which vanishes with its program; whoever leaves and gets the lock alone
 * is the last, and stops the engine. So no note on disk can be stale.
 */
export const startEngine = async (
  options: EngineOptions,
): Promise<Result<Engine, EngineProblem>> => {
  try {
    return ok(await start(options));
  } catch (error) {
    if (error instanceof EngineFailure) return err(error.problem);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR') {
      return err({
        code: 'folder-unreachable',
        message: `The folder ${options.folder} cannot be written (${message}). Choose another with --data.`,
      });
    }
    return err({ code: 'would-not-start', message: `The database did not start: ${message}` });
  }
};

const start = async (options: EngineOptions): Promise<Engine> => {
  const settings: EngineSettings = {
    durable: options.durable ?? true,
    ...(options.port === undefined ? {} : { port: options.port }),
  };
  const user = await engineUser();
  const root = path.resolve(options.folder);
  const binaries = await engineBinaries(path.join(root, 'postgresql'), user);
  const folder = await openEngineFolder(root, binaries, user, () =>
    options.onProgress?.({ step: 'creating' }),
  );

  const { port, keeper } = await joinOrStart(options, folder, () =>
    startProcess(folder, binaries, user, settings),
  );
  let stopping = false;
  keeper.on('error', () => {
    if (!stopping) options.onLost?.();
  });
  await prepareRoles(keeper, folder);
  const createDatabase = async (name: string): Promise<DatabaseUrls> => {
    await prepareDatabase(keeper, name);
    const url = (role: string, secret: string): string =>
      `postgres://${role}:${secret}@127.0.0.1:${port}/${encodeURIComponent(name)}?sslmode=disable`;
    return {
      ownerUrl: url(ownerRole, folder.secrets.owner),
      appUrl: url(appRole, folder.secrets.app),
    };
  };
  const own = await createDatabase(regionDatabase);

  return {
    ...own,
    port,
    createDatabase,
    dropDatabase: async (name) => {
      await keeper.query(`DROP DATABASE IF EXISTS ${keeper.escapeIdentifier(name)} WITH (FORCE)`);
    },
    stop: async () => {
      if (stopping) return;
      stopping = true;
      try {
        await keeper.query('SELECT pg_advisory_unlock_shared($1)', [inUse]);
        if (await isLast(keeper)) await stopProcess(folder, binaries, user);
      } finally {
        await keeper.end().catch(() => undefined);
      }
    },
    leave: async () => {
      stopping = true;
      await keeper.end().catch(() => undefined);
    },
  };
};

/**
 * Joins a running engine or starts one, until either works. Another program may be starting or
 * stopping it at this moment, and a crashed one's last processes may still be ending, so one failed
 * start is not yet an answer.
 */
const joinOrStart = async (
  options: EngineOptions,
  folder: EngineFolder,
  startHere: () => Promise<void>,
): Promise<{ readonly port: number; readonly keeper: pg.Client }> => {
  const failures: EngineFailure[] = [];
  let startedHere = false;
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const port = await runningPort(folder);
    const keeper = port === null ? null : await join(folder, port);
    if (port !== null && keeper !== null) {
      options.onProgress?.({ step: startedHere ? 'started' : 'joined', port });
      return { port, keeper };
    }
    if (port === null) {
      options.onProgress?.({ step: 'starting' });
      try {
        await startHere();
        startedHere = true;
        continue;
      } catch (error) {
        if (!(error instanceof EngineFailure)) throw error;
        failures.push(error);
        if (failures.length === mostStarts) throw error;
      }
    }
    await delay(250);
  }
  throw failures.at(-1) ?? new EngineFailure('would-not-start', 'The database does not answer.');
};

/** Whether nobody else uses the engine. One that was killed a moment ago is given time to be missed. */
const isLast = async (keeper: pg.Client): Promise<boolean> => {
  for (let look = 1; look <= 5; look += 1) {
    const { rows } = await keeper.query<{ alone: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS alone',
      [inUse],
    );
    if (rows[0]?.alone === true) return true;
    await delay(100);
  }
  return false;
};

const patienceMs = 60_000;
const mostStarts = 8;

/** @returns a connection that marks the engine as in use, or null when it is being stopped */
const join = async (folder: EngineFolder, port: number): Promise<pg.Client | null> => {
  const keeper = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: folder.secrets.superuser,
    database: 'postgres',
    ssl: false,
    keepAlive: true,
    application_name: 'punos engine keeper',
  });
  // Without a listener a lost connection would end the whole program.
  keeper.on('error', () => undefined);
  try {
    await keeper.connect();
    const { rows } = await keeper.query<{ joined: boolean }>(
      'SELECT pg_try_advisory_lock_shared($1) AS joined',
      [inUse],
    );
    if (rows[0]?.joined === true) return keeper;
  } catch {
    // It went away between the look and the handshake: the caller looks again.
  }
  await keeper.end().catch(() => undefined);
  return null;
};

const prepareRoles = async (keeper: pg.Client, { secrets }: EngineFolder): Promise<void> => {
  await alone(keeper, async () => {
    for (const [role, secret] of [
      [ownerRole, secrets.owner],
      [appRole, secrets.app],
    ] as const) {
      const { rowCount } = await keeper.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      if (rowCount === 0) {
        await keeper.query(
          `CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${keeper.escapeLiteral(secret)}`,
        );
      }
    }
  });
};

const prepareDatabase = async (keeper: pg.Client, name: string): Promise<void> => {
  await alone(keeper, async () => {
    const { rowCount } = await keeper.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount !== 0) return;
    const quoted = keeper.escapeIdentifier(name);
    await keeper.query(`CREATE DATABASE ${quoted} OWNER ${ownerRole}`);
    await keeper.query(`REVOKE ALL ON DATABASE ${quoted} FROM PUBLIC`);
    await keeper.query(`GRANT CONNECT ON DATABASE ${quoted} TO ${appRole}`);
  });
};

const alone = async (keeper: pg.Client, work: () => Promise<void>): Promise<void> => {
  await keeper.query('SELECT pg_advisory_lock($1)', [preparing]);
  try {
    await work();
  } finally {
    await keeper.query('SELECT pg_advisory_unlock($1)', [preparing]);
  }
};
