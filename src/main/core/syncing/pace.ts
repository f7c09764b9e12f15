import type { RoundTrouble } from './sync-round.ts';

/** Without news or edits, how often a device asks. */
export const quietPaceMs = 30_000;

/** After the live line was lost, how soon to see whether the region is still there: at least this, at most twice. */
export const lostLineMs = 1_500;

const firstRetryMs = 1_000;
const longestRetryMs = 60_000;

/**
 * How long to wait after `failures` rounds in a row that failed, at least what the server asked for. The
 * jitter comes after the cap: a region's devices must not come back all at once.
 */
export const retryDelayMs = (
  failures: number,
  trouble: RoundTrouble,
  random: () => number,
): number => {
  const asked = 'retryAfterSeconds' in trouble ? (trouble.retryAfterSeconds ?? 0) * 1_000 : 0;
  const backoff = Math.min(firstRetryMs * 2 ** Math.min(failures - 1, 16), longestRetryMs);
  return Math.max(asked, backoff) * (1 + random() * 0.5);
};
