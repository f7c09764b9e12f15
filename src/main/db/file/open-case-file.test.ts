import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { caseFilePaths } from './case-file-paths.ts';
import { changeSecret } from './change-secret.ts';
import { openReadingConnection, openSecondConnection } from './case-file.ts';
import { sqliteProblem } from './connection.ts';
import { createCaseFile } from './create-case-file.ts';
import { openDriver } from './driver.ts';
import { withTransaction, type WritableDb } from '../handles.ts';
import { openCaseFile } from './open-case-file.ts';
import {
  caseFileIn,
  newCaseFile,
  newCaseFileOptions,
  quickArgon2,
  secrets,
  testMigrations,
  valueOf,
} from '../testing/case-file-fixture.ts';
import { startChild } from '../testing/child-program.ts';
import { temporaryFolders } from '../testing/temporary-folder.ts';
import { newTurnCount } from './write-turn.ts';

const newFolder = temporaryFolders();

const open = (file: string) => openCaseFile({ path: file, secrets, migrations: testMigrations });

const hashOf = (file: string): string =>
  createHash('sha256').update(fs.readFileSync(file)).digest('hex');

const folderContent = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    fs
      .readdirSync(folder)
      .filter((name) => !name.includes('.lock') && !name.endsWith('-shm'))
      .toSorted()
      .map((name) => [name, hashOf(path.join(folder, name))]),
  );

/** Whatever the answer was, the files are byte for byte what they were, and none was added. */
const refusal = async (file: string) => {
  const before = folderContent(path.dirname(file));
  const result = await open(file);
  if (result.ok) result.value.close();
  expect(result.ok).toBe(false);
  expect(folderContent(path.dirname(file))).toEqual(before);
  return result.ok ? null : result.error;
};

const filled = async (file: string, rows = 300) => {
  const caseFile = await newCaseFile(file);
  valueOf(
    withTransaction(caseFile.db, (db) => {
      for (let row = 0; row < rows; row += 1) {
        db.run('INSERT INTO outbox (body) VALUES (?)', [`rivi ${row} `.repeat(40)]);
      }
    }),
  );
  return caseFile;
};

const flip = (file: string, offset: number): void => {
  const bytes = fs.readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(offset) ^ 0x40, offset);
  fs.writeFileSync(file, bytes);
};

describe('a case file', () => {
  test('is made, closed and opened again with all that was in it', async () => {
    const file = caseFileIn(newFolder());
    const made = await filled(file);
    const { identity } = made;
    expect(made.close()).toEqual({ ok: true, value: undefined });
    expect(made.key.every((byte) => byte === 0)).toBe(true);
    expect(fs.existsSync(`${file}-wal`)).toBe(false);

    const opened = valueOf(await open(file));
    expect(opened.identity).toEqual(identity);
    expect(opened.db.value('SELECT count(*) FROM outbox')).toBe(300);
    opened.close();
  });

  test('writes every commit through to the disk, and forgets by overwriting', async () => {
    const caseFile = await newCaseFile(caseFileIn(newFolder()));
    const pragma = (name: string) =>
      Object.values(caseFile.db.returning<object>(`PRAGMA ${name}`)[0] ?? {})[0] as unknown;
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('secure_delete')).toBe(1);
    expect(pragma('temp_store')).toBe(2);
    expect(pragma('mmap_size')).toBe(0);
    expect(pragma('cipher')).toBe('chacha20');
    caseFile.close();
  });

  test('is never made over or beside another, whatever state that one is in', async () => {
    for (const left of ['oma.db', 'oma.db-wal', 'oma.key.json']) {
      const folder = newFolder();
      fs.writeFileSync(path.join(folder, left), '');
      const result = await createCaseFile(newCaseFileOptions(caseFileIn(folder)));
      expect(result).toEqual({
        ok: false,
        error: { kind: 'exists', files: [path.join(folder, left)] },
      });
      expect(fs.readFileSync(path.join(folder, left), 'utf8')).toBe('');
    }
  });

  test('whose making was interrupted is finished if it was whole, and forgotten if not', async () => {
    const file = caseFileIn(newFolder());
    const fill = (db: WritableDb) => void db.run("INSERT INTO word (text) VALUES ('avain')");
    valueOf(await createCaseFile({ ...newCaseFileOptions(file), fill })).close();
    fs.renameSync(file, `${file}.new`);
    const finished = valueOf(await open(file));
    // What the file is no good without was in it from the first.
    expect(finished.db.value('SELECT text FROM word')).toBe('avain');
    finished.close();

    const other = caseFileIn(newFolder());
    fs.writeFileSync(`${other}.new`, 'half');
    (await newCaseFile(other)).close();
    expect(fs.existsSync(`${other}.new`)).toBe(false);
  });

  test('opens under a changed secret, and no longer under the old one', async () => {
    const file = caseFileIn(newFolder());
    (await filled(file)).close();
    const changed = { secret: 'uusi ÄÄNI', keyChainSecret: new Uint8Array(32).fill(7) };
    valueOf(await changeSecret(file, secrets, changed, quickArgon2));
    expect(await refusal(file)).toEqual({ kind: 'key-chain-needed' });
    const opened = await openCaseFile({
      path: file,
      // Typed with a combining mark: the same word.
      secrets: { ...changed, secret: 'uusi ÄÄNI'.normalize('NFD') },
      migrations: testMigrations,
    });
    expect(valueOf(opened).db.value('SELECT count(*) FROM outbox')).toBe(300);
    valueOf(opened).close();
  });

  test('serves a second connection of the sync worker and a reading one', async () => {
    const file = caseFileIn(newFolder());
    const caseFile = await filled(file, 1);
    const second = valueOf(openSecondConnection(caseFile));
    const reading = valueOf(openReadingConnection(caseFile));
    valueOf(
      withTransaction(second.db, (db) => db.run("INSERT INTO outbox (body) VALUES ('toinen')")),
    );
    expect(caseFile.db.value('SELECT count(*) FROM outbox')).toBe(2);
    expect(reading.db.value('SELECT count(*) FROM outbox')).toBe(2);
    second.close();
    reading.close();
    caseFile.close();
    expect(
      openSecondConnection({ path: file, key: new Uint8Array(32), turn: newTurnCount() }),
    ).toEqual({
      ok: false,
      error: { kind: 'busy' },
    });
  });
});

describe('a case file that cannot be opened is left as it is, and the reason said:', () => {
  test('none at all', async () => {
    const folder = newFolder();
    expect(await refusal(caseFileIn(folder))).toEqual({ kind: 'absent', leftBehind: [] });
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('the database gone, its key header left', async () => {
    const file = caseFileIn(newFolder());
    (await filled(file)).close();
    fs.rmSync(file);
    const { keyHeader } = caseFilePaths(file);
    expect(await refusal(file)).toEqual({ kind: 'absent', leftBehind: [keyHeader] });
  });

  test('a wrong secret', async () => {
    const file = caseFileIn(newFolder());
    (await filled(file)).close();
    const before = folderContent(path.dirname(file));
    for (const secret of ['', 'väärä', 'kuura-peltomyyrä-43', 'x'.repeat(1_000_000), '\ud800']) {
      const result = await openCaseFile({ path: file, secrets: { ...secrets, secret } });
      expect(result).toEqual({ ok: false, error: { kind: 'wrong-secret' } });
    }
    expect(folderContent(path.dirname(file))).toEqual(before);
  });

  test('empty', async () => {
    const file = caseFileIn(newFolder());
    (await filled(file)).close();
    fs.truncateSync(file, 0);
    expect(await refusal(file)).toEqual({ kind: 'empty' });
  });

  test.each([3, 20, 24, 100, 4_000])('the first page damaged at byte %i', async (offset) => {
    const file = caseFileIn(newFolder());
    (await filled(file)).close();
    flip(file, offset);
    expect(await refusal(file)).toMatchObject({ kind: 'damaged', page: 1 });
  });

  test('the first page overwritten with zeros', async () => {
    const file = caseFileIn(newFolder());
    (await filled(file)).close();
    const bytes = fs.readFileSync(file);
    bytes.fill(0, 0, 4096);
    fs.writeFileSync(file, bytes);
    expect(await refusal(file)).toMatchObject({ kind: 'damaged', page: 1 });
  });

  test('a page in the middle damaged', async () => {
    const file = caseFileIn(newFolder());
    (await filled(file)).close();
    flip(file, 4096 * 20 + 2000);
    expect(await refusal(file)).toMatchObject({ kind: 'damaged' });
  });

  test.each([1, 100, 511, 4096, 4096 * 7, 4096 * 7 + 5])('cut to %i bytes', async (length) => {
    const file = caseFileIn(newFolder());
    (await filled(file)).close();
    fs.truncateSync(file, length);
    expect(await refusal(file)).toMatchObject({ kind: 'damaged' });
  });

  test('written by a newer program', async () => {
    const file = caseFileIn(newFolder());
    const newer = [...testMigrations, { number: 3, name: 'later', up: 'SELECT 1' }];
    const made = await createCaseFile({ ...newCaseFileOptions(file), migrations: newer });
    valueOf(made).close();
    expect(await refusal(file)).toEqual({ kind: 'newer-schema', found: 3, known: 2 });
  });

  test('an unencrypted database, and something that is none', async () => {
    const file = caseFileIn(newFolder());
    (await newCaseFile(file)).close();
    fs.rmSync(file);
    const plain = openDriver(file);
    plain.exec('CREATE TABLE file_identity (file_uuid TEXT)');
    plain.close();
    expect(await refusal(file)).toEqual({ kind: 'not-a-case-file', reason: 'unencrypted' });
    fs.writeFileSync(file, '<!doctype html>'.repeat(1_000));
    expect(await refusal(file)).toEqual({ kind: 'key-header-of-another-file' });
  });

  test.each([
    ['application-id', 'PRAGMA application_id = 7'],
    ['tables', 'DROP TABLE file_identity'],
    ['identity', "UPDATE file_identity SET file_uuid = '018f0000-0000-7000-8000-00000000000f'"],
  ])('opened by its key, but not ours by its %s', async (reason, sql) => {
    const file = caseFileIn(newFolder());
    const made = await newCaseFile(file);
    made.db.execute(sql);
    made.close();
    expect(await refusal(file)).toEqual({ kind: 'not-a-case-file', reason });
  });

  test('the key header missing, damaged in any byte, empty, or of another version', async () => {
    const file = caseFileIn(newFolder());
    (await newCaseFile(file)).close();
    const { keyHeader } = caseFilePaths(file);
    const whole = fs.readFileSync(keyHeader);
    for (let offset = 0; offset < whole.length; offset += 3) {
      flip(keyHeader, offset);
      expect((await refusal(file))?.kind).toBe('key-header-damaged');
      fs.writeFileSync(keyHeader, whole);
    }
    for (const text of ['', '{}', '[', whole.toString().replace('"version": 1', '"version": 2')]) {
      fs.writeFileSync(keyHeader, text);
      expect((await refusal(file))?.kind).toBe('key-header-damaged');
    }
    fs.rmSync(keyHeader);
    expect(await refusal(file)).toEqual({ kind: 'key-header-missing' });
  });

  test('the key header of another case file with the same secret', async () => {
    const file = caseFileIn(newFolder());
    const other = caseFileIn(newFolder());
    (await newCaseFile(file)).close();
    (await newCaseFile(other)).close();
    fs.copyFileSync(caseFilePaths(other).keyHeader, caseFilePaths(file).keyHeader);
    expect(await refusal(file)).toEqual({ kind: 'key-header-of-another-file' });
  });

  test('open in another program, which is named', async () => {
    const file = caseFileIn(newFolder());
    (await newCaseFile(file)).close();
    const child = startChild('write', file);
    await child.said(1);
    expect(await open(file)).toEqual({ ok: false, error: { kind: 'in-use', pid: child.pid } });
    await child.kill();
    valueOf(await open(file)).close();
  });

  test('open in this program already', async () => {
    const file = caseFileIn(newFolder());
    const first = await newCaseFile(file);
    expect(await open(file)).toEqual({ ok: false, error: { kind: 'in-use', pid: process.pid } });
    // The refusal has not loosened the first one's hold.
    expect(await open(file)).toMatchObject({ error: { kind: 'in-use' } });
    first.close();
    valueOf(await open(file)).close();
  });

  test('a SQLite that is too old', () => {
    expect(sqliteProblem()).toBeNull();
    expect(sqliteProblem('3.100.0')).toMatchObject({ kind: 'sqlite-too-old', needed: '3.100.0' });
  });
});
