import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { answer, childInput } from '../child.ts';
import { peakMemory, startClock } from '../figures.ts';
import { replicaOf } from '../plans/arms.ts';
import { editsOf, whatIsSeen } from '../plans/plan-work.ts';
import { replicaArms } from '../plans/replica.ts';
import { wireBytes } from './wire-bytes.ts';
import type { ExchangeResult } from './exchange-result.ts';

// One device writes without a network, sends, and a second one fetches: both in this process, each with
// a store of its own.

const input = z
  .object({
    arm: z.enum(replicaArms),
    folder: z.string(),
    hubUrl: z.string(),
    plans: z.int(),
    recordsPerPlan: z.int(),
    edits: z.int(),
    /** The file that holds what the hub said when it prepared the world. */
    prepared: z.string(),
    /** 1: what goes over the wire is weighed, and the times are worth nothing. */
    listen: z.int(),
  })
  .parse(childInput());

const world = { plans: input.plans, recordsPerPlan: input.recordsPerPlan };
const prepared = JSON.parse(fs.readFileSync(input.prepared, 'utf8')) as unknown;
const openReplica = await replicaOf(input.arm);
const bodies: Record<'sent' | 'fetched', string[]> = { sent: [], fetched: [] };
const open = async (device: number) => {
  const folder = path.join(input.folder, `device-${device}`);
  fs.mkdirSync(folder);
  return openReplica({
    folder,
    hubUrl: input.hubUrl,
    device,
    world,
    prepared,
    ...(input.listen === 1 && {
      onWire: (way: 'sent' | 'fetched', text: string) => void bodies[way].push(text),
    }),
  });
};

const writer = await open(0);
const reader = await open(1);
await writer.pull();
await reader.pull();
const bytesBefore = [writer.bytes(), reader.bytes()] as const;
const edits = editsOf(world, 0, input.edits);

const editClock = startClock();
for (const edit of edits) await writer.edit(edit);
const edited = editClock();

const pushClock = startClock();
await writer.push();
const pushed = pushClock();

bodies.fetched = [];
const pullClock = startClock();
await reader.pull();
const pulled = pullClock();
const wire =
  input.listen === 1 ? { sent: wireBytes(bodies.sent), fetched: wireBytes(bodies.fetched) } : null;

// Later rounds bring receipts; what they leave is what stays on the disk.
await writer.pull();
const rssBytes = peakMemory();
const shown = await reader.shown();
const grown = (before: number | null, after: number | null): number | null =>
  before === null || after === null ? null : after - before;
const result: ExchangeResult = {
  edited,
  pushed,
  pulled,
  rssBytes,
  seen: whatIsSeen(shown, [edits]),
  rows: shown.get('rows')?.length ?? null,
  writerGrew: grown(bytesBefore[0], writer.bytes()),
  readerGrew: grown(bytesBefore[1], reader.bytes()),
  wire,
};
await writer.close();
await reader.close();
answer(result);
// Some peers leave timers behind that would keep the process.
process.exit(0);
