import { writeSync } from 'node:fs';

import { acquireFileLock } from '../file/file-lock.ts';
import { withTransaction } from '../handles.ts';
import type { Migration } from '../migrations/migrations.ts';
import { openCaseFile } from '../file/open-case-file.ts';
import { secrets, testMigrations, valueOf } from './case-file-fixture.ts';

/**
 * A program of its own for the tests that need one to kill. Arguments: task, file.
 * - lock: holds the lock of a file and says "ready".
 * - write: opens the case file and commits rows without end; says "saved <counter>" after each commit.
 * - migrate: begins a migration that does not end; says "halfway" from inside it.
 * - write-and-end: commits one row and ends without closing.
 */
const [task, file] = process.argv.slice(2);
if (file === undefined) throw new Error('Which file?');

const say = (line: string): void => {
  // Synchronous for a pipe: what was said has left the process before the next commit.
  process.stdout.write(`${line}\n`);
};

const add = (caseFile: Awaited<ReturnType<typeof open>>, body: string): number | bigint =>
  valueOf(
    withTransaction(
      caseFile.db,
      (db) => db.run('INSERT INTO outbox (body) VALUES (?)', [body]).lastInsertRowid,
    ),
  );

const open = async (path: string) =>
  valueOf(await openCaseFile({ path, secrets, migrations: testMigrations }));

switch (task) {
  case 'lock': {
    // Refused: ends without a word. That is an answer here, not a failure.
    if (!acquireFileLock(file).ok) process.exit(4);
    say('ready');
    setInterval(() => undefined, 60_000);
    break;
  }
  case 'write': {
    const caseFile = await open(file);
    // Long rows now and then, so that checkpoints fall between the kills too.
    for (let row = 0; ; row += 1) {
      const counter = add(caseFile, 'x'.repeat(row % 7 === 0 ? 60_000 : 200));
      say(`saved ${counter}`);
      // Lets the pipe drain: acknowledged means that somebody has heard it.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  case 'migrate': {
    const stopsHalfway: Migration = {
      number: testMigrations.length + 1,
      name: 'halfway',
      up: (db) => {
        db.execute('CREATE TABLE half (x); DROP TABLE word');
        writeSync(1, 'halfway\n');
        // Inside the transaction, until somebody kills it.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      },
    };
    await openCaseFile({ path: file, secrets, migrations: [...testMigrations, stopsHalfway] });
    break;
  }
  case 'write-and-end': {
    add(await open(file), 'viimeinen');
    process.exit(3);
  }
  default:
    throw new Error(`No such task: ${task}`);
}
