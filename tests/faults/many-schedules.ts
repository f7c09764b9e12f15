import fc from 'fast-check';
import { checkHealed } from '../sync/simulation/invariants.ts';
import { schedules } from '../sync/simulation/schedules.ts';
import { run } from '../sync/simulation/world.ts';
import { checkHealed as checkRealHealed } from '../sync/real-parts/invariants.ts';
import { prepareRegions } from '../sync/real-parts/region.ts';
import { runSchedule } from '../sync/real-parts/run-schedule.ts';
import { schedules as realSchedules } from '../sync/real-parts/schedules.ts';
import { addCounts, type Counts, type FaultRun } from './fault-run.ts';

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

const realSchedulesInPart = 10;

/** As G7, with the program's own sync round, case files and server in the place of the models. */
export const manyRealSchedules: FaultRun = {
  name: 'G7-REAL',
  promise: 'Real devices and a real region agree after any of 1,000 seeded schedules of faults',
  parts: 100,
  never: ['failed'],
  start: async ({ report, folder }) => {
    const regions = await prepareRegions(folder, 3);
    return {
      part: async (seed) => {
        let counts: Counts = {};
        const checked = await fc.check(
          fc.asyncProperty(realSchedules(90), async (schedule) => {
            counts = addCounts(counts, await runSchedule(regions, schedule, checkRealHealed));
          }),
          { numRuns: realSchedulesInPart, seed },
        );
        if (checked.failed) {
          report(`seed ${seed}, the shortest that fails:\n${fc.defaultReportMessage(checked)}`);
        }
        return { ...counts, schedules: checked.numRuns, failed: checked.failed ? 1 : 0 };
      },
      end: regions.end,
    };
  },
};
