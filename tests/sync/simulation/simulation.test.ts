/**
 * Several devices, one region and a network that drops, repeats, delays and reorders, as one seeded
 * schedule of small steps; see world.ts for what can happen and invariants.ts for what must hold after
 * every step and at the end. The region and the devices are models made from SPEC.md over the pure core.
 *
 * To replay a failure: `FC_SEED=<the printed seed> npx vitest run tests/sync/simulation`; fast-check
 * shrinks the schedule and prints it, and the printed schedule, given to `run`, fails alone. Keep it as a
 * test of its own in named-schedules.ts. `SIMULATION_RUNS` asks for more schedules than the usual number.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkHealed } from './invariants.ts';
import { namedSchedules } from './named-schedules.ts';
import { schedules } from './schedules.ts';
import { run } from './world.ts';

const runs = Number(process.env['SIMULATION_RUNS'] ?? 400);

describe('simulated network', () => {
  test.each(namedSchedules)('$name', ({ settings, steps }) => {
    expect(() => checkHealed(run(settings, steps))).not.toThrow();
  });

  test(
    'M1 D2 D4 D6 D7 I2 I3 I4 U3 L1 L3 L4 L5 L6 L7 P1 P2 P3 P4 P5 P6: devices agree, and nothing is lost or doubled, whatever the network does',
    { timeout: 60_000 + runs * 200 },
    () => {
      fc.assert(
        fc.property(schedules(150), ({ settings, steps }) => {
          checkHealed(run(settings, steps));
        }),
        { numRuns: runs },
      );
    },
  );
});
