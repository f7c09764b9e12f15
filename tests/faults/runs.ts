import { devicesConverge } from './converge/converge-run.ts';
import { kills } from './crash/kills-run.ts';
import { brokenDisk } from './disk/disk-run.ts';
import { cursorFollowed } from './cursor-run.ts';
import type { FaultRun } from './fault-run.ts';
import { manyRealSchedules, manySchedules } from './many-schedules.ts';
import { powerCuts } from './power/power-run.ts';
import { clocksWrong, regionRestored, repliesCut } from './schedule-runs.ts';
import { versionsMixed } from './versions/versions-run.ts';

/** Every promise that has a long run, in the order of docs/reliability.md. */
export const faultRuns: readonly FaultRun[] = [
  kills,
  powerCuts,
  brokenDisk,
  devicesConverge,
  cursorFollowed,
  repliesCut,
  clocksWrong,
  regionRestored,
  versionsMixed,
  manySchedules,
  manyRealSchedules,
];
