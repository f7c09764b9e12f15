import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bundleOf,
  importFolder,
  sampleResources,
  storedChanges,
  type ImportFolder,
} from '../tests/region/import.ts';
import { addPerson } from '../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../tests/region/test-database.ts';

let region: TestDatabase;
let files: ImportFolder;
beforeAll(async () => {
  region = await testDatabase(4);
  files = await importFolder();
});
afterAll(async () => {
  await region.close();
  await files.remove();
});

const root = path.resolve(import.meta.dirname, '..');

/** Runs the command on the test's database; `onText` sees what it has said so far. */
const run = (
  args: readonly string[],
  onText: (text: string, interrupt: () => void) => void = () => undefined,
  databaseUrl = region.ownerUrl,
): Promise<{ readonly code: number | null; readonly text: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/region.ts', ...args], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: databaseUrl },
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        onText(text, () => child.kill('SIGINT'));
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
  });

describe('npm run region', () => {
  test('import: all in is 0, something named is 2, and the summary says which', async () => {
    await addPerson(region.db, 'aino');
    const good = await files.write('good.json', bundleOf(...sampleResources()));
    const first = await run(['import', good, '--team', 'aino']);
    expect(first).toMatchObject({ code: 0 });
    expect(first.text).toContain('Clients    1 new, 0 changed, 0 unchanged');
    expect(first.text).toMatch(/Storing 1\/1 files, 9 resources, 1 clients, \d+ s/u);

    const bad = await files.write('bad.json', '{');
    const second = await run(['import', good, bad]);
    expect(second).toMatchObject({ code: 2 });
    expect(second.text).toContain(`${bad}: is not JSON`);
    expect(second.text).toContain('Clients    0 new, 0 changed, 1 unchanged');
    expect(await run(['import', bad])).toMatchObject({ code: 1 });
  });

  test('import for somebody who is not there does nothing', async () => {
    const before = await storedChanges(region.db);
    const file = await files.write('p.json', { resourceType: 'Patient', id: 'uusi' });
    const { code, text } = await run(['import', file, '--team', 'ei.ketaan']);
    expect(code).toBe(1);
    expect(text).toContain('Nobody in the region signs in as ei.ketaan');
    expect(await storedChanges(region.db)).toStrictEqual(before);
  });

  test('Ctrl-C ends an import between clients; running it again takes in the rest', async () => {
    const patients = Array.from({ length: 200 }, (_, index) =>
      JSON.stringify({ resourceType: 'Patient', id: `p${index}`, name: [{ family: `K${index}` }] }),
    );
    const file = await files.write('many.ndjson', patients.join('\n'));
    const stopped = await run(['import', file], (text, interrupt) => {
      if (text.includes('Storing 0/1')) interrupt();
    });
    expect(stopped).toMatchObject({ code: 130 });
    expect(stopped.text).toContain('Stopped: what was stored so far stays.');
    const taken = Number(/Clients {4}(\d+) new/u.exec(stopped.text)?.[1]);
    const rest = await run(['import', file]);
    expect(rest.text).toContain(`Clients    ${200 - taken} new, 0 changed, ${taken} unchanged`);
  });

  test('status, help and wrong words', async () => {
    const status = await run(['status']);
    expect(status).toMatchObject({ code: 0 });
    expect(status.text).toContain('Region   Koeseutu');
    const runs = [['help'], [], ['hups'], ['import'], ['status', '--hups']].map((args) =>
      run(args),
    );
    expect((await Promise.all(runs)).map(({ code }) => code)).toStrictEqual([0, 0, 1, 1, 1]);
  });

  test('a database that refuses is told in a sentence', async () => {
    const { code, text } = await run(
      ['status'],
      undefined,
      region.ownerUrl.replace(/\w+\?/u, 'poissa?'),
    );
    expect(code).toBe(1);
    expect(text).toContain('The database refuses');
  });
});
