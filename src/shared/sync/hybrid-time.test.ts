import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hybridTimeSchema } from '#shared/domain/change.ts';
import { followLimitMs, observe, physicalMs, tick } from './hybrid-time.ts';

const now = Date.UTC(2026, 10, 23, 12);
const tenYears = 10 * 366 * 86_400_000;

const jumps = fc.array(
  fc.oneof(
    fc.integer({ min: -tenYears, max: tenYears }),
    fc.integer({ min: -3_600_000, max: 3_600_000 }),
    fc.constantFrom(0, 1, -1, 9e15, -9e15, 0.5),
  ),
  { maxLength: 50 },
);

describe('the hybrid clock', () => {
  test('C1 every new reading is later than the ones before, whatever the wall clock does', () => {
    fc.assert(
      fc.property(jumps, (steps) => {
        let wall = now;
        let last = tick(null, wall);
        for (const step of steps) {
          wall += step;
          const next = tick(last, wall);
          expect(next > last).toBe(true);
          expect(hybridTimeSchema.safeParse(next).success).toBe(true);
          last = next;
        }
      }),
    );
  });

  test('C1 a clock that stands still counts past its counter', () => {
    const full = `${now.toString(16).padStart(12, '0')}-ffff`;
    expect(physicalMs(tick(full, now))).toBe(now + 1);
    expect(tick(full, now) > full).toBe(true);
  });

  test('C1 at the end of the year 9999 it still goes on', () => {
    const last = `${Date.UTC(9999, 11, 31, 23, 59, 59, 999).toString(16).padStart(12, '0')}-ffff`;
    expect(tick(last, 9e15) > last).toBe(true);
  });

  test('C2 it follows the stamps it sees, so that an answer is later than the question', () => {
    const seen = tick(null, now + followLimitMs);
    expect(observe(null, seen, now)).toBe(seen);
    expect(tick(observe(tick(null, now), seen, now), now) > seen).toBe(true);
    expect(observe(seen, tick(null, now - 1), now)).toBe(seen);
  });

  test('C3 a stamp more than five minutes ahead is not followed', () => {
    const last = tick(null, now);
    expect(observe(last, tick(null, now + followLimitMs + 1), now)).toBe(last);
    expect(observe(null, 'ffffffffffff-ffff', now)).toBeNull();
  });

  test('C1 C3 a neighbour ten years ahead moves nobody by more than five minutes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -tenYears, max: tenYears })), (offsets) => {
        let clock = tick(null, now);
        for (const offset of offsets)
          clock = observe(clock, tick(null, now + offset), now) ?? clock;
        expect(physicalMs(clock)).toBeLessThanOrEqual(now + followLimitMs);
      }),
    );
  });
});
