import fs from 'node:fs';
import { z } from 'zod';
import type { PullResponse } from '#shared/protocol/pull.ts';
import { answer, childInput } from '../child.ts';
import { pageFile } from '../first-sync/pages.ts';
import { peerArms } from '../plans/replica.ts';
import { firstSyncArms } from './first-sync-arms.ts';

// Makes the pages that a peer's server would send of the program's pages: before the clock, and apart.

const input = z
  .object({ arm: z.enum(peerArms), from: z.string(), to: z.string(), pages: z.int() })
  .parse(childInput());

const prepare = await firstSyncArms[input.arm].preparing(input.to);
for (let number = 0; prepare && number < input.pages; number += 1) {
  const page = JSON.parse(fs.readFileSync(pageFile(input.from, number), 'utf8')) as PullResponse;
  fs.writeFileSync(pageFile(input.to, number), prepare(page));
}
answer({ own: prepare !== null });
