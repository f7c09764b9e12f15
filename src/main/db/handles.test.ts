import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

import { describe, expect, expectTypeOf, test } from 'vitest';

import { openSecondConnection } from './file/case-file.ts';
import {
  atBorder,
  withReading,
  withTransaction,
  type ReadableDb,
  type WritableDb,
} from './handles.ts';
import { openCaseFile } from './file/open-case-file.ts';
import {
  caseFileIn,
  newCaseFile,
  secrets,
  testMigrations,
  valueOf,
} from './testing/case-file-fixture.ts';
import { temporaryFolders } from './testing/temporary-folder.ts';

const newFolder = temporaryFolders();

const count = (db: ReadableDb) => db.value<number>('SELECT count(*) FROM outbox');
const insert = 'INSERT INTO outbox (body) VALUES (?)';

test('a writable handle may stand for a readable one, never the other way round', () => {
  expectTypeOf<WritableDb>().toExtend<ReadableDb>();
  expectTypeOf<ReadableDb>().not.toExtend<WritableDb>();
  expectTypeOf<ReadableDb>().not.toHaveProperty('run');
});

describe('a transaction', () => {
  test('is kept whole, or undone whole', async () => {
    const { db, close } = await newCaseFile(caseFileIn(newFolder()));
    expect(withTransaction(db, () => db.run(insert, ['a']).changes)).toEqual({
      ok: true,
      value: 1,
    });
    expect(() =>
      withTransaction(db, () => {
        db.run(insert, ['b']);
        throw new Error('a mistake');
      }),
    ).toThrow('a mistake');
    expect(() => withTransaction(db, () => db.run(insert, [null]))).toThrow('NOT NULL');
    const undone = withTransaction<string>(db, (_, undo) => {
      db.run(insert, ['c']);
      return undo('changed meanwhile');
    });
    expect(undone).toEqual({ ok: true, value: 'changed meanwhile' });
    expect(count(db)).toBe(1);
    close();
  });

  test('refuses a promise, in types and when run, and does not nest', async () => {
    const { db, close } = await newCaseFile(caseFileIn(newFolder()));
    const later = async (): Promise<number> => db.run(insert, ['a']).changes;
    // @ts-expect-error -- the type refuses it too
    expect(() => withTransaction(db, later)).toThrow('synchronous');
    // @ts-expect-error -- the type refuses it too
    expect(() => withReading(db, later)).toThrow('synchronous');
    expect(() => withTransaction(db, () => withTransaction(db, () => 1))).toThrow('already open');
    expect(count(db)).toBe(0);
    close();
  });

  test('that meets another writer waits, then says so', async () => {
    const caseFile = await newCaseFile(caseFileIn(newFolder()));
    const second = valueOf(openSecondConnection(caseFile));
    caseFile.db.execute('PRAGMA busy_timeout = 50');
    withTransaction(second.db, (db) => {
      db.run(insert, ['a']);
      expect(withTransaction(caseFile.db, () => 1)).toEqual({ ok: false, error: { kind: 'busy' } });
      // Reading goes on meanwhile, and sees what was before.
      expect(count(caseFile.db)).toBe(0);
    });
    expect(count(caseFile.db)).toBe(1);
    second.close();
    caseFile.close();
  });

  test('of the window is not kept waiting by a thread that writes without a rest', async () => {
    const caseFile = await newCaseFile(caseFileIn(newFolder()));
    const stopped = new Int32Array(new SharedArrayBuffer(4));
    const { path: file, key, turn } = caseFile;
    const thread = new Worker(new URL('./testing/writing-thread.ts', import.meta.url), {
      workerData: { path: file, key: new Uint8Array(key), turn, stopped },
    });
    const ended = once(thread, 'exit');
    await once(thread, 'message');
    // A row for each of the thread's transactions: those that came between asking and writing.
    const passed: number[] = [];
    for (let edit = 0; edit < 50; edit += 1) {
      const before = count(caseFile.db) ?? 0;
      passed.push(valueOf(withTransaction(caseFile.db, (db) => (count(db) ?? 0) - before)));
      await setImmediate();
    }
    Atomics.store(stopped, 0, 1);
    await ended;
    // The one that was writing, and one that may have begun between the count and the asking.
    expect(Math.max(...passed)).toBeLessThanOrEqual(2);
    expect(Math.max(...passed)).toBeGreaterThan(0);
    caseFile.close();
  });

  test('for reading only refuses a statement that writes', async () => {
    const { db, close } = await newCaseFile(caseFileIn(newFolder()));
    expect(withReading(db, (reading) => count(reading))).toEqual({ ok: true, value: 0 });
    const reading = db as ReadableDb;
    expect(() => reading.all(`${insert} RETURNING counter`, ['a'])).toThrow('writing statement');
    expect(count(db)).toBe(0);
    close();
  });
});

/** Pages for what is there, and a few more: the next ones do not fit. */
const fillUp = (db: WritableDb): void => {
  db.execute(`PRAGMA max_page_count = ${(db.value<number>('PRAGMA page_count') ?? 0) + 8}`);
};

describe('A3: no space', () => {
  test('is a value; nothing half-written, and room later is used', async () => {
    const file = caseFileIn(newFolder());
    const caseFile = await newCaseFile(file);
    const { db } = caseFile;
    fillUp(db);
    const saved: string[] = [];
    let refused = 0;
    for (let row = 0; row < 100; row += 1) {
      const body = `${row}`.repeat(1_000);
      const result = withTransaction(db, () => {
        db.run(insert, [body]);
        db.run(insert, [body]);
      });
      if (result.ok) saved.push(body, body);
      else {
        expect(result.error).toEqual({ kind: 'no-space' });
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(0);
    db.execute('PRAGMA max_page_count = 100000');
    valueOf(withTransaction(db, () => db.run(insert, ['tilaa'])));
    const bodies = db.all<{ body: string }>('SELECT body FROM outbox ORDER BY counter');
    expect(bodies.map(({ body }) => body)).toEqual([...saved, 'tilaa']);
    caseFile.close();
  });

  const root = process.getuid?.() === 0 && process.platform === 'linux';

  const mountSmall = (folder: string): boolean => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };

  test('on a real full disk: what was saved is there, the rest was refused', async ({ skip }) => {
    const folder = path.join(newFolder(), 'small');
    fs.mkdirSync(folder);
    if (!root || !mountSmall(folder)) skip('a small disk needs the right to mount one');
    try {
      const file = caseFileIn(folder);
      const caseFile = await newCaseFile(file);
      let saved = 0;
      let refused = 0;
      for (let row = 0; row < 400; row += 1) {
        const result = withTransaction(caseFile.db, (db) => db.run(insert, ['x'.repeat(4_000)]));
        if (result.ok) saved += 1;
        else refused += 1;
      }
      expect(saved).toBeGreaterThan(10);
      expect(refused).toBeGreaterThan(10);
      expect(atBorder(() => count(caseFile.db))).toEqual({ ok: true, value: saved });
      // Closing may find no room for its mark either: the -wal then stays and is read next time.
      const closed = caseFile.close();
      if (!closed.ok) expect(['no-space', 'disk-error']).toContain(closed.error.kind);
      execFileSync('mount', ['-o', 'remount,size=8m', folder]);
      const again = valueOf(
        await openCaseFile({ path: file, secrets, migrations: testMigrations }),
      );
      expect(count(again.db)).toBe(saved);
      valueOf(again.close());
    } finally {
      execFileSync('umount', [folder]);
    }
  });
});
