import { describe, expect, inject, test } from 'vitest';
import { temporaryFolders } from '#main/db/testing/temporary-folder.ts';
import { runPowerCuts } from './power-cuts.ts';
import { canTrace } from './trace.ts';
import { runCutTails } from './wal-tails.ts';

const newFolder = temporaryFolders();
const seed = inject('propertySeed');

describe('A2: saved survives a power cut', () => {
  test('A2 a -wal whose uncertain end is cut or torn at any sector lacks nothing that was saved', async () => {
    const done = await runCutTails({ folder: newFolder(), seed, commits: 10, cuts: 5 });
    console.log(`seed ${seed}: ${done.images} tails cut after ${done.commits} commits`);
    expect(done.lost).toEqual([]);
    expect(done.images).toBe(50);
  }, 300_000);

  test('A2 of every call to the disk: what was not synced is dropped, kept or torn, and all is there', async ({
    skip,
  }) => {
    if (!canTrace()) skip('the calls of a program are recorded by strace, which is not here');
    const phase = 'sync-apply';
    const oneIn = { syncs: 3, others: 100 };
    const done = await runPowerCuts({ folder: newFolder(), seed, phase, steps: 6, oneIn });
    console.log(`seed ${seed}: ${done.images} images at ${done.syncs} syncs`);
    expect(done.lost).toEqual([]);
    expect(done.acknowledged).toBeGreaterThan(6);
    expect(done.images).toBeGreaterThan(50);
  }, 300_000);
});
