import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { chainProblem, emptyChain, type ChainedEntry } from '#shared/domain/use-log/chain.ts';
import { openSecondConnection } from '#main/db/file/case-file.ts';
import { createCaseFile } from '#main/db/file/create-case-file.ts';
import { setAsideCaseFile } from '#main/db/file/rescue.ts';
import { migrations } from '#main/db/migrations/index.ts';
import { withTransaction, type WritableDb } from '#main/db/handles.ts';
import { writeState } from '#main/db/queries/sync-state.ts';
import { adoptHeld, readChain, unheldUses, unsentUses } from '#main/db/queries/use-log.ts';
import {
  caseFileIn,
  newCaseFileOptions,
  secrets,
  valueOf,
} from '#main/db/testing/case-file-fixture.ts';
import { temporaryFolders } from '#main/db/testing/temporary-folder.ts';
import { noteUse } from './note-use.ts';
import { takeOverUses } from './take-over-uses.ts';
import { aLook, anId, newUseDesk, openUseDesk } from './testing/use-desk.ts';

const newFolder = temporaryFolders();
const everything = { entries: 1_000_000, bytes: 1e9 };
const allUses = (db: WritableDb): readonly ChainedEntry[] => unheldUses(db, everything);

describe('A14: a look', () => {
  test('is on the disk, chained, when noting it has answered', async () => {
    const { desk, file } = await newUseDesk(newFolder());
    const other = valueOf(openSecondConnection(file));
    for (let count = 1; count <= 5; count += 1) {
      valueOf(noteUse(desk, [aLook(), aLook({ register: 'patient', action: 'print' })]));
      expect(unsentUses(other.db).count).toBe(2 * count);
    }
    const uses = allUses(other.db);
    expect(chainProblem(emptyChain, uses)).toBeNull();
    expect(uses[1]?.entry).toMatchObject({
      action: 'print',
      personId: desk.person.id,
      profession: 'social-worker',
      taskClass: 'broad-client-responsibility',
      deviceId: desk.deviceId,
      offline: true,
    });
    other.close();
    file.close();
  });

  test('that goes on is one entry, whoever asks again', async () => {
    const { desk, file } = await newUseDesk(newFolder());
    const look = aLook();
    for (let again = 0; again < 5; again += 1) valueOf(noteUse(desk, [look]));
    valueOf(
      noteUse(desk, [
        { ...look, action: 'print' },
        { ...look, compartments: ['joint/contact'] },
      ]),
    );
    expect(allUses(desk.db).map(({ entry }) => entry.action)).toEqual(['view', 'print', 'view']);
    file.close();
  });

  test('says whether the region was within reach', async () => {
    const { desk, file } = await newUseDesk(newFolder());
    valueOf(withTransaction(desk.db, (db) => writeState(db, 'lastCompletePull', desk.now())));
    valueOf(noteUse(desk, [aLook()]));
    valueOf(noteUse({ ...desk, now: () => desk.now() + 121_000 }, [aLook()]));
    expect(allUses(desk.db).map(({ entry }) => entry.offline)).toEqual([false, true]);
    file.close();
  });

  test('carries no text that the region could not store, and none that is no entry', async () => {
    const { desk, file } = await newUseDesk(newFolder());
    valueOf(noteUse(desk, [aLook({ what: { reason: 'a\u0000b\uD800' } })]));
    expect(allUses(desk.db)[0]?.entry.what.reason).toBe('a\uFFFDb\uFFFD');
    expect(() => noteUse(desk, [aLook({ role: 'x'.repeat(41) })])).toThrow('too_big');
    file.close();
  });

  test('is not lost by two connections that write at once', async () => {
    const { desk, file } = await newUseDesk(newFolder());
    const other = valueOf(openSecondConnection(file));
    for (let round = 0; round < 20; round += 1) {
      valueOf(noteUse(desk, [aLook()]));
      // The sync thread marks what the region holds, on its own connection.
      const { through, hash } = readChain(other.db);
      valueOf(
        withTransaction(other.db, (db) => adoptHeld(db, { through, hash }, null, desk.now())),
      );
      valueOf(noteUse(desk, [aLook()]));
    }
    expect(readChain(desk.db)).toMatchObject({ through: 40, held: { through: 39 } });
    expect(unsentUses(desk.db).count).toBe(1);
    other.close();
    file.close();
  });

  test('that was acknowledged survives kill -9 (20 times), and the chain goes on', async () => {
    const { file, path: place } = await newUseDesk(newFolder());
    file.close();
    const program = fileURLToPath(new URL('testing/note-child.ts', import.meta.url));
    let acknowledged = 0;
    for (let kill = 0; kill < 20; kill += 1) {
      const child = spawn(process.execPath, [program, place], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      let last = '';
      let heard = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        last = line;
        heard += 1;
        if (heard === 3 + kill) child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      acknowledged += heard;
      const again = await openUseDesk(place);
      const [no = '', hash] = last.split(' ');
      const uses = allUses(again.desk.db);
      expect(uses.length).toBeGreaterThanOrEqual(Number(no));
      expect(uses[Number(no) - 1]?.hash).toBe(hash);
      expect(chainProblem(emptyChain, uses)).toBeNull();
      again.file.close();
    }
    console.log(`20 kills, ${acknowledged} acknowledged notings, none lost`);
  });
});

describe('a case file set aside', () => {
  test('gives the looks that the region never got to the new one, in a chain of its own', async () => {
    const folder = newFolder();
    const old = await newUseDesk(folder);
    for (let look = 0; look < 5; look += 1) valueOf(noteUse(old.desk, [aLook()]));
    const [, second] = allUses(old.desk.db);
    const held = { through: second?.no ?? 0, hash: second?.hash ?? '' };
    valueOf(withTransaction(old.desk.db, (db) => adoptHeld(db, held, null, old.desk.now())));
    const unsent = allUses(old.desk.db).map(({ entry }) => entry.id);
    old.file.close();
    const setAside = valueOf(setAsideCaseFile(old.path, old.desk.now()));
    const fresh = await newUseDesk(folder, {
      personId: old.desk.person.id,
      deviceId: anId(),
      sign: old.desk.sign,
    });
    expect(await takeOverUses(fresh.desk, setAside, secrets)).toBe(3);
    const uses = allUses(fresh.desk.db);
    expect(uses.map(({ entry }) => entry.id)).toEqual(unsent);
    expect(uses.every(({ entry }) => entry.deviceId === fresh.desk.deviceId)).toBe(true);
    expect(chainProblem(emptyChain, uses)).toBeNull();
    fresh.file.close();
  });

  test('that was made before there was a log has nothing to give', async () => {
    const folder = newFolder();
    const { desk, file } = await newUseDesk(folder);
    const old = caseFileIn(newFolder());
    const options = { ...newCaseFileOptions(old), migrations: migrations.slice(0, 4) };
    valueOf(await createCaseFile(options)).close();
    const setAside = valueOf(setAsideCaseFile(old, desk.now()));
    expect(await takeOverUses(desk, setAside, secrets)).toBe(0);
    file.close();
  });
});

describe('the reserve', () => {
  const reserveOf = (place: string): string => place.replace(/\.db$/u, '.use-log.reserve');

  test('lies beside the case file, really written', async () => {
    const { desk, file, path: place } = await newUseDesk(newFolder());
    valueOf(noteUse(desk, [aLook()]));
    const { size, blocks } = fs.statSync(reserveOf(place));
    expect(size).toBe(1_048_576);
    // Windows counts no blocks.
    if (process.platform !== 'win32') expect(blocks * 512).toBeGreaterThanOrEqual(size);
    file.close();
  });

  const root = process.getuid?.() === 0 && process.platform === 'linux';

  const mountSmall = (folder: string): boolean => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };

  const fillDisk = (folder: string): void => {
    const handle = fs.openSync(path.join(folder, 'filler'), 'a');
    try {
      for (let size = 65_536; size >= 1;) {
        try {
          fs.writeSync(handle, Buffer.alloc(size, 1));
        } catch {
          size = Math.floor(size / 2);
        }
      }
    } finally {
      fs.closeSync(handle);
    }
  };

  test('is given up on a full disk: looks are logged still, then refused', async ({ skip }) => {
    const folder = path.join(newFolder(), 'small');
    fs.mkdirSync(folder);
    if (!root || !mountSmall(folder)) skip('a small disk needs the right to mount one');
    try {
      const { desk, file, path: place } = await newUseDesk(folder);
      valueOf(noteUse(desk, [aLook()]));
      fillDisk(folder);
      let noted = 1;
      let refused: unknown = null;
      for (let look = 0; look < 5_000 && refused === null; look += 1) {
        const answer = noteUse(desk, [aLook()]);
        if (answer.ok) noted += 1;
        else refused = answer.error;
      }
      expect(noted).toBeGreaterThan(20);
      expect(refused).toEqual({ code: 'use-log-full' });
      const uses = allUses(desk.db);
      expect(uses).toHaveLength(noted);
      expect(chainProblem(emptyChain, uses)).toBeNull();
      console.log(`${noted} looks noted on a full disk before the first was refused`);
      // With room again, the reserve is made anew and the log goes on.
      fs.rmSync(path.join(folder, 'filler'));
      const later = { ...desk, now: () => desk.now() + 120_000 };
      valueOf(noteUse(later, [aLook()]));
      expect(fs.statSync(reserveOf(place)).size).toBe(1_048_576);
      file.close();
    } finally {
      execFileSync('umount', ['-l', folder]);
    }
  });
});
