/**
 * Goal Attainment Scaling (Kiresuk & Sherman 1968): each goal has five described levels, of which 0 is what
 * was aimed at, −1 and −2 less, +1 and +2 more.
 */
export const gasLevels = ['-2', '-1', '0', '1', '2'] as const;
/** Text, as it is a choice among five and not a sum: `Number()` of it counts. */
export type GasLevel = (typeof gasLevels)[number];

/** How important a goal is to the client, and how hard to reach: slightly, moderately, very. */
export const gasGrades = ['1', '2', '3'] as const;
export type GasGrade = (typeof gasGrades)[number];

/** The weight of a goal: importance × difficulty, 1 where neither has been said. */
export const weightOf = (importance: GasGrade | null, difficulty: GasGrade | null): number =>
  Number(importance ?? '1') * Number(difficulty ?? '1');

export type Attained = { readonly weight: number; readonly level: GasLevel };

/** How strongly goals of one person go together, as the scale's authors took it. */
const correlation = 0.3;

/**
 * The T-score of a plan's rated goals: 50 where all are reached as aimed at, and 10 for each standard
 * deviation from it. T = 50 + 10 Σwx / √((1 − ρ) Σw² + ρ (Σw)²), ρ = 0.3. Null without rated goals.
 */
export const tScore = (goals: readonly Attained[]): number | null => {
  if (goals.length === 0) return null;
  const sum = (of: (goal: Attained) => number): number =>
    goals.reduce((total, goal) => total + of(goal), 0);
  const weights = sum(({ weight }) => weight);
  const squares = sum(({ weight }) => weight ** 2);
  const spread = Math.sqrt((1 - correlation) * squares + correlation * weights ** 2);
  return 50 + (10 * sum(({ weight, level }) => weight * Number(level))) / spread;
};

export type GasTrend = 'better' | 'same' | 'worse';

/** Where a goal is going, from its ratings, the oldest first; null before the second one. */
export const trendOf = (levels: readonly GasLevel[]): GasTrend | null => {
  const [last, before] = [levels.at(-1), levels.at(-2)];
  if (last === undefined || before === undefined) return null;
  if (last === before) return 'same';
  return Number(last) > Number(before) ? 'better' : 'worse';
};
