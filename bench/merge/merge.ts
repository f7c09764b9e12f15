import fs from 'node:fs';
import path from 'node:path';
import { runFresh } from '../child.ts';
import type { Hubs } from '../plans/hubs.ts';
import type { PlanWorld } from '../plans/plan-work.ts';
import { isPeer, type ReplicaArm } from '../plans/replica.ts';
import type { Report } from '../report.ts';
import type { MergeResult, MergeResults } from './merge-result.ts';

export type MergeOptions = {
  readonly devices: number;
  readonly edits: number;
  readonly world: PlanWorld;
  readonly rounds: number;
  readonly arms: readonly ReplicaArm[];
  readonly folder: string;
  readonly hubs: Hubs;
};

/** W3: devices that all wrote without a network meet; each arm in turn. */
export const measureMerge = async (
  options: MergeOptions,
  report: Report,
): Promise<MergeResults> => {
  const { devices, edits, world, rounds, hubs } = options;
  const arms = new Map<ReplicaArm, MergeResult[]>(options.arms.map((arm) => [arm, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [arm, results] of arms) {
      const hub = await hubs.of(arm);
      const told = await hub.prepare(world, devices);
      const folder = path.join(options.folder, 'merge');
      fs.mkdirSync(folder);
      const prepared = path.join(folder, 'prepared.json');
      fs.writeFileSync(prepared, JSON.stringify(told));
      const input = { arm, folder, hubUrl: hub.url, devices, ...world, edits, prepared };
      const result = (await runFresh(
        path.join(import.meta.dirname, 'run-merge.ts'),
        input,
      )) as MergeResult;
      fs.rmSync(folder, { recursive: true });
      expectKept(arm, result, devices * edits);
      results.push(result);
      report(`W3: round ${round}, ${arm}: ${result.merged.cpuMs.toFixed(0)} ms CPU`);
    }
  }
  return { devices, edits, world, rounds, arms };
};

/** What is asked of us is never asked of the peers: what they lose is a result, not a failure. */
const expectKept = (arm: ReplicaArm, { rows, states, seen }: MergeResult, edits: number): void => {
  if (isPeer(arm)) return;
  const kept = rows === null ? states === 1 && seen.nobodys + seen.unseen === 0 : rows === edits;
  if (!kept)
    throw new Error(`W3: arm ${arm} lost something: ${JSON.stringify({ states, seen, rows })}`);
};
