import type { ClientView, RecordView, VersionView } from '#shared/contract/views.ts';
import {
  trendOf,
  tScore,
  weightOf,
  type GasLevel,
  type GasTrend,
} from '#shared/domain/goals/attainment.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import { latestVersion, recordById, standingOf, valueOf } from '#renderer/store/reading.ts';
import { isActiveGoal } from './gaps.ts';
import { allNodes, type PlanTree } from './plan-tree.ts';

export type Rating = GroupValue<'rating', 'rating'> & {
  readonly record: RecordView;
  readonly written: VersionView;
};

export type RatingView = Rating['view'];

/** Each goal's ratings, the oldest first: by their day, and within one by when they were written. */
export const ratingsByGoal = (view: ClientView): ReadonlyMap<Id, readonly Rating[]> => {
  const ratings = standingOf(view, 'rating').flatMap((record): readonly Rating[] => {
    const value = valueOf(record, 'rating', 'rating');
    const written = latestVersion(record.groups['rating']?.heads ?? []);
    return value === null || written === undefined ? [] : [{ ...value, record, written }];
  });
  return Map.groupBy(
    ratings.toSorted((a, b) => {
      if (a.date !== b.date) return a.date < b.date ? -1 : 1;
      return a.written.time - b.written.time || (a.record.id < b.record.id ? -1 : 1);
    }),
    ({ goalId }) => goalId,
  );
};

/** Where a goal stands by its ratings. */
export type Standing = {
  readonly now: GasLevel | null;
  readonly before: GasLevel | null;
  readonly trend: GasTrend | null;
  /** The last rating of each view. */
  readonly byView: Readonly<Record<RatingView, Rating | null>>;
};

export const standingOfGoal = (ratings: readonly Rating[]): Standing => {
  const lastOf = (view: RatingView): Rating | null =>
    ratings.findLast((each) => each.view === view) ?? null;
  return {
    now: ratings.at(-1)?.level ?? null,
    before: ratings.at(-2)?.level ?? null,
    trend: trendOf(ratings.map(({ level }) => level)),
    byView: {
      client: lastOf('client'),
      professional: lastOf('professional'),
      agreed: lastOf('agreed'),
    },
  };
};

export type PlanScore = {
  readonly score: number;
  /** How many of the goals that are pursued have been rated, and of how many. */
  readonly rated: number;
  readonly goals: number;
};

/** The plan's T-score over the last ratings of the goals that are pursued; null before the first. */
export const planScore = (
  tree: PlanTree,
  ratings: ReadonlyMap<Id, readonly Rating[]>,
): PlanScore | null => {
  const goals = allNodes(tree).filter(
    (node) => node.kind === 'goal' && node.state !== 'removed' && isActiveGoal(node),
  );
  const rated = goals.flatMap(({ id, record }) => {
    const level = ratings.get(id)?.at(-1)?.level;
    const scale = valueOf(record, 'goal', 'scale');
    return level === undefined
      ? []
      : [{ level, weight: weightOf(scale?.importance ?? null, scale?.difficulty ?? null) }];
  });
  const score = tScore(rated);
  return score === null ? null : { score, rated: rated.length, goals: goals.length };
};

/** A rating is read at its goal; any other record at its own place. */
export const ratedGoal = (view: ClientView, recordId: Id | null): Id | null =>
  recordId === null
    ? null
    : (valueOf(recordById(view, recordId), 'rating', 'rating')?.goalId ?? recordId);
