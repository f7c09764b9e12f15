import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../region/test-database.ts';
import { converge } from './converge-run.ts';

/** The short form of what `npm run faults -- A4` runs at full size. */

const seed = randomInt(2 ** 31);

describe(`desks in processes of their own, seed ${seed}`, () => {
  it(
    'A4 kills, pauses and bad lines lose nothing, double nothing, and all see the same',
    { timeout: 900_000 },
    async () => {
      const counts = await converge(testDatabase, seed, {
        desks: 3,
        clients: 2,
        changes: 150,
        faults: 10,
      });
      expect(counts).toMatchObject({ lost: 0, doubled: 0, diverged: 0, faults: 10 });
      process.stdout.write(`converge: seed ${seed}, ${JSON.stringify(counts)}\n`);
    },
  );
});
