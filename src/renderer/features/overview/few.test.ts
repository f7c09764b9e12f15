import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { record, viewOf } from '../../../../tests/window/records.ts';
import { planTree } from '../plan-model/index.ts';
import { fewGoals, fewNeeds, fewRows } from './few.ts';

/** A plan with so many goals under each need. */
const needsWith = (goals: readonly number[]) => {
  let n = 0;
  const records = goals.flatMap((count, index) => {
    n += 1;
    const need = record(n, 'need', { heading: { title: `Tarve ${index}`, lifeArea: 'everyday' } });
    return [
      need,
      ...Array.from({ length: count }, (_, goal) => {
        n += 1;
        return record(n, 'goal', {
          belonging: { needId: need.id },
          statement: { title: `Tavoite ${goal}`, description: '', voice: 'shared' },
        });
      }),
    ];
  });
  return planTree(viewOf(...records)).needs;
};

describe('what of the needs fits the overall picture', () => {
  test('all of a small plan', () => {
    const few = fewNeeds(needsWith([2, 2, 2, 1]));
    expect(few.needs.map(({ goals }) => goals.length)).toEqual([2, 2, 2, 1]);
    expect(few).toMatchObject({ moreNeeds: 0, moreGoals: 0 });
  });

  test('each need’s first goal before any need’s second', () => {
    const few = fewNeeds(needsWith([20, 1, 3, 0, 2, 7]));
    expect(few.needs.map(({ goals }) => goals.length)).toEqual([3, 1, 2, 0, 2]);
    expect(few).toMatchObject({ moreNeeds: 1, moreGoals: 25 });
  });

  test('never more than fits, and nothing uncounted, of whatever plan', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 }), { maxLength: 12 }), (goals) => {
        const few = fewNeeds(needsWith(goals));
        const shown = few.needs.reduce((sum, each) => sum + each.goals.length, 0);
        expect(few.needs.length).toBe(Math.min(fewRows, goals.length));
        expect(shown).toBeLessThanOrEqual(fewGoals);
        expect(shown + few.moreGoals).toBe(goals.reduce((sum, count) => sum + count, 0));
      }),
      { numRuns: 60 },
    );
  });
});
