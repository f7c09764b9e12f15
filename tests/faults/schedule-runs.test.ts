import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { checkHealed } from '../sync/real-parts/invariants.ts';
import { prepareRegions, type Regions } from '../sync/real-parts/region.ts';
import { runSchedule } from '../sync/real-parts/run-schedule.ts';
import { ages, cutReplies, restoredUnder, wrongClocks } from './schedule-runs.ts';

/** The short form of what `npm run faults -- A6 A7 A8` runs at full size. */

let regions: Regions;
beforeAll(async () => {
  regions = await prepareRegions(inject('engineFolder'), 9);
});
afterAll(() => regions.end());

const patience = { timeout: 300_000 };
const seed = randomInt(2 ** 31);

describe(`on real parts, seed ${seed}`, () => {
  it('A6 D2 U3 answers lost after the commit double nothing', patience, async () => {
    const counts = await runSchedule(regions, cutReplies(seed, 12), checkHealed);
    expect(counts).toMatchObject({ lost: 0, doubled: 0, cutReplies: 12 });
  });

  it('A7 C1 C2 C3 C4 clocks years wrong lose nothing and move no other', patience, async () => {
    const counts = await runSchedule(regions, wrongClocks(seed, 25), checkHealed);
    expect(counts).toMatchObject({ lost: 0, doubled: 0, movedClocks: 0 });
  });

  it.each(Object.entries(ages))(
    'A8 L5 E1 E3 E5 a region restored to how it was one %s ago is noticed by ten devices, which give back what it lost',
    patience,
    async (_name, ageMs) => {
      const counts = await runSchedule(regions, restoredUnder(seed, ageMs, 6), checkHealed);
      expect(counts).toMatchObject({ lost: 0, doubled: 0, unnoticed: 0, restores: 1 });
    },
  );
});
