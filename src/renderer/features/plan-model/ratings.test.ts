import { describe, expect, it } from 'vitest';
import {
  goal,
  idOf,
  need,
  record,
  removed,
  version,
  viewOf,
} from '../../../../tests/window/records.ts';
import { planTree } from './plan-tree.ts';
import { planScore, ratedGoal, ratingsByGoal, standingOfGoal } from './ratings.ts';

type Part = { readonly level: string; readonly view?: string; readonly date: string };

const rating = (n: number, goalNumber: number, { level, view = 'professional', date }: Part) =>
  record(n, 'rating', {
    rating: { goalId: idOf(goalNumber), level, view, date, comment: '' },
  });

const scale = { minus2: 'a', minus1: 'b', zero: 'c', plus1: 'd', plus2: 'e', start: null };
const goalWith = (n: number, importance: string | null, status = 'active', part = {}) => ({
  ...goal(n, `Tavoite ${n}`, 10, `a${n}`, part),
  groups: {
    ...goal(n, `Tavoite ${n}`, 10, `a${n}`).groups,
    ...record(n, 'goal', {
      lifecycle: { status, reason: '', date: null },
      scale: { ...scale, importance, difficulty: null },
    }).groups,
  },
});

describe('the ratings of a goal', () => {
  it('stand by their day, and each view has its last one', () => {
    const view = viewOf(
      rating(42, 20, { level: '0', view: 'agreed', date: '2026-11-20' }),
      rating(40, 20, { level: '-2', date: '2026-10-01' }),
      rating(41, 20, { level: '-1', view: 'client', date: '2026-11-01' }),
      rating(43, 21, { level: '2', date: '2026-11-21' }),
    );
    const ratings = ratingsByGoal(view).get(idOf(20)) ?? [];
    expect(ratings.map(({ level }) => level)).toEqual(['-2', '-1', '0']);
    const standing = standingOfGoal(ratings);
    expect(standing).toMatchObject({ now: '0', before: '-1', trend: 'better' });
    expect(standing.byView.client?.level).toBe('-1');
    expect(standing.byView.professional?.level).toBe('-2');
    expect(standingOfGoal([])).toMatchObject({ now: null, before: null, trend: null });
  });

  it('within one day stand by when they were written', () => {
    const at = (n: number, level: string, time: number) => {
      const value = { goalId: idOf(20), level, view: 'client', date: '2026-11-20', comment: '' };
      const written = { ...version(n, value), time };
      return record(n, 'rating', {
        rating: { state: 'settled', value, heads: [written], newer: false },
      });
    };
    const ratings = ratingsByGoal(viewOf(at(41, '1', 2_000), at(40, '-1', 1_000)));
    expect(ratings.get(idOf(20))?.map(({ level }) => level)).toEqual(['-1', '1']);
  });

  it('that are removed count no more', () => {
    const gone = { ...rating(40, 20, { level: '2', date: '2026-11-20' }), ...removed() };
    expect(ratingsByGoal(viewOf(gone)).size).toBe(0);
  });

  it('lead to their goal, and any other record to itself', () => {
    const view = viewOf(rating(40, 20, { level: '2', date: '2026-11-20' }));
    expect(ratedGoal(view, idOf(40))).toBe(idOf(20));
    expect(ratedGoal(view, idOf(20))).toBe(idOf(20));
    expect(ratedGoal(view, null)).toBeNull();
  });
});

describe('the score of a plan', () => {
  const scoreOf = (...records: ReturnType<typeof record>[]) => {
    const view = viewOf(need(10, 'Liikkuminen', 'a0'), ...records);
    return planScore(planTree(view), ratingsByGoal(view));
  };
  const at = (n: number, goalNumber: number, level: string) =>
    rating(n, goalNumber, { level, date: '2026-11-20' });

  it('weighs the last ratings of goals that are pursued, and says how many were rated', () => {
    const score = scoreOf(
      goalWith(20, '2'),
      goalWith(21, '1'),
      goalWith(22, null),
      at(40, 20, '1'),
      at(41, 21, '1'),
    );
    expect(score).toMatchObject({ rated: 2, goals: 3 });
    expect(score?.score).toBeCloseTo(62.048, 3);
  });

  it('leaves out goals that have ended, and is none before the first rating', () => {
    expect(scoreOf(goalWith(20, '3', 'ended'), at(40, 20, '-2'))).toBeNull();
    expect(scoreOf(goalWith(20, '3'))).toBeNull();
  });
});
