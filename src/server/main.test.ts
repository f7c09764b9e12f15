import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyTestDatabase, type TestDatabase } from '../../tests/region/test-database.ts';
import { startRegion, type RegionMessage, type RegionOptions } from './run-region.ts';

let folder: string;
let test: TestDatabase;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'punos-main-'));
  // Started by root, the engine runs as another user, who must be able to pass.
  chmodSync(folder, 0o711);
  test = await emptyTestDatabase();
});
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true, force: true });
});

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
};

/** The server as a program of its own. */
const run = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
  const child = spawn(process.execPath, [path.resolve('src/server/main.ts'), ...args], {
    env: { ...process.env, DATABASE_URL: '', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const waiting: (() => void)[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    for (const look of waiting) look();
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    ended,
    said: () => said,
    says: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(said);
          if (found !== null) resolve(found);
        };
        waiting.push(look);
        look();
        void ended.then(() => reject(new Error(`The server ended and said: ${said}`)));
      }),
  };
};

describe('the server as a program', () => {
  it('starts its own database, says its port, and ends cleanly with it', async () => {
    const server = run(['--port', '0', '--data', folder]);
    const [, url] = await server.says(/answers on (http:\S+)/);
    const health = await fetch(`${url}/health`);
    expect([health.status, await health.text()]).toEqual([200, '{"status":"ok"}']);
    expect(server.said()).toContain('Creating the database');
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(existsSync(path.join(folder, 'engine', 'pgdata', 'postmaster.pid'))).toBe(false);
  });

  it('starts again quickly on what it has, also after being killed', async () => {
    const killed = run(['--port', '0', '--data', folder]);
    await killed.says(/answers on http/);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const server = run(['--port', '0', '--data', folder]);
    const [, url] = await server.says(/answers on (http:\S+)/);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(server.said()).not.toContain('Creating');
    server.child.kill('SIGINT');
    expect(await server.ended).toBe(0);
    expect(existsSync(path.join(folder, 'engine', 'pgdata', 'postmaster.pid'))).toBe(false);
  });

  it('ends with code 2 and the options when they are wrong', async () => {
    for (const wrong of [['--port', '70000'], ['--port', 'x'], ['--colour']]) {
      const server = run(wrong);
      expect(await server.ended).toBe(2);
      expect(server.said()).toContain('Options: --port <number>, --data <folder>, --restored');
    }
  });

  it('ends with code 1 and one sentence when DATABASE_URL is refused', async () => {
    const server = run(['--port', '0'], {
      DATABASE_URL: test.appUrl.replace(/:[^:@]+@/, ':wrong-word@'),
    });
    expect(await server.ended).toBe(1);
    expect(server.said()).toContain('The database refuses');
    expect(server.said()).not.toMatch(/\n\s+at |wrong-word/);
  });
});

describe('starting a region', () => {
  const options = (more: Partial<RegionOptions> = {}): RegionOptions => ({
    port: 0,
    dataFolder: folder,
    // The folder's own has the journal of another region: the one that the programs above kept there.
    anchorsFolder: path.join(folder, 'anchors-of-others'),
    databaseUrl: test.ownerUrl,
    name: 'Koeseutu',
    log: pino({ level: 'silent' }),
    now: () => new Date(),
    random: (length) => randomBytes(length),
    tell: () => undefined,
    ...more,
  });

  it('takes another port when the wished one is taken, and tells', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const wanted = portOf(taken);
    const told: RegionMessage[] = [];
    const started = await startRegion(options({ port: wanted, tell: (one) => told.push(one) }));
    if (!started.ok) throw new Error(started.error);
    expect(told).toContainEqual({ kind: 'port-taken', wanted, used: started.value.port });
    expect((await fetch(`${started.value.url}/health`)).status).toBe(200);
    await started.value.stop();
    taken.close();
  });

  it('runs as several processes on one database', async () => {
    const regions = await Promise.all([startRegion(options()), startRegion(options())]);
    const rows = await test.owner.query('SELECT name FROM region_state');
    expect(rows).toEqual([{ name: 'Koeseutu' }]);
    for (const region of regions) {
      if (!region.ok) throw new Error(region.error);
      expect((await fetch(`${region.value.url}/health`)).status).toBe(200);
    }
    for (const region of regions) if (region.ok) await region.value.stop();
  });

  it('waits for a database that comes late', async () => {
    const database = new URL(test.ownerUrl);
    const gate = createServer((socket) => {
      const onward = connect(Number(database.port), '127.0.0.1');
      socket.pipe(onward).pipe(socket);
      for (const side of [socket, onward]) side.on('error', () => side.destroy());
    });
    const port = await freePort();
    const databaseUrl = test.ownerUrl.replace(`:${database.port}/`, `:${port}/`);
    const tell = (message: RegionMessage) => {
      if (message.kind === 'waiting-for-database' && !gate.listening)
        gate.listen(port, '127.0.0.1');
    };
    const started = await startRegion(options({ databaseUrl, tell }));
    if (!started.ok) throw new Error(started.error);
    expect((await fetch(`${started.value.url}/health`)).status).toBe(200);
    await started.value.stop();
    gate.close();
  });

  it('gives up in one sentence on a database that stays away', async () => {
    const started = await startRegion(
      options({ databaseUrl: 'postgres://a:b@127.0.0.1:1/c', patienceMs: 600 }),
    );
    expect(started).toEqual({
      ok: false,
      error: 'The database has not answered for 1 s. Is it running, and is DATABASE_URL right?',
    });
  });

  it('refuses a database from the future in words', async () => {
    const later = await startRegion(options());
    if (later.ok) await later.value.stop();
    await test.owner.query(`INSERT INTO schema_migration VALUES (99, 'later', now())`);
    const started = await startRegion(options());
    await test.owner.query('DELETE FROM schema_migration WHERE number = 99');
    expect(started).toMatchObject({ ok: false });
    if (!started.ok) expect(started.error).toContain('changed by a newer Punos');
  });
});
