import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Id } from '#shared/domain/ids.ts';
import { readCaseView } from '#main/core/records/case-view.ts';
import { openParts } from '#main/core/rights/open-parts.ts';
import { findCase, findCaseId } from '#main/db/queries/cases.ts';
import { createRandom } from '#server/demo/random.ts';
import { answer, childInput } from '../child.ts';
import { percentile } from '../figures.ts';
import { benchmarkDesk, newCaseFile } from '../first-sync/punos-arm.ts';
import type { OpeningTimes, ScreenResult } from './screen-result.ts';

// The core opens plans while a first sync works in its own thread, and again when all is quiet.

const input = z
  .object({ folder: z.string(), url: z.string(), quietOpenings: z.int() })
  .parse(childInput());

const caseFile = await newCaseFile(path.join(input.folder, 'screen.db'));
const desk = benchmarkDesk(caseFile);
const random = createRandom(6, 0);

/** A person opens one plan after the other; between them the loop is free. */
const pauseMs = 10;

const someCase = (): Id | undefined => {
  const highest = desk.db.value<number>('SELECT max(case_no) FROM client_case') ?? 0;
  return highest === 0 ? undefined : findCaseId(desk.db, random.between(1, highest));
};

const open = (): number | null => {
  const caseId = someCase();
  if (caseId === undefined) return null;
  const from = performance.now();
  const caseNo = findCase(desk.db, caseId);
  if (caseNo === undefined) return null;
  const parts = openParts(desk.db, caseNo, desk.now());
  readCaseView(desk.db, caseId, caseNo, { parts, contactRevealed: true });
  return performance.now() - from;
};

const openingsUntil = async (ended: (opened: number) => boolean): Promise<OpeningTimes> => {
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  const times: number[] = [];
  while (!ended(times.length)) {
    const took = open();
    if (took !== null) times.push(took);
    await delay(pauseMs);
  }
  stalls.disable();
  return {
    opened: times.length,
    p50Ms: times.length === 0 ? 0 : percentile(times, 0.5),
    p99Ms: times.length === 0 ? 0 : percentile(times, 0.99),
    longestStallMs: Math.max(0, stalls.max / 1e6 - 1),
  };
};

const worker = new Worker(new URL('./sync-beside.ts', import.meta.url), {
  workerData: {
    path: caseFile.path,
    key: new Uint8Array(caseFile.key),
    turn: caseFile.turn,
    identity: caseFile.identity,
    url: input.url,
  },
});
const done = { usable: false, indexed: false };
const failed = new Promise<never>((_resolve, reject) => worker.on('error', reject));
worker.on('message', (said: 'usable' | 'indexed') => {
  done[said] = true;
});
const work = async (): Promise<ScreenResult> => ({
  syncing: await openingsUntil(() => done.usable),
  indexing: await openingsUntil(() => done.indexed),
  quiet: await openingsUntil((opened) => opened >= input.quietOpenings),
});
const result = await Promise.race([work(), failed]);
const closed = caseFile.close();
if (!closed.ok) throw new Error(`The case file did not close: ${closed.error.kind}`);
answer(result);
