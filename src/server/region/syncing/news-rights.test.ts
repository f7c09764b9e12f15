import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  removal,
  startRightsWorld,
  stored,
  type Desk,
  type RightsWorld,
} from '../../../../tests/region/rights-world.ts';
import { touchPersonRights } from '../rights/touch-rights.ts';
import { listenForNews, type News } from './news.ts';

let world: RightsWorld;
let news: News;
beforeAll(async () => {
  world = await startRightsWorld();
  news = await listenForNews(world.database.db, () => {}, world.region.now);
});
afterAll(async () => {
  await news.end();
  await world.end();
});

const listenerOf = (desk: Desk) => {
  let heard = 0;
  const tell = (): void => {
    heard += 1;
  };
  const stop = news.listen({ personId: desk.personId, deviceId: desk.id, tell });
  return { heard: () => heard, stop };
};

/** Every commit is looked at in its turn: when the last one’s news have come, those before have been told. */
const settle = async (): Promise<void> => {
  const client = await world.client();
  const nurse = await world.desk('nurse');
  await client.letIn(nurse);
  await nurse.pullAll();
  const ear = listenerOf(nurse);
  await client.write(client.custodian, 'joint/plan');
  await expect.poll(ear.heard).toBeGreaterThan(0);
  ear.stop();
};

/** Who of the desks has heard of what the work writes. */
const heardOf = async (desks: readonly Desk[], work: () => Promise<unknown>) => {
  await settle();
  const ears = desks.map(listenerOf);
  await work();
  await settle();
  for (const ear of ears) ear.stop();
  return ears.map((ear) => ear.heard() > 0);
};

describe('P9 live news', () => {
  it('P9 are for those who hold the part that was written, not for the rest of the team', async () => {
    const client = await world.client();
    const [nurse, counsellor] = [await world.desk('nurse'), await world.desk('social-counsellor')];
    await client.letIn(nurse);
    await client.letIn(counsellor);
    await client.write(client.custodian, 'social/families');
    for (const desk of [nurse, counsellor]) await desk.pullAll();
    const write = () => client.write(client.custodian, 'social/families');
    expect(await heardOf([nurse, counsellor], write)).toEqual([false, true]);
  });

  it('P9 of a new compartment come only to those to whom it opens', async () => {
    const client = await world.client();
    const [nurse, counsellor] = [await world.desk('nurse'), await world.desk('social-counsellor')];
    await client.letIn(nurse);
    await client.letIn(counsellor);
    for (const desk of [nurse, counsellor]) await desk.pullAll();
    const write = () => client.write(client.custodian, 'social/older-people');
    expect(await heardOf([nurse, counsellor], write)).toEqual([false, true]);
  });

  it('P9 of a permission come to those whom it opens something to or takes something from', async () => {
    const client = await world.client();
    const [doctor, therapist] = [await world.desk('doctor'), await world.desk('physiotherapist')];
    const outsider = await world.desk('doctor');
    await client.letIn(doctor);
    await client.letIn(therapist);
    await client.write(client.custodian, 'social/older-people');
    for (const desk of [doctor, therapist, outsider]) await desk.pullAll();
    const desks = [doctor, therapist, outsider];
    // The first permission also makes a part that the doctor may see; the second only opens.
    await client.record('consent', { sectors: ['association'] });
    await doctor.pullAll();
    const given = await client.record('permission', {
      direction: 'social-to-health',
      compartments: ['social/families'],
    });
    for (const desk of desks) await desk.pullAll();
    const permit = () =>
      client.record('permission', {
        direction: 'social-to-health',
        compartments: ['social/older-people'],
      });
    // A physiotherapist’s own service is rehabilitation: a permission reaches them as well.
    expect(await heardOf(desks, permit)).toEqual([true, true, false]);
    for (const desk of desks) await desk.pullAll();
    const end = () => stored(client.custodian, removal(client.custodian, given));
    expect(await heardOf(desks, end)).toEqual([true, false, false]);
  });

  it('P9 of one’s own standing come to all devices of the person and to nobody else', async () => {
    const [nurse, other] = [await world.desk('nurse'), await world.desk('nurse')];
    const touch = () => world.change((tx) => touchPersonRights(tx, [nurse.personId]));
    expect(await heardOf([nurse, other], touch)).toEqual([true, false]);
  });
});
