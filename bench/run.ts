import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { measureExchange } from './exchange/exchange.ts';
import { reportExchange } from './exchange/report.ts';
import { measureFirstSync } from './first-sync/first-sync.ts';
import { reportFirstSync } from './first-sync/report.ts';
import { measureDeviceGrowth, measureRegion } from './growth/growth.ts';
import { reportDeviceGrowth, reportRegion } from './growth/report.ts';
import { measureHistorySize, reportHistorySize } from './history/history-size.ts';
import { measureMerge } from './merge/merge.ts';
import { reportMerge } from './merge/report.ts';
import { measureOwnFirst, reportOwnFirst } from './own-first/own-first.ts';
import { measurePeerFirstSyncs } from './peers/first-sync-peers.ts';
import { openHubs, type Hubs } from './plans/hubs.ts';
import { isPeer, replicaArms } from './plans/replica.ts';
import { measureReads } from './reads/reads.ts';
import { reportReads } from './reads/report.ts';
import { circumstances, type Report } from './report.ts';
import { measureScreen, reportScreen } from './screen/screen.ts';
import { measureWindow, reportWindow } from './window/window.ts';
import { workNames, type WorkName } from './works.ts';

export type BenchOptions = {
  readonly works: readonly WorkName[];
  /** Of the first sync; the other works shrink with it and never grow beyond their usual size. */
  readonly records: number;
  readonly rounds: number;
  /** Whether what others offer does the same work beside; their packages must be there. */
  readonly peers: boolean;
};

export const usualRecords = 80_000;
export const usualRounds = 5;
/** Fewer than these have no middle worth keeping. */
export const fewestRounds = 3;

/** Peers are slow and differ by factors: so many rounds tell enough of them. */
const mostPeerRounds = 3;

type Place = {
  readonly folder: string;
  readonly hubs: Hubs;
  /** Of the usual size; above it only the first sync grows. */
  readonly scale: number;
};

const scaled = (usual: number, { scale }: Place, least: number): number =>
  Math.max(least, Math.round(usual * Math.min(1, scale)));

/** Measures one piece of work and answers its part of the report. */
const works: Readonly<
  Record<
    WorkName,
    (options: BenchOptions, place: Place, report: Report) => Promise<readonly string[]>
  >
> = {
  W1: async ({ records, rounds, peers }, { folder, hubs }, report) => {
    const own = await measureFirstSync({ records, rounds, folder }, report);
    const peerRounds = Math.min(rounds, mostPeerRounds);
    const others = peers
      ? await measurePeerFirstSyncs({ records, rounds: peerRounds, folder, hubs }, report)
      : null;
    return reportFirstSync(own, others);
  },
  W2: async ({ rounds, peers }, place, report) => {
    const world = { plans: 20, recordsPerPlan: scaled(200, place, 10) };
    const arms = replicaArms.filter((arm) => peers || !isPeer(arm));
    const edits = scaled(1_000, place, 50);
    return reportExchange(await measureExchange({ ...place, edits, world, rounds, arms }, report));
  },
  W3: async ({ rounds, peers }, place, report) => {
    const world = { plans: 20, recordsPerPlan: scaled(200, place, 10) };
    const skipped = new Set<string>(['bare-full', 'punos-normal']);
    const arms = replicaArms.filter((arm) => !skipped.has(arm) && (peers || !isPeer(arm)));
    const edits = scaled(1_000, place, 20);
    const devices = scaled(10, place, 3);
    const options = { ...place, devices, edits, world, rounds: Math.min(rounds, 3), arms };
    return reportMerge(await measureMerge(options, report));
  },
  W4: async ({ rounds }, { folder, scale }, report) =>
    reportReads(await measureReads({ scale: Math.min(1, scale), rounds, folder }, report)),
  W5: async ({ rounds }, place, report) => {
    const few = scaled(1_000, place, 20);
    const options = {
      few,
      many: 100 * few,
      batches: scaled(10, place, 1),
      batchChanges: scaled(500, place, 20),
      pulled: scaled(5_000, place, 50),
      rounds: Math.min(rounds, 3),
      hubs: place.hubs,
    };
    return reportRegion(await measureRegion(options, report));
  },
  G1b: async ({ rounds }, place, report) => {
    const own = scaled(50, place, 5);
    const options = {
      own,
      recordsPerPlan: 40,
      others: scaled(10_000, place, 50) - own,
      rounds: Math.min(rounds, 3),
      ...place,
    };
    return reportOwnFirst(await measureOwnFirst(options, report));
  },
  // G9 with it: the same window, unlocked.
  G4: async ({ rounds }, place, report) =>
    reportWindow(
      await measureWindow(
        {
          few: scaled(500, place, 10),
          many: scaled(10_000, place, 20),
          unlocks: rounds,
          times: scaled(15, place, 2),
          folder: place.folder,
        },
        report,
      ),
    ),
  // Bytes do not vary: one round says all.
  G5: async (_options, place) =>
    reportHistorySize(
      await measureHistorySize({ edits: scaled(20_000, place, 500), folder: place.folder }),
    ),
  G8: async ({ rounds }, place, report) =>
    reportScreen(
      await measureScreen({ ...place, records: scaled(usualRecords, place, 400), rounds }, report),
    ),
  G10: async ({ rounds }, place, report) => {
    const sizes = { few: scaled(500, place, 10), many: scaled(10_000, place, 50) };
    const options = {
      ...sizes,
      times: scaled(500, place, 20),
      rounds: Math.min(rounds, 3),
      folder: place.folder,
    };
    return reportDeviceGrowth(await measureDeviceGrowth(options, report));
  },
};

/** Measures and answers the report in Markdown. What it wrote to the disk is gone afterwards. */
export const runBenchmarks = async (options: BenchOptions, report: Report): Promise<string> => {
  const startedAt = new Date();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'punos-bench-'));
  // A region's database may run as another user, who must be able to pass.
  fs.chmodSync(folder, 0o711);
  const hubs = openHubs(folder);
  const place = { folder, hubs, scale: options.records / usualRecords };
  const sections: (readonly string[])[] = [];
  try {
    for (const name of workNames) {
      if (options.works.includes(name)) sections.push(await works[name](options, place, report));
    }
  } finally {
    await hubs.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return [circumstances(startedAt), ...sections].map((lines) => lines.join('\n')).join('\n\n');
};
