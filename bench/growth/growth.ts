import fs from 'node:fs';
import path from 'node:path';
import { runFresh } from '../child.ts';
import type { Hubs, RunningHub } from '../plans/hubs.ts';
import type { AppendResult } from '../region/appends.ts';
import type { PullResult } from '../region/pulls.ts';
import type { Report } from '../report.ts';
import type { DeviceGrowthResult, Grown, RegionResult } from './growth-result.ts';

const recordsPerClient = 10;

/** G10 on the device: the same reads and edits in a case file of few clients and of many. */
export const measureDeviceGrowth = async (
  options: {
    readonly few: number;
    readonly many: number;
    readonly times: number;
    readonly rounds: number;
    readonly folder: string;
  },
  report: Report,
): Promise<Grown<DeviceGrowthResult>> => {
  const { few, many, times, rounds } = options;
  const once = async (clients: number): Promise<DeviceGrowthResult> => {
    const folder = path.join(options.folder, 'growth');
    fs.mkdirSync(folder);
    const input = { folder, clients, recordsPerClient, times };
    const program = path.join(import.meta.dirname, 'run-device-growth.ts');
    const result = (await runFresh(program, input)) as DeviceGrowthResult;
    fs.rmSync(folder, { recursive: true });
    return result;
  };
  const withFew: DeviceGrowthResult[] = [];
  const withMany: DeviceGrowthResult[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    withFew.push(await once(few));
    withMany.push(await once(many));
    report(`G10: round ${round} on the device`);
  }
  return { few, many, withFew, withMany };
};

export type RegionOptions = {
  readonly few: number;
  readonly many: number;
  readonly batches: number;
  readonly batchChanges: number;
  readonly pulled: number;
  readonly rounds: number;
  readonly hubs: Hubs;
};

/** W5, G6 and G10 on the server: appends and pulls beside bare ones, among few clients and among many. */
export const measureRegion = async (
  options: RegionOptions,
  report: Report,
): Promise<Grown<RegionResult>> => {
  const { few, many, batches, batchChanges, pulled, rounds, hubs } = options;
  const hub = await hubs.region();
  const all = async (count: number): Promise<readonly RegionResult[]> => {
    const results: RegionResult[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      results.push(await once(hub));
      report(`W5: round ${round} among ${count} clients`);
    }
    return results;
  };
  const once = async (of: RunningHub): Promise<RegionResult> => ({
    appends: (await of.ask('appends', { batches, batchChanges })) as AppendResult,
    pulls: (await of.ask('pulls', { changes: pulled })) as PullResult,
  });
  report(`W5: filling the region with ${few} clients`);
  await hub.ask('grow', { clients: few });
  const withFew = await all(few);
  report(`W5: filling the region with ${many} clients`);
  await hub.ask('grow', { clients: many - few });
  const withMany = await all(many);
  return { few, many, withFew, withMany };
};
