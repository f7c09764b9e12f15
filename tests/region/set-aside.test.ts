import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSignedLeaving } from '#main/core/syncing/region-signature.ts';
import { ensureRegionKey } from '#server/region/region-key.ts';
import { withTransaction } from '#server/db/pool.ts';
import { askingRegion, valueOf, type AskingRegion } from './asking-region.ts';
import { addPerson, signInAs, testApp, testId, type TestApp } from './test-app.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';
import { foundClient, membership, wireDevice, type WireDevice } from './wire-device.ts';

/** What the region knows of what devices have set aside, and its signed word of what leaves them. */

let database: TestDatabase;
let test: TestApp;

beforeAll(async () => {
  database = await testDatabase();
  test = await testApp(database.db);
});
afterAll(async () => {
  await test.app.close();
  await database.close();
});

describe('the region’s key', () => {
  it('B3 is told at sign-in and with each page, and stays when programs start again', async () => {
    const person = await addPerson(database.db, 'avain');
    const before = (await signInAs(test, person)).json<{ region: { key: string } }>().region.key;
    await Promise.all(
      [1, 2, 3].map(() => withTransaction(database.db, (tx) => ensureRegionKey(tx))),
    );
    const device = await wireDevice(test, person);
    const answer = await device.pull({});
    expect(answer).toMatchObject({ ok: true, page: { regionKey: before } });
  });

  it('B3 signs what leaves, for the device and the page alone; a page of which nothing leaves is not signed', async () => {
    const founder = await wireDevice(test, await addPerson(database.db, 'perustaja'));
    const person = await addPerson(database.db, 'lahtija');
    const device = await wireDevice(test, person);
    const { caseId } = await foundClient(founder);
    const given = membership(founder, caseId, { personId: person.personId });
    await founder.push(given);
    const { cursor, pages } = await device.pullAll();
    expect(pages.every((page) => page.leftSignature === undefined)).toBe(true);
    const ended = { ...given, id: testId(), parents: [given.id] };
    await founder.push({ ...ended, value: { ...given.value, validTo: '2020-01-01' } });
    const answer = await device.pull({ cursor });
    if (!answer.ok) throw new Error(answer.code);
    const { page } = answer;
    expect(page.left.map((scope) => scope.caseId)).toContain(caseId);
    const key = page.regionKey ?? null;
    expect(isSignedLeaving(key, device.id, page)).toBe(true);
    expect(isSignedLeaving(key, founder.id, page)).toBe(false);
    expect(isSignedLeaving(key, device.id, { ...page, cursor: 'toinen' })).toBe(false);
    expect(isSignedLeaving(key, device.id, { ...page, left: page.left.slice(1) })).toBe(false);
  });
});

describe('what is set aside on devices', () => {
  let region: AskingRegion;
  let admin: WireDevice;
  beforeAll(async () => {
    region = await askingRegion();
    admin = await region.person('paakayttaja', { duties: ['administrator'] });
  });
  afterAll(() => region.close());

  it('N9 is kept as the device last told it, and counted in administration', async () => {
    const device = await region.person('hoitaja', { profession: 'nurse' });
    const counted = async () =>
      valueOf(
        await region.ask(admin, 'devices.list', {
          search: '',
          personId: device.person.personId,
          offset: 0,
          limit: 10,
        }),
      ).rows.map(({ setAside }) => setAside);
    expect(await counted()).toEqual([0]);
    const one = { changeId: testId(), caseId: testId(), code: 'bad-shape' };
    const other = { changeId: null, caseId: null, code: 'server-stumbles' };
    expect(await device.pull({ setAside: [one, other] })).toMatchObject({ ok: true });
    expect(await counted()).toEqual([2]);
    // Version 2 says nothing of it.
    expect(await device.pull({ protocol: 2 })).toMatchObject({ ok: true });
    expect(await counted()).toEqual([2]);
    expect(await device.pull({ setAside: [] })).toMatchObject({ ok: true });
    expect(await counted()).toEqual([0]);
  });

  it('N9 is logged once, as a warning, without anything of clients', async () => {
    const device = await wireDevice(test, await addPerson(database.db, 'kirjaaja'));
    const setAside = [{ changeId: testId(), caseId: testId(), code: 'too-deep' }];
    await device.pull({ setAside });
    await device.pull({ setAside });
    const lines = test
      .logged()
      .split('\n')
      .filter((line) => line.includes('set aside'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 40,
      deviceId: device.id,
      count: 1,
      codes: ['too-deep'],
    });
    expect(lines[0]).not.toContain(setAside[0]?.caseId);
  });

  it.each([
    [
      'a list beyond its bound',
      Array.from({ length: 101 }, () => ({ changeId: null, caseId: null, code: 'x' })),
    ],
    ['words in the place of a code', [{ changeId: null, caseId: null, code: 'Aune Kivimetsä' }]],
    ['no list', 'kaksi'],
  ])('N9 %s is refused', async (_what, setAside) => {
    const device = await wireDevice(test, await addPerson(database.db, `paha ${testId()}`));
    expect(await device.pull({ setAside: setAside as never })).toMatchObject({
      ok: false,
      code: 'bad-request',
    });
  });
});
