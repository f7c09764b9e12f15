import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startEngine } from '#server/db/engine.ts';
import { openDatabase } from '#server/db/pool.ts';
import { hurtRegion, killing } from './hurt-region.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'punos-killed-engine-'));
  // Started by root, the engine runs as another user, who must be able to pass.
  chmodSync(folder, 0o711);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('A2: what the region has stored stays stored', () => {
  it('A2 the engine that we start syncs every commit before it answers, and writes pages whole', async () => {
    const started = await startEngine({ folder });
    if (!started.ok) throw new Error(started.error.message);
    const db = openDatabase({ url: started.value.appUrl });
    const [settings] = await db.query<Readonly<Record<string, string>>>(
      `SELECT current_setting('fsync') AS fsync,
         current_setting('synchronous_commit') AS synchronous_commit,
         current_setting('full_page_writes') AS full_page_writes,
         current_setting('data_checksums') AS data_checksums`,
    );
    expect(settings).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
    });
    await db.close();
    await started.value.stop();
  });

  it.runIf(process.platform === 'linux')(
    'A2 all of PostgreSQL killed under three pushing devices: every receipt "stored" holds',
    async () => {
      const seed = inject('propertySeed');
      const region = await hurtRegion(folder, killing(folder));
      const done = await region.once(seed);
      await region.end();
      console.log(`seed ${seed}: ${done.acknowledged} changes acknowledged before the kill`);
      expect(done.lost).toEqual([]);
      expect(done.acknowledged).toBeGreaterThan(9);
      expect(done.unavailable).toBe(3);
    },
    180_000,
  );
});
