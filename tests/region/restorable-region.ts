import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { inject } from 'vitest';
import type { Database } from '#server/db/pool.ts';
import { startRegion, type RegionMessage, type RunningRegion } from '#server/run-region.ts';
import { emptyTestDatabase } from './test-database.ts';

/** A whole region on the test run's PostgreSQL, with its journal in a folder, that can go back to a copy. */
export type RestorableRegion = {
  /** The database's address, with the owner's rights. */
  readonly url: string;
  readonly anchorsFolder: string;
  readonly running: () => RunningRegion;
  readonly db: () => Database;
  /** What the last start told. */
  readonly told: () => readonly RegionMessage[];
  readonly start: (options?: {
    readonly isRestored?: boolean;
    readonly trustDatabase?: boolean;
  }) => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Copies the database as it is; a running region loses its connections for a moment. @returns the copy's name */
  readonly backUp: () => Promise<string>;
  /** Puts the copy in the place of the database. */
  readonly restore: (copy: string) => Promise<void>;
  readonly end: () => Promise<void>;
};

export const restorableRegion = async (): Promise<RestorableRegion> => {
  const database = await emptyTestDatabase();
  const url = new URL(database.ownerUrl);
  const name = url.pathname.slice(1);
  const folder = mkdtempSync(path.join(tmpdir(), 'punos-journal-'));
  const secretsFile = path.join(inject('engineFolder'), 'engine', 'secrets.json');
  const { superuser } = JSON.parse(readFileSync(secretsFile, 'utf8')) as { superuser: string };
  const keeper = new pg.Client({
    host: url.hostname,
    port: Number(url.port),
    user: 'postgres',
    password: superuser,
    database: 'postgres',
    ssl: false,
  });
  await keeper.connect();
  const copies: string[] = [];
  let running: RunningRegion | null = null;
  let port = 0;
  let told: RegionMessage[] = [];

  /** While nobody else can use the database. */
  const alone = async (work: () => Promise<void>): Promise<void> => {
    await keeper.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await keeper.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1',
      [name],
    );
    await work();
    await keeper.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  };

  /** Those that were told to end may take a moment. */
  const copied = async (from: string, to: string): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await keeper.query(`CREATE DATABASE ${to} TEMPLATE ${from} OWNER punos_owner`);
        return;
      } catch (error) {
        if ((error as { readonly code?: string }).code !== '55006' || attempt === 40) throw error;
      }
    }
  };

  const start: RestorableRegion['start'] = async (options = {}) => {
    told = [];
    const started = await startRegion({
      port,
      dataFolder: folder,
      databaseUrl: database.ownerUrl,
      anchorsFolder: path.join(folder, 'anchors'),
      name: 'Koeseutu',
      log: pino({ level: 'silent' }),
      now: () => new Date(),
      random: (length) => randomBytes(length),
      tell: (message) => told.push(message),
      ...options,
    });
    if (!started.ok) throw new Error(started.error);
    running = started.value;
    ({ port } = running);
  };
  const theRunning = (): RunningRegion => {
    if (!running) throw new Error('The region does not run.');
    return running;
  };
  const stop = async (): Promise<void> => {
    await running?.stop();
    running = null;
  };
  await start();
  return {
    url: database.ownerUrl,
    anchorsFolder: path.join(folder, 'anchors'),
    running: theRunning,
    db: () => theRunning().db,
    told: () => told,
    start,
    stop,
    backUp: async () => {
      const copy = `${name}_${copies.length}`;
      copies.push(copy);
      await alone(() => copied(name, copy));
      return copy;
    },
    restore: async (copy) => {
      await alone(async () => {});
      await keeper.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await copied(copy, name);
    },
    end: async () => {
      await stop();
      for (const copy of copies) await keeper.query(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`);
      await keeper.end();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
