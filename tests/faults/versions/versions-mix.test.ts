import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { prepareRegions, type Regions } from '../../sync/real-parts/region.ts';
import { mixVersions } from './mixed-region.ts';
import { mixtures, versionsMixed } from './versions-run.ts';

/** The short form of what `npm run faults -- A9` runs at full size. */

let regions: Regions;
beforeAll(async () => {
  regions = await prepareRegions(inject('engineFolder'), 5);
});
afterAll(() => regions.end());

const seed = randomInt(2 ** 31);
const kept = Object.fromEntries(versionsMixed.never.map((what) => [what, 0]));

/** A region behind its newest devices, and one ahead of its oldest: the long run has both for each pair. */
const short = mixtures.filter(
  ({ writer, region }) => region === (writer === 'newer' ? 'present' : 'newer'),
);

describe(`devices and a region of several versions, seed ${seed}`, () => {
  it.each(short)(
    'A9 V1 V2 V3 G7 $writer and $editor devices under a $region region drop nothing of each other',
    { timeout: 300_000 },
    async (mixed) => {
      const counts = await mixVersions(regions, { ...mixed, changes: 80, seed });
      expect(counts).toMatchObject(kept);
      expect(counts['changes']).toBeGreaterThanOrEqual(80);
      const { writer, editor } = mixed;
      if (writer === editor && writer === 'older') expect(counts['carried']).toBeGreaterThan(0);
      if (writer === editor && writer === 'newer') {
        expect(counts['unknownToRegion']).toBeGreaterThan(0);
      }
    },
  );

  it(
    'A9 a program that takes itself for a newer one would be seen to drop fields and to write over groups',
    { timeout: 300_000 },
    async () => {
      const counts = await mixVersions(regions, {
        writer: 'present',
        editor: 'newer',
        region: 'newer',
        changes: 200,
        seed,
        speaks: () => 'newer',
      });
      expect(counts['dropped']).toBeGreaterThan(0);
      expect(counts['overwritten']).toBeGreaterThan(0);
    },
  );
});
