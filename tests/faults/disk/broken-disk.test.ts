import { describe, expect, inject, test } from 'vitest';
import { temporaryFolders } from '#main/db/testing/temporary-folder.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { applyPage } from '#main/core/syncing/apply-page.ts';
import { valueOf, quickArgon2 } from '#main/db/testing/case-file-fixture.ts';
import { makeDevice } from '../device/device.ts';
import { firstPage, laterPage, requestOf } from '../device/pages.ts';
import { canTrace } from '../power/trace.ts';
import { runBrokenDisk } from './broken-disk.ts';

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
});
