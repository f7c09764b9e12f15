import fs from 'node:fs';
import path from 'node:path';
import { phases } from '../device/words.ts';
import type { Counts, FaultRun } from '../fault-run.ts';
import { hurtRegion, killing } from '../server/hurt-region.ts';
import { runPowerCuts } from './power-cuts.ts';
import { canTrace } from './trace.ts';
import { runCutTails } from './wal-tails.ts';

/** A2: what a power cut leaves of a case file and what lies beside it. */
export const powerCuts: FaultRun = {
  name: 'A2',
  promise: '"Saved" survives a power cut',
  parts: 20,
  never: ['lost'],
  start: async ({ folder, report }) => {
    const traces = canTrace();
    if (!traces) report('No strace here: only the tails of the -wal are cut.');
    const engineFolder = path.join(folder, 'region');
    fs.mkdirSync(engineFolder, { mode: 0o711 });
    const region = await hurtRegion(engineFolder, killing(engineFolder));
    const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
      const own = fs.mkdtempSync(path.join(folder, 'power-'));
      const done = await work(own);
      fs.rmSync(own, { recursive: true });
      return done;
    };
    const cutAtCalls = async (seed: number): Promise<Counts> => {
      const phase = phases[seed % phases.length] ?? 'write';
      const cuts = await inFolder((own) =>
        runPowerCuts({ folder: own, seed, phase, steps: 25, oneIn: { syncs: 1, others: 8 } }),
      );
      for (const line of cuts.lost) report(line);
      const { calls, syncs, images, acknowledged, lost } = cuts;
      return { calls, syncs, images, acknowledged, lost: lost.length, [phase]: 1 };
    };
    return {
      part: async (seed) => {
        const tails = await inFolder((own) =>
          runCutTails({ folder: own, seed, commits: 40, cuts: 8 }),
        );
        for (const line of tails.lost) report(line);
        const server = await region.once(seed);
        for (const line of server.lost) report(line);
        const counts = traces ? await cutAtCalls(seed) : { lost: 0 };
        return {
          ...counts,
          commits: tails.commits,
          'tails cut': tails.images,
          'server kills': 1,
          'changes stored': server.acknowledged,
          lost: (counts['lost'] ?? 0) + tails.lost.length + server.lost.length,
        };
      },
      end: region.end,
    };
  },
};
