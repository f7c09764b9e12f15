import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

/**
 * Each row is written as a file of one import into a tree shaped like the project, and the real
 * linter with the real configuration reads it.
 */

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

const value = (specifier: string): string =>
  `import { thing } from '${specifier}';\nexport { thing };\n`;
const type = (specifier: string): string =>
  `import type { Thing } from '${specifier}';\nexport type { Thing };\n`;
const reExport = (specifier: string): string => `export * from '${specifier}';\n`;
const later = (specifier: string): string => `export const load = () => import('${specifier}');\n`;
const inType = (specifier: string): string => `export type Thing = import('${specifier}').Thing;\n`;

type Row = readonly [from: string, specifier: string, form?: (specifier: string) => string];

const forbidden: readonly Row[] = [
  ['src/shared/lib', '#shared/domain/plan.ts'],
  ['src/shared/lib', '../domain/plan.ts', type],
  ['src/shared/domain', '../contract/calls.ts', type],
  ['src/shared/domain', '../sync/heads.ts'],
  ['src/shared/domain', '../protocol/push.ts'],
  ['src/shared/contract', '../sync/heads.ts'],
  ['src/shared/protocol', '../sync/heads.ts'],
  ['src/shared/protocol', '../contract/calls.ts'],
  ['src/shared/sync', '../contract/calls.ts'],
  ['src/shared/sync', '#main/core/sync.ts', type],
  ['src/shared/domain', 'node:crypto'],
  ['src/shared/domain', 'fs'],
  ['src/shared/domain', 'react', type],
  ['src/shared/domain', 'pg'],
  ['src/shared/domain', '#renderer/store/store.ts', type],
  ['src/shared/domain', '#server/db/schema.ts', inType],
  ['src/main/db', '../core/sync.ts'],
  ['src/main/db', '../hosts/node/host.ts', type],
  ['src/main/db', 'react'],
  ['src/main/core', '../hosts/node/host.ts'],
  ['src/main/core', '../hosts/loopback/server.ts', later],
  ['src/main/core', '#server/region/push.ts'],
  ['src/main/core', '#renderer/client/client.ts', type],
  ['src/main/hosts/node', '../electron/window.ts'],
  ['src/main/hosts/node', '../loopback/server.ts'],
  ['src/main/hosts/loopback', '../electron/window.ts'],
  ['src/main/hosts/loopback', '../../db/case-file.ts'],
  ['src/main/hosts/loopback', '../../core/sync.ts', type],
  ['src/main/hosts/electron', '../loopback/server.ts'],
  ['src/main/hosts/electron', '../../db/case-file.ts'],
  ['src/main/hosts/electron', '#renderer/store/store.ts'],
  ['src/preload', '#main/core/sync.ts'],
  ['src/preload', '#shared/domain/plan.ts'],
  ['src/preload', 'node:fs'],
  ['src/renderer/client', '#shared/sync/heads.ts'],
  ['src/renderer/client', '../store/store.ts'],
  ['src/renderer/client', '#main/core/sync.ts', type],
  ['src/renderer/client', 'react'],
  ['src/renderer/client', 'node:events'],
  ['src/renderer/store', '../features/plan/index.ts'],
  ['src/renderer/store', '../components/button.tsx'],
  ['src/renderer/store', '#main/db/open.ts', type],
  ['src/renderer/components', '../store/store.ts'],
  ['src/renderer/components', '#shared/contract/calls.ts', type],
  ['src/renderer/components', 'react-redux'],
  ['src/renderer/features/plan', '../../client/bridge.ts'],
  ['src/renderer/features/plan', '../clients/list.tsx'],
  ['src/renderer/features/plan', '#renderer/features/clients/list.tsx', type],
  ['src/renderer/features/plan', 'better-sqlite3'],
  ['src/renderer/features/plan', '#server/region/access.ts', type],
  ['src/server/db', '../region/push.ts'],
  ['src/server/db', '../http/routes.ts'],
  ['src/server/region', '../http/routes.ts', reExport],
  ['src/server/region', '#main/core/sync.ts'],
  ['src/server/http', '../db/schema.ts'],
  ['src/server/http', '#main/db/open.ts', type],
  ['src/server/http', '#renderer/store/store.ts'],
  ['src/shared/domain', 'electron', type],
  ['src/main/core', 'electron'],
  ['src/main/db', 'electron', later],
  ['src/main/hosts/node', 'electron', inType],
  ['src/main/hosts/loopback', 'electron', reExport],
  ['src/renderer/features/plan', 'electron', type],
  ['src/server/http', 'electron'],
  ['scripts', 'electron'],
  ['bench', 'electron/main'],
  ['tests/e2e', 'electron', type],
  ['src/helpers', '#shared/lib/result.ts'],
  ['src/server/region', '../../shared/lib/result.ts'],
  ['tests/e2e', '../../src/shared/lib/result.ts'],
];

const permitted: readonly Row[] = [
  ['src/shared/lib', './result.ts'],
  ['src/shared/domain', '../lib/result.ts', type],
  ['src/shared/domain', 'zod'],
  ['src/shared/domain', '#resources/codes/areas.json'],
  ['src/shared/contract', '../domain/plan.ts'],
  ['src/shared/contract', '../protocol/grant.ts'],
  ['src/shared/protocol', '../domain/plan.ts'],
  ['src/shared/sync', '../protocol/push.ts'],
  ['src/shared/sync', 'node-diff3'],
  ['src/main/db', 'better-sqlite3'],
  ['src/main/db', 'node:fs'],
  ['src/main/db', '#shared/sync/heads.ts'],
  ['src/main/core', '../db/open.ts'],
  ['src/main/hosts/node', '../../core/sync.ts'],
  ['src/main/hosts/node', '../../db/open.ts'],
  ['src/main/hosts/loopback', '../node/host.ts'],
  ['src/main/hosts/loopback', 'ws'],
  ['src/main/hosts/electron', '../node/host.ts'],
  ['src/main/hosts/electron', 'electron'],
  ['src/preload', '#shared/contract/calls.ts', type],
  ['src/preload', 'electron'],
  ['src/renderer/client', '#shared/contract/calls.ts'],
  ['src/renderer/store', '../client/client.ts'],
  ['src/renderer/store', '@reduxjs/toolkit/query/react'],
  ['src/renderer/components', '#shared/domain/plan.ts', type],
  ['src/renderer/components', 'react-aria-components'],
  ['src/renderer/features/plan', '../clients/index.ts'],
  ['src/renderer/features/plan', './goal-card.tsx'],
  ['src/renderer/features/plan', '../../store/store.ts'],
  ['src/renderer', './features/plan/index.ts'],
  ['src/server/db', 'pg'],
  ['src/server/region', '../db/schema.ts'],
  ['src/server/http', '../region/push.ts'],
  ['src/server/http', 'fastify'],
  ['scripts', '#server/main.ts'],
  ['tests/e2e', '#main/db/open.ts'],
  ['tests/e2e', '@playwright/test'],
];

const named = (rows: readonly Row[], prefix: string) =>
  rows.map(([from, specifier, form = value], index) => ({
    from,
    specifier,
    file: `${from}/${prefix}-${index}.ts`,
    text: form(specifier),
  }));

const wrong = named(forbidden, 'wrong');
const right = named(permitted, 'right');

const report = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string(), message: z.string() })),
});

async function lint(tree: string): Promise<z.infer<typeof report>['diagnostics']> {
  const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint');
  const config = z
    .looseObject({ jsPlugins: z.array(z.string()) })
    .parse(JSON.parse(await readFile(path.join(root, '.oxlintrc.json'), 'utf8')));
  await write(
    tree,
    '.oxlintrc.json',
    JSON.stringify({ ...config, jsPlugins: config.jsPlugins.map((file) => path.join(root, file)) }),
  );
  const output = await run(process.execPath, [oxlint, '-f', 'json'], {
    cwd: tree,
    maxBuffer: 64 * 1024 * 1024,
  }).then(
    ({ stdout }) => stdout,
    // The linter ends with 1 when it finds something, which is what is asked of it here.
    (failure: { readonly stdout?: string; readonly message: string }) => {
      if (failure.stdout === undefined || failure.stdout === '') throw new Error(failure.message);
      return failure.stdout;
    },
  );
  return report.parse(JSON.parse(output)).diagnostics;
}

async function write(tree: string, file: string, text: string): Promise<void> {
  const target = path.join(tree, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}

let tree = '';
let found: Awaited<ReturnType<typeof lint>> = [];

beforeAll(async () => {
  tree = await mkdtemp(path.join(tmpdir(), 'punos-lint-'));
  for (const { file, text } of [...wrong, ...right]) await write(tree, file, text);
  await write(tree, 'package.json', '{"type":"module","imports":{"#shared/*":"./src/shared/*"}}');
  await write(
    tree,
    'src/shared/lib/ring-one.ts',
    `import type { Two } from './ring-two.ts';\nexport type One = Two | 1;\n`,
  );
  await write(
    tree,
    'src/shared/lib/ring-two.ts',
    `import type { One } from '#shared/lib/ring-one.ts';\nexport type Two = One | 2;\n`,
  );
  await write(
    tree,
    'tsconfig.json',
    '{"compilerOptions":{"strict":true,"target":"ES2024","module":"NodeNext"}}',
  );
  await write(
    tree,
    'src/shared/lib/promise.ts',
    `const save = async (): Promise<void> => {\n  await Promise.resolve();\n};\nexport const go = (): void => {\n  save();\n};\n`,
  );
  await write(tree, 'src/shared/lib/loose.ts', 'export const loose = (value: any) => value;\n');
  await write(tree, 'node_modules/thing/index.ts', 'export const loose = (value: any) => value;\n');
  found = await lint(tree);
});

afterAll(async () => {
  await rm(tree, { recursive: true, force: true });
});

const codesIn = (file: string): readonly string[] =>
  found.filter(({ filename }) => filename === file).map(({ code }) => code);

describe('import boundaries', () => {
  test.each(wrong)('$from may not import $specifier ($file)', ({ file }) => {
    expect(codesIn(file)).toContain('punos(imports)');
  });

  test.each(right)('$from may import $specifier ($file)', ({ file }) => {
    expect(codesIn(file)).not.toContain('punos(imports)');
  });

  test('a computed path cannot hide an import', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'punos-lint-'));
    try {
      await write(
        other,
        'src/main/core/load.ts',
        'export const load = (name: string) => import(name);\n',
      );
      expect((await lint(other)).map(({ code }) => code)).toContain('punos(imports)');
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });
});

describe('other rules the house stands on', () => {
  test('a cycle is found, also of types and through an alias', () => {
    expect(codesIn('src/shared/lib/ring-one.ts')).toContain('import(no-cycle)');
    expect(codesIn('src/shared/lib/ring-two.ts')).toContain('import(no-cycle)');
  });

  test('a promise nobody waits for is found', () => {
    expect(codesIn('src/shared/lib/promise.ts')).toContain('typescript(no-floating-promises)');
  });

  test('any is refused', () => {
    expect(codesIn('src/shared/lib/loose.ts')).toContain('typescript(no-explicit-any)');
  });

  test('installed packages are left alone', () => {
    expect(found.filter(({ filename }) => filename.includes('node_modules'))).toEqual([]);
  });
});
