/**
 * The program's own sync round over real encrypted case files, and the region's own server over real
 * PostgreSQL, as one seeded schedule: requests and answers wait in the world's hands, nothing runs beside
 * anything else, and the same schedule does the same again. See steps.ts for what can happen and
 * invariants.ts for what must hold after every step and at the end.
 *
 * To replay a failure: `FC_SEED=<the printed seed> npx vitest run tests/sync/real-parts`; keep the schedule
 * that fast-check prints in named-schedules.ts. `REAL_SCHEDULES` asks for more than the usual number.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { addCounts, type Counts } from '../../faults/fault-run.ts';
import { checkHealed } from './invariants.ts';
import { namedSchedules } from './named-schedules.ts';
import { prepareRegions, type Regions } from './region.ts';
import { runSchedule } from './run-schedule.ts';
import { schedules } from './schedules.ts';
import { mishearings } from './steps.ts';

const runs = Number(process.env['REAL_SCHEDULES'] ?? 20);
/** Shrinking ends by then, and what failed is told with the seed. */
const longestMs = 100_000 + runs * 20_000;

let regions: Regions;
beforeAll(async () => {
  regions = await prepareRegions(inject('engineFolder'), 3);
});
afterAll(() => regions.end());

describe('real devices and a real region on a line held by hand', () => {
  it.each(namedSchedules)('$name', async (schedule) => {
    await expect(runSchedule(regions, schedule, checkHealed)).resolves.toBeDefined();
  });

  it(
    'D1 D2 D4 D6 L4 L5 P1 P3 P4 U3: nothing is lost, doubled, leaked or seen otherwise',
    { timeout: longestMs + 20_000 },
    async () => {
      let counts: Counts = {};
      await fc.assert(
        fc.asyncProperty(schedules(70), async (schedule) => {
          counts = addCounts(counts, await runSchedule(regions, schedule, checkHealed));
        }),
        {
          numRuns: runs,
          plugins: [fc.interruptAfterTimeLimit(longestMs, { failOnInterrupt: true })],
        },
      );
      process.stdout.write(`real parts: ${runs} schedules, ${JSON.stringify(counts)}\n`);
      const met = (...faults: readonly string[]): number =>
        faults.reduce((sum, fault) => sum + (counts[fault] ?? 0), 0);
      expect(met(...mishearings)).toBeGreaterThan(0);
      expect(met('server-dies', 'kills', 'restores')).toBeGreaterThan(0);
    },
  );
});
