import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import pino from 'pino';
import type { Id } from '#shared/domain/ids.ts';
import type { DeviceIntroduction, SignInResponse } from '#shared/protocol/session.ts';
import { appRole, ownerRole, startEngine, type DatabaseUrls } from '#server/db/engine.ts';
import { grantToApp, migrate } from '#server/db/migrate.ts';
import { openDatabase, withTransaction, type Database } from '#server/db/pool.ts';
import { createRegionApp } from '#server/http/app.ts';
import type { RegionApp } from '#server/http/region-app.ts';
import { openOnDevice } from '#server/region/identity/open-on-device.ts';
import { openJournal, type Journal } from '#server/region/journal/journal-file.ts';
import { shipJournal } from '#server/region/journal/ship-journal.ts';
import { startJournal } from '#server/region/journal/start-journal.ts';
import { sessionLimits } from '#server/region/identity/sessions.ts';
import { ensureRegion } from '#server/region/region-state.ts';
import { addPerson } from '../../region/test-app.ts';
import { breakable, type BreakableDatabase } from './breakable-database.ts';

/** A request as a device sent it. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** The region of one schedule: several real server processes over one real database, without sockets. */
export type Region = {
  /** With the owner's rights, to look. */
  readonly look: () => Database;
  readonly signIn: (personId: Id, device: DeviceIntroduction) => Promise<SignInResponse>;
  /**
   * What the process answers. Null: it died before its statement number `diesBefore`, with everything it had
   * not committed.
   */
  readonly ask: (process: number, asked: Asked, diesBefore?: number) => Promise<Answer | null>;
  readonly backUp: () => Promise<void>;
  /**
   * The newest backup becomes the region, and the server notices by its journal of rights (SPEC E1, E3). False
   * when there is none.
   */
  readonly restore: () => Promise<boolean>;
  readonly end: () => Promise<void>;
};

/** The surroundings of all schedules: an engine, and an empty region with people to copy from. */
export type Regions = {
  /** Physiotherapists of a unit of their own. */
  readonly people: readonly Id[];
  readonly start: (parts: RegionParts) => Promise<Region>;
  readonly end: () => Promise<void>;
};

type RegionParts = {
  readonly processes: number;
  readonly nowMs: () => number;
  readonly random: (length: number) => Buffer;
};

const onDatabase = ({ ownerUrl, appUrl }: DatabaseUrls, name: string): DatabaseUrls => {
  const moved = (url: string): string => {
    const address = new URL(url);
    address.pathname = `/${name}`;
    return address.href;
  };
  return { ownerUrl: moved(ownerUrl), appUrl: moved(appUrl) };
};

/** Databases are copied by the engine's superuser: the region's own roles may not make any. */
const superuserOn = async (engineFolder: string, port: number): Promise<pg.Client> => {
  const secrets = JSON.parse(
    readFileSync(path.join(engineFolder, 'engine', 'secrets.json'), 'utf8'),
  ) as { readonly superuser: string };
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: secrets.superuser,
    database: 'postgres',
  });
  await client.connect();
  return client;
};

export const prepareRegions = async (engineFolder: string, people: number): Promise<Regions> => {
  const started = await startEngine({ folder: engineFolder, durable: false });
  if (!started.ok) throw new Error(started.error.message);
  const engine = started.value;
  const mark = randomBytes(4).toString('hex');
  const template = `real_parts_${mark}`;
  const urls = await engine.createDatabase(template);
  const owner = openDatabase({ url: urls.ownerUrl, connections: 2 });
  const migrated = await migrate(owner);
  if (!migrated.ok) throw new Error(JSON.stringify(migrated.error));
  await grantToApp(owner, appRole);
  await withTransaction(owner, (tx) =>
    ensureRegion(tx, 'Koeseutu', Date.UTC(2026, 10, 2), (length) => randomBytes(length)),
  );
  const ids: Id[] = [];
  for (let index = 0; index < people; index += 1) {
    ids.push((await addPerson(owner, `henkilo${index}`)).personId);
  }
  await owner.close();

  const superuser = await superuserOn(engineFolder, engine.port);
  let databases = 0;
  const copyOf = async (source: string): Promise<string> => {
    const name = `${template}_${(databases += 1)}`;
    await superuser.query(
      `CREATE DATABASE ${name} TEMPLATE ${source} OWNER ${ownerRole} STRATEGY FILE_COPY`,
    );
    return name;
  };
  const drop = (name: string) => superuser.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  return {
    people: ids,
    start: async (parts) => startRegion(parts, urls, await copyOf(template), { copyOf, drop }),
    end: async () => {
      await drop(template);
      await superuser.end();
      await engine.leave();
    },
  };
};

type Copies = {
  readonly copyOf: (source: string) => Promise<string>;
  readonly drop: (name: string) => Promise<unknown>;
};

type Opened = {
  readonly look: Database;
  readonly processes: readonly { readonly db: BreakableDatabase; readonly app: RegionApp }[];
};

/** The server as it starts: compared with its journal before anybody is answered. */
const openOn = async (
  parts: RegionParts,
  urls: DatabaseUrls,
  journal: Journal,
): Promise<Opened> => {
  const look = openDatabase({ url: urls.ownerUrl, connections: 2 });
  const started = await startJournal({
    db: look,
    journal,
    now: () => new Date(parts.nowMs()),
    random: parts.random,
    isRestored: false,
    trustDatabase: false,
  });
  if (!started.ok) throw new Error(started.error);
  return { look, processes: await openProcesses(parts, urls) };
};

const openProcesses = (parts: RegionParts, urls: DatabaseUrls): Promise<Opened['processes']> =>
  Promise.all(
    Array.from({ length: parts.processes }, async () => {
      const db = breakable(openDatabase({ url: urls.appUrl, connections: 4 }));
      const app = await createRegionApp({
        db: db.database,
        now: () => new Date(parts.nowMs()),
        random: parts.random,
        log: pino({ level: 'silent' }),
        // A schedule moves the clock by years: no session ends by it.
        sessionLimits: { ...sessionLimits, idleMs: 1e13, absoluteMs: 1e13, accessMs: 1e13 },
        requestsPerMinute: { device: 1e9, address: 1e9 },
      });
      return { db, app };
    }),
  );

const closeAll = async ({ look, processes }: Opened): Promise<void> => {
  for (const { app } of processes) await app.close();
  for (const { db } of processes) await db.database.close();
  await look.close();
};

const startRegion = async (
  parts: RegionParts,
  urls: DatabaseUrls,
  first: string,
  { copyOf, drop }: Copies,
): Promise<Region> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'punos-real-parts-journal-'));
  const journal = openJournal(folder);
  let name = first;
  const open = () => openOn(parts, onDatabase(urls, name), journal);
  let opened = await open();
  let backup: string | null = null;
  const context = () => ({
    db: opened.look,
    now: () => new Date(parts.nowMs()),
    random: parts.random,
  });
  return {
    look: () => opened.look,
    signIn: async (personId, device) => {
      const who = { personId, device, way: { kind: 'account' } } as const;
      const limits = { ...sessionLimits, idleMs: 1e13, absoluteMs: 1e13, accessMs: 1e13 };
      const answer = await withTransaction(opened.look, (tx) =>
        openOnDevice(tx, context(), who, limits),
      );
      if (!answer.ok) throw new Error(answer.error);
      return answer.value;
    },
    ask: async (index, asked, diesBefore) => {
      const { db, app } = opened.processes[index % opened.processes.length] ?? fail();
      const inject = () =>
        app.inject({
          method: asked.method as 'POST',
          url: asked.path,
          headers: asked.headers,
          ...(asked.body === null ? {} : { payload: asked.body }),
        });
      const answer = diesBefore === undefined ? await inject() : await db.dying(diesBefore, inject);
      // Whichever process lives hears of what was committed, and writes it to the journal (E2).
      await shipJournal(opened.look, journal, context().now);
      if (answer === null) return null;
      const headers = Object.entries(answer.headers).flatMap(([header, value]) =>
        value === undefined ? [] : [[header, String(value)] as const],
      );
      return {
        status: answer.statusCode,
        headers: Object.fromEntries(headers),
        body: answer.payload,
      };
    },
    backUp: async () => {
      await closeAll(opened);
      if (backup !== null) await drop(backup);
      backup = await copyOf(name);
      opened = await open();
    },
    restore: async () => {
      if (backup === null) return false;
      await closeAll(opened);
      await drop(name);
      name = await copyOf(backup);
      opened = await open();
      return true;
    },
    end: async () => {
      await closeAll(opened);
      await drop(name);
      if (backup !== null) await drop(backup);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const fail = (): never => {
  throw new Error('A region without processes');
};
