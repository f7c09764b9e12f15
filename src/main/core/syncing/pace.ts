import type { RoundTrouble } from './round-trouble.ts';

/** Without news or edits, how often a device asks. */
const quietPaceMs = 30_000;

/** How long to wait without news: devices that were told of the same thing drift apart again (SPEC F6). */
export const quietMs = (random: () => number): number => quietPaceMs * (0.75 + random() * 0.5);

/**
 * After the live line was lost, how soon to see whether the region is still there. A region that ends loses
 * all its lines at one moment: its devices come back over seconds, not together (SPEC F6).
 */
export const lostLineMs = (random: () => number): number => 1_500 + random() * 8_500;

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
