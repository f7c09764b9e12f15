import { describe, expect, test } from 'vitest';

import { createCaseFile } from '../file/create-case-file.ts';
import { withTransaction } from '../handles.ts';
import type { Migration } from './migrations.ts';
import { migrations } from './index.ts';
import { openCaseFile } from '../file/open-case-file.ts';
import { lostColumns, schemaOf, shapeOf } from './schema-snapshot.ts';
import {
  caseFileIn,
  newCaseFile,
  newCaseFileOptions,
  secrets,
  testMigrations,
  valueOf,
} from '../testing/case-file-fixture.ts';
import { startChild } from '../testing/child-program.ts';
import { temporaryFolders } from '../testing/temporary-folder.ts';

const newFolder = temporaryFolders();

const third = (up: Migration['up']): readonly Migration[] => [
  ...testMigrations,
  { number: 3, name: 'third', up },
];

const open = (path: string, list: readonly Migration[], retryMigration = false) =>
  openCaseFile({ path, secrets, migrations: list, retryMigration });

describe('the runner', () => {
  test('brings rows over whole, and tells how far it is', async () => {
    const file = caseFileIn(newFolder());
    const before = await newCaseFile(file);
    valueOf(withTransaction(before.db, (db) => db.run("INSERT INTO outbox VALUES (7, 'rivi')")));
    before.close();
    const steps: unknown[] = [];
    const after = valueOf(
      await openCaseFile({
        path: file,
        secrets,
        migrations: third('ALTER TABLE outbox ADD COLUMN sent_at INTEGER'),
        onProgress: (step) => steps.push(step),
      }),
    );
    expect(after.db.all('SELECT * FROM outbox')).toEqual([
      { counter: 7, body: 'rivi', sent_at: null },
    ]);
    expect(steps).toEqual([{ number: 3, name: 'third', done: 0, total: 1 }]);
    after.close();
  });

  test('undoes a failing migration whole; the file stays usable by the version before', async () => {
    const file = caseFileIn(newFolder());
    (await newCaseFile(file)).close();
    const failing = third('CREATE TABLE half (x); CREATE TABLE half (x)');
    expect(await open(file, failing)).toMatchObject({
      error: { kind: 'migration-failed', number: 3, name: 'third' },
    });
    const old = valueOf(await open(file, testMigrations));
    expect(old.db.first("SELECT 1 FROM sqlite_schema WHERE name = 'half'")).toBeUndefined();
    old.close();
  });

  test('refuses a migration that leaves rows pointing to nothing', async () => {
    const file = caseFileIn(newFolder());
    (await newCaseFile(file)).close();
    const dangling = third(
      `PRAGMA defer_foreign_keys = ON;
       CREATE TABLE child (parent INTEGER REFERENCES outbox (counter));
       INSERT INTO child VALUES (99)`,
    );
    expect((await open(file, dangling)).ok).toBe(false);
    valueOf(await open(file, testMigrations)).close();
  });

  test('scenario 30: a migration that never ends is not begun for ever', async () => {
    const file = caseFileIn(newFolder());
    (await newCaseFile(file)).close();
    let begun = 0;
    const never = third(() => {
      begun += 1;
      throw new Error('interrupted');
    });
    for (let start = 0; start < 3; start += 1) {
      expect(await open(file, never)).toMatchObject({ error: { kind: 'migration-failed' } });
    }
    for (let start = 0; start < 3; start += 1) {
      expect(await open(file, never)).toEqual({
        ok: false,
        error: { kind: 'migration-stuck', number: 3, name: 'third', attempts: 3 },
      });
    }
    expect(begun).toBe(3);
    // The person says: try again, with a program that can.
    const cured = third('CREATE TABLE done (x)');
    valueOf(await open(file, cured, true)).close();
    valueOf(await open(file, cured)).close();
  });

  test('scenario 30: killed in the middle, the file is as before, and it may be tried again', async () => {
    const file = caseFileIn(newFolder());
    (await newCaseFile(file)).close();
    for (let start = 0; start < 3; start += 1) {
      const child = startChild('migrate', file);
      await child.said(1);
      await child.kill();
    }
    const cured = third('CREATE TABLE half (y)');
    expect(await open(file, cured)).toMatchObject({ error: { kind: 'migration-stuck' } });
    const old = valueOf(await open(file, testMigrations));
    expect(old.db.all('SELECT * FROM word')).toEqual([]);
    old.close();
    valueOf(await open(file, cured, true)).close();
  });

  test('does not accept a list with gaps', async () => {
    const file = caseFileIn(newFolder());
    const gap = [...testMigrations, { number: 4, name: 'fourth', up: '' }];
    await expect(createCaseFile({ ...newCaseFileOptions(file), migrations: gap })).rejects.toThrow(
      'Migration 4 stands at place 3',
    );
  });
});

describe('the schema', () => {
  test('is the committed one', async () => {
    const made = await createCaseFile({
      ...newCaseFileOptions(caseFileIn(newFolder())),
      migrations,
    });
    const caseFile = valueOf(made);
    await expect(schemaOf(caseFile.db)).toMatchFileSnapshot('./schema.sql');
    caseFile.close();
  });

  test.each(migrations.slice(1).map(({ number, name }) => [number, name] as const))(
    'only grows: migration %i (%s) takes no table and no column away, and no row',
    async (number) => {
      const file = caseFileIn(newFolder());
      const options = { ...newCaseFileOptions(file), migrations: migrations.slice(0, number - 1) };
      const before = valueOf(await createCaseFile(options));
      before.db.run("INSERT INTO setting (key, value) VALUES ('kieli', 'fi')");
      const shape = shapeOf(before.db);
      before.close();
      const after = valueOf(await open(file, migrations.slice(0, number)));
      expect(lostColumns(shape, shapeOf(after.db))).toEqual([]);
      expect(after.db.all('SELECT * FROM setting')).toEqual([{ key: 'kieli', value: 'fi' }]);
      expect(after.identity).toEqual(before.identity);
      after.close();
    },
  );
});
