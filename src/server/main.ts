import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { regionDataFolder } from './db/data-folder.ts';
import { readIdentity } from './region/identity/identity.ts';
import { runRegion, type RegionMessage } from './run-region.ts';

/**
 * The region's server as a program: `node src/server/main.ts [--port <number>] [--data <folder>]`.
 * `--restored` and `--trust-database` speak of a restored database and its journal of rights.
 * `DATABASE_URL` names the region's database; without it the server keeps its own in the data
 * folder. Who signs in how is told by `PUNOS_OIDC_ISSUER`, `PUNOS_OIDC_CLIENT_ID`, `PUNOS_OIDC_AUDIENCE`
 * and `PUNOS_LOCAL_ACCOUNTS` (docs/operations.md). Exit codes: 0 ended as asked, 1 could not start or lost its database, 2 wrong options.
 */
const defaultPort = 47_800;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const tell = (message: RegionMessage): void => {
  switch (message.kind) {
    case 'creating-database':
      return say('Creating the database, this takes a few seconds …');
    case 'starting-database':
      return say('Starting the database …');
    case 'database-port':
      return say(`The database answers on 127.0.0.1:${message.port}.`);
    case 'waiting-for-database':
      return say(`The database does not answer; trying for ${message.secondsLeft} s more …`);
    case 'migrated':
      return say(`The database was brought up to date (${message.steps.join(', ')}).`);
    case 'restored':
      return say(
        `The database was restored from a copy. ${message.entries} entries of the journal of rights were replayed ` +
          `(${message.broughtBack} changes brought back), ${message.sessionsEnded} sessions ended, and a new epoch begun.`,
      );
    case 'port-taken':
      return say(`Port ${message.wanted} is taken; using ${message.used} instead.`);
    case 'listening':
      return say(`The region answers on http://127.0.0.1:${message.port}`);
  }
};

type ProgramOptions = {
  readonly port: number;
  readonly data: string;
  readonly restored: boolean;
  readonly trustDatabase: boolean;
};

const readOptions = (): ProgramOptions | string => {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        restored: { type: 'boolean', default: false },
        'trust-database': { type: 'boolean', default: false },
      },
    });
    const port = values.port === undefined ? defaultPort : Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      return `--port takes a number from 0 to 65535, not "${values.port}".`;
    }
    const { data = regionDataFolder(), restored, 'trust-database': trustDatabase } = values;
    return { port, data, restored, trustDatabase };
  } catch (error) {
    return (error as Error).message;
  }
};

const main = async (): Promise<number> => {
  const options = readOptions();
  if (typeof options === 'string') {
    say(`${options}\nOptions: --port <number>, --data <folder>, --restored, --trust-database`);
    return 2;
  }
  const now = () => new Date();
  const identity = readIdentity(process.env, now);
  if (!identity.ok) {
    say(identity.error);
    return 2;
  }
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => ending.abort());
  }
  const url = process.env['DATABASE_URL'];
  const anchorsFolder = process.env['PUNOS_ANCHORS'];
  const outcome = await runRegion({
    port: options.port,
    dataFolder: options.data,
    ...(url === undefined || url === '' ? {} : { databaseUrl: url }),
    ...(anchorsFolder === undefined || anchorsFolder === '' ? {} : { anchorsFolder }),
    isRestored: options.restored,
    trustDatabase: options.trustDatabase,
    name: process.env['PUNOS_REGION_NAME'] ?? 'Punos',
    log: pino({ level: process.env['PUNOS_LOG'] ?? 'warn' }, pino.destination(2)),
    now,
    identity: identity.value,
    random: (length) => randomBytes(length),
    tell,
    until: ending.signal,
  });
  if (outcome.ok) return 0;
  say(outcome.error);
  return 1;
};

process.exitCode = await main();
