import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spend, type Lease } from './offline-lease.ts';

const hour = 3_600_000;
const tenYears = 10 * 365 * 24 * hour;

describe('what is spent', () => {
  const stretches = fc.array(
    fc.record({
      /** What truly went by, of which the program ran a part. */
      wentMs: fc.integer({ min: 0, max: 20 * hour }),
      ran: fc.double({ min: 0, max: 1, noNaN: true }),
      /** How the clock was set meanwhile. */
      setByMs: fc.oneof(fc.constant(0), fc.integer({ min: -tenYears, max: tenYears })),
    }),
  );
  type Stretch = { readonly wentMs: number; readonly ran: number; readonly setByMs: number };
  const live = (lived: readonly Stretch[]): { readonly lease: Lease; readonly ranMs: number } => {
    let lease: Lease = { usedMs: 0, seenMs: 1_000 };
    let nowMs = 1_000;
    let ranMs = 0;
    for (const { wentMs, ran, setByMs } of lived) {
      nowMs += wentMs + setByMs;
      ranMs += wentMs * ran;
      lease = spend(lease, nowMs, wentMs * ran);
    }
    return { lease, ranMs };
  };

  test('A10 no setting of the clock makes it less than what has run', () => {
    fc.assert(
      fc.property(stretches, (lived) => {
        const { lease, ranMs } = live(lived);
        expect(lease.usedMs).toBeGreaterThanOrEqual(ranMs * (1 - 1e-9));
      }),
    );
  });

  test('A10 with an honest clock it is what went by, running or not', () => {
    fc.assert(
      fc.property(stretches, (lived) => {
        const honest = lived.map((stretch) => ({ ...stretch, setByMs: 0 }));
        const went = honest.reduce((sum, { wentMs }) => sum + wentMs, 0);
        expect(live(honest).lease.usedMs).toBeCloseTo(went, 0);
      }),
    );
  });

  test('A10 it never grows less, and the highest reading of the clock is kept', () => {
    fc.assert(
      fc.property(stretches, (lived) => {
        for (let count = 1; count <= lived.length; count += 1) {
          const before = live(lived.slice(0, count - 1)).lease;
          const after = live(lived.slice(0, count)).lease;
          expect(after.usedMs).toBeGreaterThanOrEqual(before.usedMs);
          expect(after.seenMs).toBeGreaterThanOrEqual(before.seenMs);
        }
      }),
    );
  });
});
