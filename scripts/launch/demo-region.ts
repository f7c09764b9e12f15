import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { loadDemo, needsDemo } from '#server/demo/load-demo.ts';
import { startRegion, type RegionMessage, type RunningRegion } from '#server/run-region.ts';
import { err, type Result } from '#shared/lib/result.ts';
import { progress, say } from './report.ts';

const regionPort = 47_800;
const demoClients = 300;

const tell = (message: RegionMessage): void => {
  switch (message.kind) {
    case 'creating-database':
      return say('Creating the demo region’s database …');
    case 'starting-database':
      return say('Starting the database …');
    case 'waiting-for-database':
      return say(`The database does not answer; trying for ${message.secondsLeft} s more …`);
    case 'port-taken':
      return say(`Port ${message.wanted} is taken; the region uses ${message.used} instead.`);
    case 'database-port':
    case 'migrated':
      return undefined;
    case 'restored':
      return say('The demo region’s database was an older copy; devices begin anew.');
    case 'listening':
      return say(`The region answers on http://127.0.0.1:${message.port}`);
  }
};

/** Starts the demo region on its own PostgreSQL and fills it with invented clients if it is empty. */
export const startDemoRegion = async (
  dataFolder: string,
  options: { readonly port?: number; readonly clients?: number } = {},
): Promise<Result<RunningRegion, string>> => {
  const clients = options.clients ?? demoClients;
  const databaseUrl = process.env['DATABASE_URL'];
  const region = await startRegion({
    port: options.port ?? regionPort,
    dataFolder,
    ...(databaseUrl ? { databaseUrl } : {}),
    name: 'Saarnivirran hyvinvointialue',
    log: pino({ level: process.env['PUNOS_LOG'] ?? 'warn' }, pino.destination(2)),
    now: () => new Date(),
    random: (length) => randomBytes(length),
    tell,
  });
  if (!region.ok) return region;
  try {
    const { db } = region.value;
    if (await needsDemo(db, clients)) {
      const onProgress = progress('Inventing clients');
      await loadDemo({ db, clients, now: () => new Date(), onProgress });
    }
    return region;
  } catch (error) {
    await region.value.stop();
    return err(`The demo region could not be filled: ${(error as Error).message}`);
  }
};
