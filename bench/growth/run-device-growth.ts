import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { jointPlan } from '#shared/domain/codes.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { protocolVersion } from '#shared/protocol/version.ts';
import { findClients } from '#main/core/clients/find-clients.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { readCaseView } from '#main/core/records/case-view.ts';
import { openParts } from '#main/core/rights/open-parts.ts';
import { applyPage } from '#main/core/syncing/apply-page.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { createRandom } from '#server/demo/random.ts';
import { answer, childInput } from '../child.ts';
import { percentile, startClock } from '../figures.ts';
import { benchmarkClients, benchmarkNowMs, pagesOf } from '../first-sync/pages.ts';
import { benchmarkDesk, indexAll, newCaseFile } from '../first-sync/punos-arm.ts';
import type { DeviceGrowthResult } from './growth-result.ts';

// A case file with so many clients, and what an edit and a read cost in it.

const input = z
  .object({ folder: z.string(), clients: z.int(), recordsPerClient: z.int(), times: z.int() })
  .parse(childInput());

const caseFile = await newCaseFile(path.join(input.folder, 'growth.db'));
const desk = benchmarkDesk(caseFile);
const caseIds: Id[] = [];
for (const page of pagesOf(benchmarkClients(input.clients, input.recordsPerClient))) {
  const request = {
    protocol: protocolVersion,
    begun: newId(benchmarkNowMs, randomBytes),
    cursor: null,
    awaiting: [],
    erased: [],
    directoryRevision: 0,
  };
  const applied = applyPage(desk, request, page);
  if (!applied.ok) throw new Error(`A page was not applied: ${applied.error.kind}`);
  caseIds.push(...new Set(page.entered.map((scope) => scope.caseId)));
}
indexAll(desk);

const random = createRandom(5, 0);
const write = (): void => {
  const done = writeEdits(desk, random.pick(caseIds), [
    {
      recordId: newId(benchmarkNowMs, randomBytes),
      kind: 'note',
      compartment: jointPlan,
      group: 'entry',
      value: {
        kind: 'observation',
        text: 'Kävi kotona, kaikki hyvin.',
        happenedAt: '2026-11-24T09:00',
        corrects: null,
      },
      basedOn: [],
    },
  ]);
  if (!done.ok) throw new Error(`A note was refused: ${JSON.stringify(done.error)}`);
};
const read = (): void => {
  const caseId = random.pick(caseIds);
  const caseNo = findCase(desk.db, caseId);
  if (caseNo === undefined) throw new Error('A client is not there');
  const parts = openParts(desk.db, caseNo, desk.now());
  readCaseView(desk.db, caseId, caseNo, { parts, contactRevealed: true });
};
const list = (): void => {
  const ask = { query: '', sort: 'name', descending: false, limit: 50 } as const;
  const found = findClients(desk.db, { ...ask, offset: random.below(input.clients) });
  if (!found.ok) throw new Error('The list did not open');
};

const timesOf = (work: () => void) => {
  for (let time = 0; time < input.times / 4; time += 1) work();
  const clock = startClock();
  const walls = Array.from({ length: input.times }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  });
  return { cpuMs: clock().cpuMs / input.times, p50Ms: percentile(walls, 0.5) };
};

const result: DeviceGrowthResult = {
  read: timesOf(read),
  list: timesOf(list),
  write: timesOf(write),
};
const closed = caseFile.close();
if (!closed.ok) throw new Error(`The case file did not close: ${closed.error.kind}`);
answer(result);
