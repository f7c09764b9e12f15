import { prepareRegions } from '../../sync/real-parts/region.ts';
import { ages } from '../../sync/version-skew.ts';
import { addCounts, type Counts, type FaultRun } from '../fault-run.ts';
import { mixVersions, type Mixture } from './mixed-region.ts';

export type Mixed = Pick<Mixture, 'writer' | 'editor' | 'region'>;

/** Every pair of versions, in a region that has been updated and in one that has not. */
export const mixtures: readonly Mixed[] = (['present', 'newer'] as const).flatMap((region) =>
  ages.flatMap((writer) => ages.map((editor) => ({ writer, editor, region }))),
);

const never = [
  'lost',
  'doubled',
  'dropped',
  'overwritten',
  'misnumbered',
  'needlessly',
  'unwritable',
];

const changesInPart = 250;

/** A9: so many changes of each mixture in a part, so that the parts together are 5,000 of each pair. */
export const versionsMixed: FaultRun = {
  name: 'A9',
  promise: 'Versions mix: no field is dropped by a program that does not know it',
  parts: 10,
  never,
  start: async ({ folder }) => {
    const regions = await prepareRegions(folder, 5);
    return {
      part: async (seed) => {
        let counts: Counts = {};
        for (const [index, mixed] of mixtures.entries()) {
          const mixture = { ...mixed, changes: changesInPart, seed: seed + index };
          counts = addCounts(counts, await mixVersions(regions, mixture));
        }
        return counts;
      },
      end: regions.end,
    };
  },
};
