import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstSyncPace } from './first-sync-pace.ts';

describe('T3 the time left of a first sync', () => {
  test('is not told before three seconds have been seen, nor when nothing comes', () => {
    const pace = firstSyncPace();
    expect(pace.note(0, 100)).toBeNull();
    expect(pace.note(2_900, 90)).toBeNull();
    expect(pace.note(3_000, 90)).toBe(27_000);
    const still = firstSyncPace();
    still.note(0, 100);
    expect(still.note(10_000, 100)).toBeNull();
  });

  test('follows the last half minute when the line grows slow', () => {
    const pace = firstSyncPace();
    for (let second = 0; second <= 10; second += 1) pace.note(second * 1_000, 1_000 - second * 50);
    let told: number | null = null;
    for (let second = 11; second <= 45; second += 1) {
      told = pace.note(second * 1_000, 500 - (second - 10));
    }
    // One client a second, 465 of them.
    expect(told).toBe(465_000);
  });

  test('begins anew with a fetch that begins anew, or a clock that goes back', () => {
    const pace = firstSyncPace();
    pace.note(0, 100);
    expect(pace.note(5_000, 50)).toBe(5_000);
    expect(pace.note(6_000, 400)).toBeNull();
    pace.note(10_000, 300);
    expect(pace.note(1_000, 200)).toBeNull();
    pace.forget();
    expect(pace.note(60_000, 10)).toBeNull();
  });

  test('is never negative and never infinite', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ atMs: fc.integer({ min: 0, max: 1e6 }), waiting: fc.nat({ max: 1e5 }) }),
          { maxLength: 60 },
        ),
        (samples) => {
          const pace = firstSyncPace();
          for (const { atMs, waiting } of samples) {
            const left = pace.note(atMs, waiting);
            expect(left === null || (Number.isSafeInteger(left) && left >= 0)).toBe(true);
          }
        },
      ),
    );
  });
});
