import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gasGrades, gasLevels, trendOf, tScore, weightOf, type Attained } from './attainment.ts';

const level = fc.constantFrom(...gasLevels);
const goal = fc.record({ weight: fc.integer({ min: 1, max: 9 }), level });
const goals = fc.array(goal, { minLength: 1, maxLength: 30 });
const of = (...pairs: readonly (readonly [number, Attained['level']])[]): Attained[] =>
  pairs.map(([weight, at]) => ({ weight, level: at }));

describe('the T-score', () => {
  it('is what the formula’s authors give', () => {
    expect(tScore(of([1, '0']))).toBe(50);
    expect(tScore(of([1, '1']))).toBe(60);
    expect(tScore(of([1, '-2']))).toBe(30);
    // Σwx = 3, Σw² = 5, (Σw)² = 9: 50 + 30 / √(3.5 + 2.7)
    expect(tScore(of([1, '1'], [2, '1']))).toBeCloseTo(62.048, 3);
    expect(tScore([])).toBeNull();
  });

  it('is 50 where every goal is reached as aimed at, however many and heavy', () => {
    fc.assert(
      fc.property(goals, (all) => {
        expect(tScore(all.map(({ weight }) => ({ weight, level: '0' as const })))).toBe(50);
      }),
    );
  });

  it('never falls when a goal goes better, and mirrors where all go the other way', () => {
    fc.assert(
      fc.property(goals, fc.nat(), (all, which) => {
        const at = which % all.length;
        const better = all.map((each, index) =>
          index === at
            ? { ...each, level: gasLevels[Math.min(4, gasLevels.indexOf(each.level) + 1)] ?? '2' }
            : each,
        );
        expect(tScore(better)).toBeGreaterThanOrEqual(tScore(all) ?? 0);
        const mirrored = all.map(({ weight, level: up }) => ({
          weight,
          level: gasLevels[4 - gasLevels.indexOf(up)] ?? '0',
        }));
        expect((tScore(mirrored) ?? 0) - 50).toBeCloseTo(50 - (tScore(all) ?? 0), 9);
      }),
    );
  });

  it('is the same whatever the unit of equal weights, and in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(level, { minLength: 1 }),
        fc.integer({ min: 2, max: 9 }),
        (all, weight) => {
          const light = all.map((each) => ({ weight: 1, level: each }));
          const heavy = all.map((each) => ({ weight, level: each }));
          expect(tScore(heavy)).toBeCloseTo(tScore(light) ?? 0, 9);
          expect(tScore(light.toReversed())).toBeCloseTo(tScore(light) ?? 0, 9);
        },
      ),
    );
  });
});

describe('a goal’s weight and trend', () => {
  it('weighs importance by difficulty, and 1 where nobody has said', () => {
    expect(weightOf(null, null)).toBe(1);
    expect(weightOf('3', null)).toBe(3);
    expect(gasGrades.map((grade) => weightOf(grade, '3'))).toEqual([3, 6, 9]);
  });

  it('has a trend from the second rating on, by the last two', () => {
    expect(trendOf([])).toBeNull();
    expect(trendOf(['0'])).toBeNull();
    expect(trendOf(['-2', '-1'])).toBe('better');
    expect(trendOf(['-2', '1', '0'])).toBe('worse');
    expect(trendOf(['2', '-1', '-1'])).toBe('same');
  });
});
