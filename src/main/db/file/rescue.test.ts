import fs from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { withTransaction } from '../handles.ts';
import { openCaseFile } from './open-case-file.ts';
import { readUnsentWork, setAsideCaseFile, startAnew } from './rescue.ts';
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
const now = Date.UTC(2026, 10, 23, 14, 32);

const filled = async (file: string, rows: number) => {
  const caseFile = await newCaseFile(file);
  valueOf(
    withTransaction(caseFile.db, (db) => {
      for (let row = 1; row <= rows; row += 1) {
        db.run('INSERT INTO outbox (body) VALUES (?)', [`muutos ${row} `.repeat(30)]);
      }
    }),
  );
  caseFile.close();
};

const damage = (file: string, page: number): void => {
  const bytes = fs.readFileSync(file);
  bytes.fill(0x5a, (page - 1) * 4096 + 100, (page - 1) * 4096 + 140);
  fs.writeFileSync(file, bytes);
};

describe('a case file that cannot be opened', () => {
  test('is set aside whole, its unsent work read around the damage, a new one started', async () => {
    const file = caseFileIn(newFolder());
    await filled(file, 1_000);
    damage(file, 40);
    const aside = valueOf(setAsideCaseFile(file, now));
    expect(fs.readdirSync(path.dirname(file)).toSorted()).toEqual([
      'oma.lock',
      'oma.set-aside-2026-11-23T14-32-00-000Z',
    ]);
    expect(aside.files.toSorted()).toEqual(['oma.db', 'oma.key.json']);

    const unsent = valueOf(await readUnsentWork(aside, secrets));
    expect(unsent.complete).toBe(false);
    expect(unsent.rows.length).toBeGreaterThan(950);
    expect(unsent.rows.length).toBeLessThan(1_000);
    for (const { counter, body } of unsent.rows) {
      expect(body).toBe(`muutos ${String(counter)} `.repeat(30));
    }
    expect(unsent.rows.at(-1)).toMatchObject({ counter: 1_000 });

    const fresh = valueOf(await startAnew(aside, newCaseFileOptions(file)));
    expect(fresh.db.value('SELECT count(*) FROM outbox')).toBe(0);
    fresh.close();
    expect(fs.existsSync(aside.path)).toBe(true);
  });

  test('that is whole is counted whole, its -wal with it', async () => {
    const file = caseFileIn(newFolder());
    await filled(file, 3);
    const child = startChild('write', file);
    await child.said(5);
    await child.kill();
    const aside = valueOf(setAsideCaseFile(file, now));
    expect(aside.files).toContain('oma.db-wal');
    const unsent = valueOf(await readUnsentWork(aside, secrets));
    expect(unsent.complete).toBe(true);
    expect(unsent.rows.length).toBeGreaterThanOrEqual(3 + child.lines.length);
    // Set aside is not closed away: the same functions open it.
    const again = await openCaseFile({ path: aside.path, secrets, migrations: testMigrations });
    valueOf(again).close();
  });

  test('says so when nothing can be counted', async () => {
    const file = caseFileIn(newFolder());
    await filled(file, 10);
    damage(file, 1);
    const aside = valueOf(setAsideCaseFile(file, now));
    expect(await readUnsentWork(aside, secrets)).toEqual({
      ok: false,
      error: { kind: 'unreadable' },
    });
    expect(await readUnsentWork(aside, { ...secrets, secret: 'väärä' })).toEqual({
      ok: false,
      error: { kind: 'wrong-secret' },
    });
  });

  test('is not set aside while a program has it open, nor when there is none', async () => {
    const file = caseFileIn(newFolder());
    const open = await newCaseFile(file);
    expect(setAsideCaseFile(file, now)).toMatchObject({ error: { kind: 'in-use' } });
    open.close();
    const aside = valueOf(setAsideCaseFile(file, now));
    expect(setAsideCaseFile(file, now)).toEqual({ ok: false, error: { kind: 'absent' } });
    // Twice in the same millisecond: two folders.
    await filled(file, 1);
    expect(valueOf(setAsideCaseFile(file, now)).folder).not.toBe(aside.folder);
  });

  test('whose setting aside was interrupted is moved the rest of the way first', async () => {
    const file = caseFileIn(newFolder());
    await filled(file, 4);
    const aside = valueOf(setAsideCaseFile(file, now));
    // As a crash between two moves leaves it.
    fs.renameSync(path.join(aside.folder, 'oma.key.json'), file.replace('.db', '.key.json'));
    const note = path.join(aside.folder, 'set-aside.json');
    fs.writeFileSync(note, fs.readFileSync(note, 'utf8').replace('true', 'false'));
    expect(await startAnew(aside, newCaseFileOptions(file))).toMatchObject({
      error: { kind: 'exists' },
    });
    expect(valueOf(setAsideCaseFile(file, now + 5_000))).toEqual(aside);
    expect(valueOf(await readUnsentWork(aside, secrets)).rows).toHaveLength(4);
  });

  test('is not replaced by starting anew where something lies', async () => {
    const file = caseFileIn(newFolder());
    await filled(file, 1);
    const aside = valueOf(setAsideCaseFile(file, now));
    await filled(file, 2);
    expect(await startAnew(aside, newCaseFileOptions(file))).toMatchObject({
      error: { kind: 'exists' },
    });
  });
});
