import { randomBytes } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { temporaryFolders } from '#main/db/testing/temporary-folder.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { applyPage } from '#main/core/syncing/apply-page.ts';
import { valueOf, quickArgon2 } from '#main/db/testing/case-file-fixture.ts';
import { httpRegionClient } from '#main/core/syncing/http-region-client.ts';
import { createSession } from '#main/core/session/session.ts';
import { filling } from '../server/hurt-region.ts';
import { makeDevice, secretsOf } from '../device/device.ts';
import { firstPage, laterPage, owner, requestOf } from '../device/pages.ts';
import { canTrace } from '../power/trace.ts';
import { breakAt, runBrokenDisk } from './broken-disk.ts';

const newFolder = temporaryFolders();

describe('A3: a disk error never lies', () => {
  test('A3 at whatever call the disk fails: what was said to be saved is there, the rest was refused', async ({
    skip,
  }) => {
    if (!canTrace()) skip('a call is made to fail by strace, which is not here');
    const seed = inject('propertySeed');
    const done = await runBrokenDisk({ folder: newFolder(), seed, points: 6 });
    console.log(
      `seed ${seed}: ${done.errors} calls failed at ${done.points} points, ` +
        `${done.saved} saved, ${done.refused} refused`,
    );
    expect(done.lies).toEqual([]);
    expect(done.points).toBe(6);
    expect(done.saved).toBeGreaterThan(0);
  }, 300_000);

  test('A3 an opening that fails after the mark stands leaves the -wal that the mark speaks of', async ({
    skip,
  }) => {
    if (!canTrace()) skip('a call is made to fail by strace, which is not here');
    const at = { calls: 'ftruncate', error: 'EACCES', at: 2, lasts: false, named: false } as const;
    const place = { ...at, phase: 'checkpoint', seed: 1_096_938_357 } as const;
    expect(await breakAt(newFolder(), place)).toEqual([]);
  });

  // With an answer to no read any more the file cannot be looked at before it is closed.
  test.for([
    { phase: 'write', seed: 471_269_483, points: [124, 125, 126, 127, 128] },
    { phase: 'migration', seed: 342_971_892, points: [13, 14, 15] },
  ] as const)(
    'A3 a disk that reads no more ($phase) leaves the -wal that the mark speaks of',
    async ({ phase, seed, points }, { skip }) => {
      if (!canTrace()) skip('a call is made to fail by strace, which is not here');
      for (const at of points) {
        const point = { calls: 'pread64', named: true, error: 'EIO', at, lasts: true } as const;
        expect(await breakAt(newFolder(), { ...point, phase, seed }), `at ${at}`).toEqual([]);
      }
    },
  );

  test('A3 D4 a page that finds no room is refused whole, and its cursor stays; with room it comes again', async () => {
    const device = valueOf(await makeDevice(newFolder(), quickArgon2));
    const { db } = device.syncDesk;
    valueOf(applyPage(device.syncDesk, requestOf(null), firstPage()));
    const pages = db.returning<{ page_count: number }>('PRAGMA page_count')[0]?.page_count ?? 0;
    db.execute(`PRAGMA max_page_count = ${pages}`);
    let refused = 0;
    let number = 1;
    for (; refused === 0 && number < 500; number += refused === 0 ? 1 : 0) {
      const cursor = readState(db, 'cursor');
      const taken = applyPage(device.syncDesk, requestOf(cursor), laterPage(number, []));
      if (taken.ok) continue;
      expect(taken.error).toEqual({ kind: 'no-space' });
      expect(readState(db, 'cursor')).toBe(cursor);
      refused += 1;
    }
    expect(refused).toBe(1);
    db.execute('PRAGMA max_page_count = 100000');
    valueOf(applyPage(device.syncDesk, requestOf(`c${number - 1}`), laterPage(number, [])));
    expect(readState(db, 'cursor')).toBe(`c${number}`);
    valueOf(device.close());
  });

  test('A3 a desk on a full disk locks all the same, and opens again with all that was in it', async ({
    skip,
  }) => {
    const folder = newFolder();
    const full = filling(folder);
    if (full === null) skip('a small disk needs the right to mount one');
    try {
      const device = valueOf(await makeDevice(folder, quickArgon2));
      valueOf(applyPage(device.syncDesk, requestOf(null), firstPage()));
      valueOf(device.close());
      const session = createSession({
        dataFolder: folder,
        region: httpRegionClient('http://127.0.0.1:9'),
        deviceName: 'Koekone',
        keyChainSecret: null,
        now: Date.now,
        randomBytes: (length) => randomBytes(length),
      });
      valueOf(await session.unlock({ personId: owner.id, secret: secretsOf(0).secret }));
      full?.hurt();
      session.lock();
      expect(session.state().state).toBe('locked');
      full?.heal();
      const again = valueOf(
        await session.unlock({ personId: owner.id, secret: secretsOf(0).secret }),
      );
      expect(readState(again.desk.desk.db, 'cursor')).toBe('c0');
      session.lock();
    } finally {
      full?.remove();
    }
  });
});
