import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson, testApp, type TestApp } from '../../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/region/test-database.ts';
import {
  foundClient,
  membership,
  wireDevice,
  type WireDevice,
} from '../../../../tests/region/wire-device.ts';
import { listenForNews, type News } from './news.ts';

let database: TestDatabase;
let region: TestApp;
let news: News;
let kaisa: WireDevice;
let markers = 0;

beforeAll(async () => {
  database = await testDatabase();
  region = await testApp(database.db);
  news = await listenForNews(database.db, () => {}, region.now);
  kaisa = await wireDevice(region, await addPerson(database.db, 'kaisa'));
});
afterAll(async () => {
  await news.end();
  await region.app.close();
  await database.close();
});

const listener = (device: WireDevice) => {
  let heard = 0;
  const stop = news.listen({
    personId: device.person.personId,
    deviceId: device.id,
    tell: () => {
      heard += 1;
    },
  });
  return { heard: () => heard, stop };
};

/** Every commit is looked at in its turn: when the marker's news has come, those before it have been told. */
const settle = async (): Promise<void> => {
  const marker = await wireDevice(region, await addPerson(database.db, `merkki${(markers += 1)}`));
  const { caseId } = await foundClient(marker);
  // Another device of the marker's, which is let in by the commit before.
  const other = await wireDevice(region, marker.person);
  await other.pullAll();
  const ear = listener(other);
  await marker.push(marker.change({ caseId }));
  await expect.poll(ear.heard).toBeGreaterThan(0);
  ear.stop();
};

describe('live news', () => {
  it.each([
    ['current', {}, true],
    ['ended', { validTo: '2026-11-01' }, false],
    ['not begun', { validFrom: '2026-11-03' }, false],
    ['never a member', null, false],
  ] as const)('P1 U4 a person whose membership is %s', async (name, dates, due) => {
    const device = await wireDevice(region, await addPerson(database.db, `kuulija ${name}`));
    const { caseId } = await foundClient(kaisa);
    if (dates) {
      await kaisa.push(membership(kaisa, caseId, { personId: device.person.personId, ...dates }));
    }
    await device.pullAll();
    await settle();
    const ear = listener(device);
    await kaisa.push(kaisa.change({ caseId }));
    await settle();
    expect(ear.heard() > 0).toBe(due);
    ear.stop();
  });

  it('P3 a device that holds a client hears that its person’s membership was removed', async () => {
    const device = await wireDevice(region, await addPerson(database.db, 'lahteva'));
    const { caseId } = await foundClient(kaisa);
    const given = membership(kaisa, caseId, { personId: device.person.personId });
    await kaisa.push(given);
    await device.pullAll();
    await settle();
    const ear = listener(device);
    await kaisa.push(
      kaisa.change({
        caseId,
        recordId: given.recordId,
        kind: 'membership',
        group: 'existence',
        value: { state: 'removed', reason: 'Päättyi.', covers: [given.id] },
      }),
    );
    await expect.poll(ear.heard).toBeGreaterThan(0);
    ear.stop();
  });

  it('nobody hears of their own device’s changes, their other device does', async () => {
    const person = await addPerson(database.db, 'kaksikone');
    const [one, two] = [await wireDevice(region, person), await wireDevice(region, person)];
    const { caseId } = await foundClient(one);
    await one.pullAll();
    await two.pullAll();
    await settle();
    const [first, second] = [listener(one), listener(two)];
    await one.push(one.change({ caseId }));
    await settle();
    expect([first.heard(), second.heard()]).toEqual([0, 1]);
    first.stop();
    second.stop();
  });

  it('a line whose session has ended is closed in the place of news', async () => {
    const live = await testApp(database.db, { news, now: region.now });
    const device = await wireDevice(live, await addPerson(database.db, 'uloskirjattu'));
    const { caseId } = await foundClient(kaisa);
    await kaisa.push(membership(kaisa, caseId, { personId: device.person.personId }));
    await device.pullAll();
    await settle();
    const socket = await live.app.injectWS('/v1/live', {
      headers: { authorization: `Bearer ${device.token}` },
    });
    const heard: string[] = [];
    const closed = new Promise<number>((resolve) => {
      socket.on('close', (code: number) => resolve(code));
    });
    socket.on('message', (data: Buffer) => heard.push(data.toString()));
    await kaisa.push(kaisa.change({ caseId }));
    await expect.poll(() => heard.length).toBe(1);
    await database.db.query('UPDATE session SET ended_at = $2 WHERE person_id = $1', [
      device.person.personId,
      region.now(),
    ]);
    await kaisa.push(kaisa.change({ caseId }));
    expect(await closed).toBe(1008);
    expect(heard).toEqual(['{"type":"news"}']);
    await live.app.close();
  });
});
