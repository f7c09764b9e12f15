import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../region/test-database.ts';
import { followCursor, outsideTheTransaction, type CursorSize } from './cursor-run.ts';

/** The short form of what `npm run faults -- A5` runs at full size. */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(40);
});
afterAll(() => database.close());

const small: CursorSize = {
  writers: 16,
  readers: 2,
  rows: 1_500,
  batch: 20,
  delays: { beforeLock: 60, insideLock: 8, beforeCommit: 300 },
};
const seed = randomInt(2 ** 30);

describe(`writers and readers at once, seed ${seed}`, () => {
  it('A5 Q1 who follows the cursor misses nothing, however late a commit comes', async () => {
    const counts = await followCursor(database, seed, small);
    expect(counts).toMatchObject({ rows: 1_500, missed: 0 });
    expect(counts['pulls']).toBeGreaterThan(10);
  });

  it('A5 a number given outside the transaction of its rows would be seen to be missed', async () => {
    const faulty = outsideTheTransaction(database);
    const counts = await followCursor(database, seed + 1, small, faulty);
    expect(counts['missed']).toBeGreaterThan(0);
  });
});
