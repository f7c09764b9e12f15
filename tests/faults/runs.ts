import type { FaultRun } from './fault-run.ts';
import { manySchedules } from './many-schedules.ts';

/** Every promise that has a long run, in the order of docs/reliability.md. */
export const faultRuns: readonly FaultRun[] = [manySchedules];
