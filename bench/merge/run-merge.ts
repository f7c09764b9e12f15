import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { answer, childInput } from '../child.ts';
import { peakMemory, startClock } from '../figures.ts';
import { replicaOf } from '../plans/arms.ts';
import { editsOf, whatIsSeen, type Cell } from '../plans/plan-work.ts';
import { replicaArms, type Replica } from '../plans/replica.ts';
import { hashOf } from '../first-sync/pages.ts';
import type { MergeResult } from './merge-result.ts';

// Devices that all wrote without a network meet: each sends, then each fetches and merges what the others
// wrote. All of them live in this process, each with a store of its own; only the fetching is timed.

const input = z
  .object({
    arm: z.enum(replicaArms),
    folder: z.string(),
    hubUrl: z.string(),
    devices: z.int(),
    plans: z.int(),
    recordsPerPlan: z.int(),
    edits: z.int(),
    /** The file that holds what the hub said when it prepared the world. */
    prepared: z.string(),
  })
  .parse(childInput());

const world = { plans: input.plans, recordsPerPlan: input.recordsPerPlan };
const prepared = JSON.parse(fs.readFileSync(input.prepared, 'utf8')) as unknown;
const openReplica = await replicaOf(input.arm);
const written = Array.from({ length: input.devices }, (_, device) =>
  editsOf(world, device, input.edits),
);

const replicas: Replica[] = [];
for (const device of written.keys()) {
  const folder = path.join(input.folder, `device-${device}`);
  fs.mkdirSync(folder);
  const { hubUrl } = input;
  const replica = await openReplica({ folder, hubUrl, device, world, prepared });
  await replica.pull();
  replicas.push(replica);
}
for (const [device, replica] of replicas.entries()) {
  for (const edit of written[device] ?? []) await replica.edit(edit);
}
for (const replica of replicas) await replica.push();

const clock = startClock();
for (const replica of replicas) await replica.pull();
const merged = clock();

const stateOf = (shown: ReadonlyMap<string, readonly Cell[]>): string =>
  hashOf(
    [...shown].map(([name, versions]) => [
      name,
      versions
        .map((cell) => JSON.stringify([cell.lifeArea, cell.title]))
        .toSorted()
        .join(),
    ]),
  );
const states = new Set<string>();
let shown: ReadonlyMap<string, readonly Cell[]> = new Map();
for (const replica of replicas) {
  shown = await replica.shown();
  states.add(stateOf(shown));
}
const result: MergeResult = {
  merged,
  rssBytes: peakMemory(),
  seen: whatIsSeen(shown, written),
  states: states.size,
  rows: shown.get('rows')?.length ?? null,
};
for (const replica of replicas) await replica.close();
answer(result);
// Some peers leave timers behind that would keep the process.
process.exit(0);
