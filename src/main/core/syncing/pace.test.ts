import { describe, expect, it } from 'vitest';
import { lostLineMs, quietMs, retryDelayMs } from './pace.ts';

/** Chance in its extremes and in between. */
const chances = [0, 0.25, 0.5, 0.75, 0.999];
const spreadOf = (delay: (random: () => number) => number): readonly number[] =>
  chances.map((chance) => delay(() => chance));

describe('when a device comes back', () => {
  it('F6 after trouble: backing off to a minute, with jitter after the cap', () => {
    for (const failures of [1, 4, 30, 10_000]) {
      const delays = spreadOf((random) => retryDelayMs(failures, { kind: 'offline' }, random));
      const [least = 0] = delays;
      expect(least).toBe(Math.min(1_000 * 2 ** (failures - 1), 60_000));
      expect(Math.max(...delays)).toBeGreaterThan(1.4 * least);
    }
  });

  it('F6 never before the region asked for, and not all at that moment', () => {
    const trouble = { kind: 'server-trouble', retryAfterSeconds: 90 } as const;
    const delays = spreadOf((random) => retryDelayMs(1, trouble, random));
    expect(Math.min(...delays)).toBe(90_000);
    expect(new Set(delays).size).toBe(chances.length);
  });

  it('F6 without news and after a lost line: never all at once', () => {
    for (const delay of [quietMs, lostLineMs]) {
      const delays = spreadOf(delay);
      expect(new Set(delays).size).toBe(chances.length);
      expect(Math.max(...delays)).toBeGreaterThan(1.5 * Math.min(...delays));
    }
    expect(Math.max(...spreadOf(quietMs))).toBeLessThanOrEqual(37_500);
  });
});
