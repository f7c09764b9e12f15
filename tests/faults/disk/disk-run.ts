import fs from 'node:fs';
import path from 'node:path';
import type { FaultRun } from '../fault-run.ts';
import { canTrace } from '../power/trace.ts';
import { runBrokenDisk } from './broken-disk.ts';

const pointsOfPart = 30;

/** A3: a disk that answers with an error at one call, or from one on. */
export const brokenDisk: FaultRun = {
  name: 'A3',
  promise: 'A disk error never lies',
  parts: 20,
  never: ['lies'],
  start: async ({ folder, report }) => {
    const traces = canTrace();
    if (!traces)
      report('No strace here: no call can be made to fail, and the run counts no points.');
    return {
      part: async (seed) => {
        if (!traces) return { points: 0 };
        const own = fs.mkdtempSync(path.join(folder, 'disk-'));
        const { lies, codes, ...sums } = await runBrokenDisk({
          folder: own,
          seed,
          points: pointsOfPart,
        });
        fs.rmSync(own, { recursive: true, force: true });
        for (const line of lies) report(line);
        const named = Object.entries(codes).map(([code, times]) => [`refused ${code}`, times]);
        return { ...sums, lies: lies.length, ...Object.fromEntries(named) };
      },
      end: async () => {},
    };
  },
};
