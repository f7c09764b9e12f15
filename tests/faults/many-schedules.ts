import fc from 'fast-check';
import { checkHealed } from '../sync/simulation/invariants.ts';
import { schedules } from '../sync/simulation/schedules.ts';
import { run } from '../sync/simulation/world.ts';
import type { FaultRun } from './fault-run.ts';

const schedulesInPart = 500;

/** G7: the simulated network of tests/sync/simulation, with many schedules. */
export const manySchedules: FaultRun = {
  name: 'G7',
  promise: 'Devices agree after any of 10,000 seeded schedules of faults',
  parts: 20,
  never: ['failed'],
  start: async ({ report }) => ({
    part: async (seed) => {
      const checked = fc.check(
        fc.property(schedules(150), ({ settings, steps }) => checkHealed(run(settings, steps))),
        { numRuns: schedulesInPart, seed },
      );
      if (checked.failed) {
        report(`seed ${seed}, the shortest that fails:\n${JSON.stringify(checked.counterexample)}`);
      }
      return { schedules: checked.numRuns, failed: checked.failed ? 1 : 0 };
    },
    end: async () => {},
  }),
};
