import { expect, inject, test } from 'vitest';
import { temporaryFolders } from '#main/db/testing/temporary-folder.ts';
import { runBitFlips } from './bit-flips.ts';

const newFolder = temporaryFolders();

test('A3 bad input 40: of 200 flipped bits none opens a case file as an empty or a shorter one', async () => {
  const seed = inject('propertySeed');
  const done = await runBitFlips({ folder: newFolder(), seed, flips: 200 });
  console.log(`seed ${seed}: ${JSON.stringify(done.answers)}`);
  expect(done.lies).toEqual([]);
  expect(done.flips).toBe(200);
  expect(done.answers['damaged']).toBeGreaterThan(0);
  expect(done.answers['key-header-damaged']).toBeGreaterThan(0);
}, 120_000);
