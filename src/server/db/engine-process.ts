import { execFile } from 'node:child_process';
import { readFile, readlink, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { EngineBinaries } from './engine-binaries.ts';
import {
  asUser,
  engineEnvironment,
  isAlive,
  lastWords,
  type EngineFolder,
} from './engine-folder.ts';
import { EngineFailure } from './engine-problem.ts';
import type { EngineUser } from './engine-user.ts';

const run = promisify(execFile);

export type EngineSettings = {
  /** The port to try first; any free one when it is taken or not named. */
  readonly port?: number;
  /** False only where losing everything at a power cut is fine: throw-away databases of tests. */
  readonly durable: boolean;
};

/** The port of the engine that runs on this folder, made certain by asking it, or null. */
export const runningPort = async (folder: EngineFolder): Promise<number | null> => {
  const noted = await readPidFile(folder.pgdata);
  if (noted === null) return null;
  if (isAlive(noted.pid) && (await answersAsOurs(folder, noted.port))) return noted.port;
  if (isAlive(noted.pid) && (await mayBeOurs(noted.pid, folder.pgdata))) {
    // Starting up, recovering after a crash, or on its way down: the caller waits and asks again.
    return null;
  }
  // A killed engine's note whose process number now belongs to some other program: PostgreSQL
  // itself would refuse to start over it.
  if (isAlive(noted.pid)) await rm(path.join(folder.pgdata, 'postmaster.pid'), { force: true });
  return null;
};

export const startProcess = async (
  folder: EngineFolder,
  binaries: EngineBinaries,
  user: EngineUser | null,
  settings: EngineSettings,
): Promise<void> => {
  const port = await freePort(settings.port);
  const options = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    '-c unix_socket_directories=',
    '-c max_connections=200',
    '-c timezone=UTC',
    '-c log_checkpoints=off',
    // Statements may hold client data: the engine's log names errors without them.
    '-c log_min_error_statement=panic',
    '-c log_error_verbosity=terse',
    ...(settings.durable
      ? // Said, not left to a configuration that somebody may have edited.
        ['-c fsync=on', '-c synchronous_commit=on', '-c full_page_writes=on']
      : ['-c fsync=off', '-c full_page_writes=off', '-c max_wal_size=256MB']),
  ];
  try {
    await run(
      binaries.pgCtl,
      [
        'start',
        '--wait',
        '--timeout=60',
        '--silent',
        `--pgdata=${folder.pgdata}`,
        `--log=${logFile(folder)}`,
        `--options=${options.join(' ')}`,
      ],
      { env: engineEnvironment(), ...asUser(user) },
    );
  } catch (error) {
    const log = await readFile(logFile(folder), 'utf8').catch(() => '');
    const said = log.trim().split('\n').slice(-4).join('\n  ');
    throw new EngineFailure(
      'would-not-start',
      `The database in ${folder.pgdata} did not start.\n  ${said === '' ? lastWords(error) : said}\n` +
        `The whole log: ${logFile(folder)}`,
    );
  }
};

/** Ends the engine that runs on the folder: sessions are cut, everything committed is kept. */
export const stopProcess = async (
  folder: EngineFolder,
  binaries: EngineBinaries,
  user: EngineUser | null,
): Promise<void> => {
  await run(
    binaries.pgCtl,
    ['stop', '--mode=fast', '--wait', '--timeout=60', '--silent', `--pgdata=${folder.pgdata}`],
    { env: engineEnvironment(), ...asUser(user) },
  );
};

const logFile = (folder: EngineFolder): string => path.join(folder.pgdata, 'engine.log');

type PidFile = { readonly pid: number; readonly port: number };

/** Lines of postmaster.pid: process, data folder, start time, port, … (PostgreSQL's pidfile.h). */
const readPidFile = async (pgdata: string): Promise<PidFile | null> => {
  const text = await readFile(path.join(pgdata, 'postmaster.pid'), 'utf8').catch(() => null);
  const [pid, , , port] = (text ?? '').split('\n').map((line) => Number(line.trim()));
  return pid !== undefined && pid > 0 && port !== undefined && port > 0 ? { pid, port } : null;
};

const answersAsOurs = async (folder: EngineFolder, port: number): Promise<boolean> => {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: folder.secrets.superuser,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return path.resolve(rows[0]?.data_directory ?? '') === path.resolve(folder.pgdata);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Whether a living process may be the engine of this folder. In doubt, yes: it is left alone. */
const mayBeOurs = async (pid: number, pgdata: string): Promise<boolean> => {
  if (process.platform === 'linux') {
    // The engine always stands in its data folder.
    const standsIn = await readlink(`/proc/${pid}/cwd`).catch(() => null);
    return standsIn === null || path.resolve(standsIn) === path.resolve(pgdata);
  }
  if (process.platform === 'win32') return true;
  const name = await run('ps', ['-p', String(pid), '-o', 'comm=']).catch(() => null);
  return name === null || name.stdout.includes('postgres');
};

const freePort = async (preferred: number | undefined): Promise<number> => {
  if (preferred !== undefined && (await tryPort(preferred)) !== null) return preferred;
  const port = await tryPort(0);
  if (port === null) throw new EngineFailure('would-not-start', 'No port is free on 127.0.0.1.');
  return port;
};

const tryPort = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const given = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(given));
    });
  });
