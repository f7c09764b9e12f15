import { afterAll, beforeAll, expect, it } from 'vitest';
import { currentSchema, type Change } from '#shared/domain/change.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import { grantOf } from '../../../../tests/region/wire-device.ts';
import { startRightsWorld, type RightsWorld } from '../../../../tests/region/rights-world.ts';
import { storeOwnChanges } from '../syncing/store-changes.ts';

let world: RightsWorld;
beforeAll(async () => {
  world = await startRightsWorld();
});
afterAll(() => world.end());

const relations = 5_000;

it(`${relations} relations changed at once are stored, and delivered, in seconds`, async () => {
  const [first, second] = [await world.desk('nurse'), await world.desk('nurse')];
  const at = world.region.now();
  const membershipOf = (caseId: string, personId: string, before?: Change): Change => ({
    id: testId(),
    recordId: before?.recordId ?? testId(),
    kind: 'membership',
    caseId,
    compartment: 'joint/plan',
    group: 'grant',
    value: grantOf({ personId, profession: 'nurse', taskClass: 'broad-health' }),
    parents: before ? [before.id] : [],
    authorId: first.personId,
    profession: 'nurse',
    taskClass: 'broad-health',
    time: writeHybridTime(at.getTime(), 0),
    schema: currentSchema,
  });
  const seconds = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return (performance.now() - began) / 1_000;
  };
  const store = (changes: readonly Change[]) =>
    seconds(() => world.change((tx) => storeOwnChanges(tx, changes, at)));
  const given = Array.from({ length: relations }, () => membershipOf(testId(), first.personId));
  const making = await store(given);
  let begun = '';
  let cursor = '';
  const firstSync = await seconds(async () => {
    ({ begun, cursor } = await first.pullAll());
  });
  const moved = given.map((before) => membershipOf(before.caseId, second.personId, before));
  const moving = await store(moved);
  const { left } = await first.pullAll({ begun, cursor });
  const { entered } = await second.pullAll();
  process.stdout.write(
    `${relations} relations: made in ${making.toFixed(1)} s, moved in ${moving.toFixed(1)} s, ` +
      `delivered in ${firstSync.toFixed(1)} s\n`,
  );
  expect(new Set(left.map(({ caseId }) => caseId)).size).toBe(relations);
  expect(entered).toHaveLength(relations);
  expect(Math.max(making, moving)).toBeLessThan(30);
});
