import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { eventually } from './desks.ts';
import { groupIn, opened, startPair, write, type Pair } from './pair.ts';

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.world.end());

/** What the region holds of a group, by who pulls everything. */
const stored = async (recordId: Id, group: string): Promise<readonly Change[]> => {
  const { changes } = await pair.founder.pullAll();
  return [...changes.values()].filter(
    (change) => change.recordId === recordId && change.group === group,
  );
};

describe('A9 a region of several versions of the program', () => {
  it('A9 V3 a field that a newer program wrote goes through the hands of older ones', async () => {
    const { caseId, need, recordId } = await pair.sharedClient();
    const { one, two, founder } = pair;
    const newer = founder.change({
      ...need,
      id: founder.change({ caseId }).id,
      parents: [need.id],
      value: { text: 'Kävely on varmaa.', grounds: { scale: 'berg', points: [41, 44] } },
    });
    const [receipt] = await founder.push(newer);
    expect(receipt?.verdict).toBe('stored');
    const hasNewer = (view: Parameters<typeof groupIn>[0]) =>
      groupIn(view, recordId, 'assessment')?.heads[0]?.changeId === newer.id;
    await opened(one, caseId, hasNewer);
    const mine = await write(one, caseId, recordId, 'assessment', { text: 'Varmaa sisällä.' });
    await opened(
      two,
      caseId,
      (view) => groupIn(view, recordId, 'assessment')?.heads[0]?.changeId === mine,
    );
    const theirs = await write(two, caseId, recordId, 'assessment', { text: 'Varmaa ulkonakin.' });
    const last = await eventually('the last edit at the region', async () =>
      (await stored(recordId, 'assessment')).find(({ id }) => id === theirs),
    );
    expect(last).toMatchObject({
      schema: 1,
      value: { text: 'Varmaa ulkonakin.', grounds: { scale: 'berg', points: [41, 44] } },
    });
  });

  it('A9 V7 the region refuses what only a newer one could know, and the rest goes on', async () => {
    const { caseId } = await pair.sharedClient();
    const { founder } = pair;
    const receipts = await founder.push(
      founder.change({ caseId, schema: 9_999 }),
      founder.change({ caseId, group: 'measure' }),
      founder.change({ caseId, schema: 1 }),
    );
    expect(receipts.map((each) => (each.verdict === 'refused' ? each.code : each.verdict))).toEqual(
      ['unknown-kind', 'unknown-kind', 'stored'],
    );
  });
});
