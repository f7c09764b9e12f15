import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { z } from 'zod';
import { startEngine } from '#server/db/engine.ts';
import { openDatabase } from '#server/db/pool.ts';
import { startRegion } from '#server/run-region.ts';
import { childInput } from '../child.ts';
import { serveHub } from '../hub.ts';
import { familyCpuMs, parentOf } from '../process-cpu.ts';
import { measureAppends } from './appends.ts';
import { databaseBytes } from './database-bytes.ts';
import { prepareRound, prepareWorld } from './fill-region.ts';
import { growRegion } from './grow-region.ts';
import { measurePulls } from './pulls.ts';

// A region's server as it ships, on a PostgreSQL of its own with durable commits, in a process of its own.

const { folder } = z.object({ folder: z.string() }).parse(childInput());
// Started by root, the engine runs as another user, who must be able to pass.
fs.chmodSync(folder, 0o711);
const dataFolder = path.join(folder, 'region');
const started = await startRegion({
  port: 0,
  dataFolder,
  name: 'Benchmark',
  log: pino({ level: 'silent' }),
  now: () => new Date(),
  random: (length) => randomBytes(length),
  tell: () => undefined,
});
if (!started.ok) throw new Error(started.error);
const region = started.value;

// Joined a second time with the owner's rights: the program itself has none to make a bare table.
const engine = await startEngine({ folder: dataFolder });
if (!engine.ok) throw new Error(engine.error.message);
const owner = openDatabase({
  url: engine.value.ownerUrl,
  connections: 2,
  statementTimeoutMs: 600_000,
});

/** The database's first process: parent of all that work for it. */
const [backend] = await region.db.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
const databasePid = parentOf(backend?.pid ?? 0);

/** Of the server's own process and of its database, apart. */
const cpu = (): { readonly node: number; readonly database: number | null } => {
  const { user, system } = process.cpuUsage();
  return {
    node: (user + system) / 1_000,
    database: databasePid === null ? null : familyCpuMs(databasePid),
  };
};

await serveHub(
  region.url,
  {
    prepare: (input) => prepareWorld(region.db, input),
    round: (input) => prepareRound(region.db, owner, input),
    cpu,
    grow: (input) => growRegion(owner, input),
    bytes: () => databaseBytes(region.db),
    appends: (input) => measureAppends(region.db, owner, cpu, input),
    pulls: (input) => measurePulls(region.db, cpu, input),
  },
  async () => {
    await owner.close();
    await engine.value.leave();
    await region.stop();
  },
);
