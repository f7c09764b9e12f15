import { z } from 'zod';
import { answer, childInput } from '../child.ts';
import { peakMemory, startClock } from '../figures.ts';
import type { ArmResult } from '../first-sync/arms.ts';
import { hashOf } from '../first-sync/pages.ts';
import { peerArms } from '../plans/replica.ts';
import { firstSyncArms } from './first-sync-arms.ts';

// One peer's first sync in a process of its own. The clock starts when its store has been made and stops
// when it says that all is there.

const input = z
  .object({ arm: z.enum(peerArms), folder: z.string(), url: z.string() })
  .parse(childInput());

const peer = await firstSyncArms[input.arm].open(input);
const clock = startClock();
await peer.load();
const usable = clock();
const rssBytes = peakMemory();
const contents = await peer.contents();
const result: ArmResult = {
  usable,
  fullText: null,
  rssBytes,
  rssBytesWithText: null,
  bytes: peer.bytes(),
  bytesWithText: null,
  rows: contents.length,
  stateHash: hashOf(contents),
};
await peer.close();
answer(result);
// Some peers leave timers behind that would keep the process.
process.exit(0);
