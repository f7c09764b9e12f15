import fs from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { withTransaction } from '../handles.ts';
import { openCaseFile } from './open-case-file.ts';
import {
  caseFileIn,
  newCaseFile,
  secrets,
  testMigrations,
  valueOf,
} from '../testing/case-file-fixture.ts';
import { startChild } from '../testing/child-program.ts';
import { temporaryFolders } from '../testing/temporary-folder.ts';

const newFolder = temporaryFolders();

const open = (file: string, acceptMissingWal = false) =>
  openCaseFile({ path: file, secrets, migrations: testMigrations, acceptMissingWal });

const lastSaved = (lines: readonly string[]): number => Number(lines.at(-1)?.split(' ')[1] ?? 0);

describe('a case file whose program was killed', () => {
  const killed = async () => {
    const file = caseFileIn(newFolder());
    (await newCaseFile(file)).close();
    const child = startChild('write', file);
    await child.said(12);
    await child.kill();
    return { file, saved: lastSaved(child.lines) };
  };

  test('and whose -wal was then removed is not opened as if nothing were missing', async () => {
    const { file, saved } = await killed();
    const wal = fs.readFileSync(`${file}-wal`);
    const database = fs.readFileSync(file);
    fs.rmSync(`${file}-wal`);
    fs.rmSync(`${file}-shm`, { force: true });
    expect(await open(file)).toEqual({ ok: false, error: { kind: 'missing-wal' } });
    expect(fs.readFileSync(file).equals(database)).toBe(true);
    // The -wal is found and put back: nothing was spoilt meanwhile.
    fs.writeFileSync(`${file}-wal`, wal);
    const opened = valueOf(await open(file));
    expect(opened.db.value('SELECT max(counter) FROM outbox')).toBeGreaterThanOrEqual(saved);
    opened.close();
  });

  test('is told apart also from one with an emptied -wal', async () => {
    const { file } = await killed();
    fs.truncateSync(`${file}-wal`, 0);
    expect(await open(file)).toEqual({ ok: false, error: { kind: 'missing-wal' } });
  });

  test('can be opened without its -wal when the person agrees, as it stood before', async () => {
    const { file, saved } = await killed();
    fs.rmSync(`${file}-wal`);
    const opened = valueOf(await open(file, true));
    expect(opened.db.value('SELECT count(*) FROM outbox')).toBeLessThan(saved);
    opened.close();
    valueOf(await open(file)).close();
  });

  test('is found whole also when it ended by itself without closing', async () => {
    const file = caseFileIn(newFolder());
    (await newCaseFile(file)).close();
    expect(await startChild('write-and-end', file).ended).toBe(3);
    const opened = valueOf(await open(file));
    expect(opened.db.value('SELECT body FROM outbox')).toBe('viimeinen');
    opened.close();
  });

  test('opens although it was killed right after opening, and its -shm is gone', async () => {
    const file = caseFileIn(newFolder());
    (await newCaseFile(file)).close();
    const child = startChild('write', file);
    await child.said(1);
    await child.kill();
    fs.rmSync(`${file}-shm`, { force: true });
    const opened = valueOf(await open(file));
    expect(opened.db.value('SELECT max(counter) FROM outbox')).toBeGreaterThanOrEqual(1);
    opened.close();
  });
});

describe('A11: nothing on the disk can be read', () => {
  const canaries = Array.from({ length: 200 }, (_, index) => `Kanarialintu-${index}-äöå`);

  const found = (folder: string): readonly string[] => {
    const files = fs
      .readdirSync(folder)
      .map((name) => fs.readFileSync(path.join(folder, name)))
      .flatMap((bytes) => [bytes.toString('latin1')]);
    const forms = (canary: string) => [
      Buffer.from(canary, 'utf8').toString('latin1'),
      Buffer.from(canary, 'utf16le').toString('latin1'),
    ];
    return canaries.filter((canary) =>
      forms(canary).some((form) => files.some((file) => file.includes(form))),
    );
  };

  test('200 canaries: none found while open, with a sort too large for memory, or after', async () => {
    const folder = newFolder();
    const caseFile = await newCaseFile(caseFileIn(folder));
    caseFile.db.execute('CREATE VIRTUAL TABLE canary_index USING fts5 (body, tokenize = trigram)');
    valueOf(
      withTransaction(caseFile.db, (db) => {
        for (const canary of canaries) {
          db.run('INSERT INTO word (text) VALUES (?)', [canary]);
          db.run('INSERT INTO canary_index (body) VALUES (?)', [canary]);
          for (let copy = 0; copy < 50; copy += 1) {
            db.run('INSERT INTO outbox (body) VALUES (?)', [`${canary} ${copy}`.repeat(10)]);
          }
        }
      }),
    );
    expect(caseFile.db.all('SELECT body FROM outbox ORDER BY substr(body, 5) DESC')).toHaveLength(
      10_000,
    );
    expect(fs.existsSync(`${caseFileIn(folder)}-wal`)).toBe(true);
    expect(found(folder)).toEqual([]);
    // As a crash leaves it: database, -wal and -shm copied while open.
    const crashed = newFolder();
    for (const name of fs.readdirSync(folder)) {
      fs.copyFileSync(path.join(folder, name), path.join(crashed, name));
    }
    expect(found(crashed)).toEqual([]);
    caseFile.close();
    expect(found(folder)).toEqual([]);
    // The search itself works: it finds what lies in the open.
    fs.writeFileSync(path.join(folder, 'plain.txt'), canaries.join('\n'));
    expect(found(folder)).toHaveLength(200);
  });
});
