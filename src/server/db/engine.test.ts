import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type Engine, type EngineOptions, type EngineProgress } from './engine.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'punos-engine-'));
  // Started by root, the engine runs as another user, who must be able to pass.
  chmodSync(folder, 0o711);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const pidFile = () => path.join(folder, 'engine', 'pgdata', 'postmaster.pid');
const engineProcess = () => Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);
const isRunning = () => statSync(pidFile(), { throwIfNoEntry: false }) !== undefined;

const start = async (options: Partial<EngineOptions> = {}): Promise<Engine> => {
  const started = await startEngine({ folder, ...options });
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
};

const ask = async <R extends pg.QueryResultRow>(url: string, text: string): Promise<R[]> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
};

describe("the region's own PostgreSQL", () => {
  it('is made once by two programs that start at the same time, and stops with the last', async () => {
    const steps: EngineProgress['step'][] = [];
    const note = { onProgress: ({ step }: EngineProgress) => void steps.push(step) };
    const [one, two] = await Promise.all([start(note), start(note)]);
    expect(one.port).toBe(two.port);
    expect(steps).toContain('creating');
    await ask(one.ownerUrl, 'CREATE TABLE kept (word text)');
    await ask(one.ownerUrl, `INSERT INTO kept VALUES ('säilyy')`);
    await one.stop();
    expect(await ask(two.ownerUrl, 'SELECT word FROM kept')).toEqual([{ word: 'säilyy' }]);
    await two.stop();
    expect(isRunning()).toBe(false);
  });

  it('keeps its secrets to the user, listens on this machine only, and gives the app role little', async () => {
    const engine = await start();
    const mode = statSync(path.join(folder, 'engine', 'secrets.json')).mode & 0o777;
    if (process.platform !== 'win32') expect(mode).toBe(0o600);
    const [settings] = await ask<{ listening: string; encoding: string }>(
      engine.appUrl,
      `SELECT current_setting('listen_addresses') AS listening,
         current_setting('server_encoding') AS encoding`,
    );
    expect(settings).toEqual({ listening: '127.0.0.1', encoding: 'UTF8' });
    await expect(ask(engine.appUrl, 'CREATE TABLE mine (a int)')).rejects.toThrow(/permission/);
    await expect(ask(engine.appUrl, 'CREATE DATABASE mine')).rejects.toThrow(/permission/);
    await expect(ask(engine.appUrl.replace(/:[^:@]+@/, ':guess@'), 'SELECT 1')).rejects.toThrow(
      /authentication/,
    );
    await engine.stop();
  });

  it('takes another port when the wished one is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const engine = await start({ port });
    expect(engine.port).not.toBe(port);
    await engine.stop();
    taken.close();
  });

  it('is joined again after its program was killed, and stopped by the one who joined', async () => {
    const script = `
      import { startEngine } from ${JSON.stringify(path.resolve('src/server/db/engine.ts'))};
      const started = await startEngine({ folder: ${JSON.stringify(folder)} });
      console.log(started.ok ? started.value.port : started.error.message);
      setInterval(() => {}, 1000);`;
    const program = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(program.stdout, 'data')) as [Buffer];
    program.kill('SIGKILL');
    await once(program, 'exit');
    expect(isRunning()).toBe(true);
    const steps: EngineProgress[] = [];
    const engine = await start({ onProgress: (step) => steps.push(step) });
    expect(steps).toEqual([{ step: 'joined', port: Number(said.toString()) }]);
    await engine.stop();
    expect(isRunning()).toBe(false);
  });

  it('starts again after it was killed itself, and tells the program that lost it', async () => {
    const lost = Promise.withResolvers<void>();
    const engine = await start({ onLost: lost.resolve });
    process.kill(engineProcess(), 'SIGKILL');
    await lost.promise;
    expect(isRunning()).toBe(true);
    const again = await start();
    expect(await ask(again.ownerUrl, 'SELECT word FROM kept')).toEqual([{ word: 'säilyy' }]);
    await again.stop();
    await engine.leave();
  });

  it("starts over a dead engine's note whose process number another program has now", async () => {
    const lines = [
      process.pid,
      path.join(folder, 'engine', 'pgdata'),
      1,
      1,
      '',
      '127.0.0.1',
      '',
      'ready',
    ];
    writeFileSync(pidFile(), `${lines.join('\n')}\n`);
    const engine = await start();
    expect(await ask(engine.ownerUrl, 'SELECT word FROM kept')).toEqual([{ word: 'säilyy' }]);
    await engine.stop();
  });

  it('says what is wrong with a folder of another version or a damaged one, and changes nothing', async () => {
    const version = path.join(folder, 'engine', 'pgdata', 'PG_VERSION');
    const control = path.join(folder, 'engine', 'pgdata', 'global', 'pg_control');
    for (const [file, content, code] of [
      [version, '14\n', 'folder-of-other-version'],
      [version, '', 'folder-damaged'],
      [control, '', 'folder-damaged'],
      [path.join(folder, 'engine', 'secrets.json'), '{', 'folder-damaged'],
    ] as const) {
      const sound = readFileSync(file);
      writeFileSync(file, content);
      const started = await startEngine({ folder });
      writeFileSync(file, sound);
      expect(started).toMatchObject({ ok: false, error: { code } });
      if (!started.ok) expect(started.error.message).toContain(folder);
    }
    const engine = await start();
    expect(await ask(engine.ownerUrl, 'SELECT word FROM kept')).toEqual([{ word: 'säilyy' }]);
    await engine.stop();
  });

  it('clears away what an interrupted first start left', async () => {
    const root = path.join(folder, 'second');
    const half = path.join(root, 'engine-unfinished-999999-ab');
    mkdirSync(half, { recursive: true, mode: 0o711 });
    const engine = await start({ folder: root });
    expect(statSync(half, { throwIfNoEntry: false })).toBeUndefined();
    await engine.stop();
  });

  it('says which folder is closed', async () => {
    const file = path.join(folder, 'a-file');
    writeFileSync(file, '');
    expect(await startEngine({ folder: path.join(file, 'region') })).toMatchObject({
      ok: false,
      error: { code: 'folder-unreachable' },
    });
    if (process.getuid?.() !== 0) return;
    const closed = path.join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const started = await startEngine({ folder: path.join(closed, 'region') });
    expect(started).toMatchObject({ ok: false, error: { code: 'folder-unreachable' } });
    if (!started.ok) expect(started.error.message).toContain(`chmod o+x ${closed}`);
  });
});
