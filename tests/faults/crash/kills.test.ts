import { describe, expect, inject, test } from 'vitest';
import { temporaryFolders } from '#main/db/testing/temporary-folder.ts';
import { runKills } from './kills.ts';

const newFolder = temporaryFolders();

describe('A1: saved survives a crash', () => {
  test('A1 ten programs killed in writing, checkpoint, migration, sync and re-keying lose nothing', async () => {
    const seed = inject('propertySeed');
    const done = await runKills({ folder: newFolder(), seed, kills: 10 });
    console.log(
      `seed ${seed}: ${done.kills} killed, ${done.acknowledged} answers "saved" heard; ` +
        `cut in ${JSON.stringify(done.cutIn)}`,
    );
    expect(done.lost).toEqual([]);
    expect(done.kills).toBe(10);
    expect(done.acknowledged).toBeGreaterThan(10);
  }, 300_000);
});
