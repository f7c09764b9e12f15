import fs from 'node:fs';
import path from 'node:path';
import type { Counts, FaultRun } from '../fault-run.ts';
import { canTrace } from '../power/trace.ts';
import { filling, hurtRegion } from '../server/hurt-region.ts';
import { runBitFlips } from './bit-flips.ts';
import { runBrokenDisk } from './broken-disk.ts';

const pointsOfPart = 30;
const flipsOfPart = 200;

/** A3: a disk that answers with an error at one call, or from one on; that is full; that turns bits over. */
export const brokenDisk: FaultRun = {
  name: 'A3',
  promise: 'A disk error never lies',
  parts: 20,
  never: ['lies'],
  start: async ({ folder, report }) => {
    const traces = canTrace();
    if (!traces) report('No strace here: no call of a device can be made to fail.');
    const engineFolder = path.join(folder, 'region');
    fs.mkdirSync(engineFolder, { mode: 0o711 });
    const full = filling(engineFolder);
    if (full === null) report('No right to mount a small disk here: the server has room.');
    const region = full === null ? null : await hurtRegion(engineFolder, full);

    const failingCalls = async (own: string, seed: number): Promise<Counts> => {
      const points = pointsOfPart;
      const { lies, codes, ...sums } = await runBrokenDisk({ folder: own, seed, points });
      for (const line of lies) report(line);
      const named: Counts = Object.fromEntries(
        Object.entries(codes).map(([code, times]) => [`refused ${code}`, times] as const),
      );
      return { ...sums, lies: lies.length, ...named };
    };
    const fullServer = async (seed: number): Promise<Counts> => {
      if (region === null) return {};
      const { acknowledged, unavailable, lost } = await region.once(seed);
      for (const line of lost) report(line);
      return {
        'server filled': 1,
        'changes stored': acknowledged,
        'pushes told to wait': unavailable,
        'server lies': lost.length,
      };
    };
    return {
      part: async (seed) => {
        const own = fs.mkdtempSync(path.join(folder, 'disk-'));
        const calls = traces ? await failingCalls(own, seed) : { lies: 0 };
        const bits = await runBitFlips({ folder: own, seed, flips: flipsOfPart });
        for (const line of bits.lies) report(line);
        fs.rmSync(own, { recursive: true, force: true });
        const server = await fullServer(seed);
        const lies = (calls['lies'] ?? 0) + bits.lies.length + (server['server lies'] ?? 0);
        return { ...calls, ...server, 'bits flipped': bits.flips, lies };
      },
      end: async () => {
        await region?.end();
        full?.remove();
      },
    };
  },
};
