import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newId, type Id } from '#shared/domain/ids.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import type { PushRequest, PushResponse, Receipt } from '#shared/protocol/push.ts';
import { readRegionState } from '#server/region/region-state.ts';
import { checkHealed } from './invariants.ts';
import { prepareRegions, type Region, type Regions } from './region.ts';
import { runSchedule } from './run-schedule.ts';
import { beginning } from './schedules.ts';
import type { Step } from './steps.ts';

/** A check that cannot fail proves nothing: regions with a fault, each of which the checks must see. */

let regions: Regions;
beforeAll(async () => {
  regions = await prepareRegions(inject('engineFolder'), 3);
});
afterAll(() => regions.end());

const steps: readonly Step[] = [
  ...beginning,
  { do: 'exchange', device: 1 },
  { do: 'exchange', device: 3 },
  { do: 'assess', device: 2, a: 1, b: 0 },
  { do: 'exchange', device: 2 },
  { do: 'exchange', device: 3 },
];
const schedule = { settings: { devices: 4, processes: 1, seed: 1 }, steps };

/** Answers of one route are altered on their way out. */
const altering =
  (path: string, alter: (body: string) => object) =>
  (region: Region): Region => ({
    ...region,
    ask: async (process, asked, diesBefore) => {
      const answer = await region.ask(process, asked, diesBefore);
      if (answer?.status !== 200 || asked.path !== path) return answer;
      return { ...answer, body: JSON.stringify(alter(answer.body)) };
    },
  });

/** Every push is answered without anything having been done. */
const pretending =
  (receiptOf: (changeId: Id, index: number) => Receipt) =>
  (region: Region): Region => ({
    ...region,
    ask: async (process, asked, diesBefore) => {
      if (asked.path !== '/v1/push') return region.ask(process, asked, diesBefore);
      const { epoch, highWater } = await readRegionState(region.look());
      const { changes } = JSON.parse(asked.body ?? '') as PushRequest;
      const receipts = changes.map(({ change }, index) => receiptOf(change.id, index));
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ epoch, highWater, receipts } satisfies PushResponse),
      };
    },
  });

const planted: readonly {
  readonly name: string;
  readonly seen: RegExp;
  readonly plant: (region: Region) => Region;
}[] = [
  {
    name: 'a page that leaves a change out and moves the cursor past it',
    seen: /a screen differs/u,
    plant: altering('/v1/pull', (body) => {
      const page = JSON.parse(body) as PullResponse;
      const assessments = page.changes.filter(({ change }) => change.group === 'assessment');
      return { ...page, changes: page.changes.filter((change) => change !== assessments.at(-1)) };
    }),
  },
  {
    name: 'a receipt for what was never stored',
    seen: /a change is lost|a screen differs/u,
    plant: pretending((changeId, index) => ({ changeId, verdict: 'stored', seq: index + 1 })),
  },
  {
    name: 'a page with what its person may not see',
    seen: /a page leaks/u,
    plant: altering('/v1/pull', (body) => {
      const page = JSON.parse(body) as PullResponse;
      const caseId = newId(0, (length) => Buffer.alloc(length, 1));
      return {
        ...page,
        changes: page.changes.map(({ seq, change }) => ({ seq, change: { ...change, caseId } })),
      };
    }),
  },
  {
    name: 'a refusal of what may be written',
    seen: /a change is refused/u,
    plant: pretending((changeId) => ({ changeId, verdict: 'refused', code: 'bad-value' })),
  },
];

describe('the checks on real parts', () => {
  it('find nothing to say when nothing is planted', async () => {
    await expect(runSchedule(regions, schedule, checkHealed)).resolves.toMatchObject({ edits: 5 });
  });

  it.each(planted)('see $name', async ({ seen, plant }) => {
    await expect(runSchedule(regions, schedule, checkHealed, plant)).rejects.toThrow(seen);
  });
});
