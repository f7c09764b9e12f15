import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '#shared/protocol/version.ts';
import { addPerson, testApp, testId, type TestApp } from '../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import {
  foundClient,
  membership,
  wireDevice,
  type WireDevice,
} from '../../../tests/region/wire-device.ts';

/** What is given to one device in the hands of another, and pages that are cut. */

let test: TestDatabase;
let region: TestApp;
let one: WireDevice;
let other: WireDevice;
beforeAll(async () => {
  test = await testDatabase();
  region = await testApp(test.db);
  one = await wireDevice(region, await addPerson(test.db, 'omistaja'));
  other = await wireDevice(region, await addPerson(test.db, 'toinen'));
});
afterAll(async () => {
  await region.app.close();
  await test.close();
});

const pullRaw = (token: string, payload: object) =>
  region.app.inject({
    method: 'POST',
    url: '/v1/pull',
    headers: { authorization: `Bearer ${token}` },
    payload: { protocol: 3, awaiting: [], erased: [], directoryRevision: 0, ...payload },
  });

describe('what is given to one device', () => {
  it('L2 a cursor is refused from another person’s device, and its own device goes on with it', async () => {
    const { caseId } = await foundClient(one);
    const { cursor, begun } = await one.pullAll();
    for (const asked of [begun, testId()]) {
      const answer = await pullRaw(other.token, { cursor, begun: asked });
      expect([answer.statusCode, answer.json()]).toEqual([409, { code: 'bad-cursor' }]);
      expect(answer.body).not.toContain(caseId);
    }
    expect(await one.pull({ cursor, begun })).toMatchObject({ ok: true });
  });

  it('L2 a cursor with another device’s name, or another number, written into it by hand is refused', async () => {
    const { cursor, begun } = await one.pullAll({ begun: testId() });
    const held = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as object;
    const forged = (content: object) =>
      Buffer.from(JSON.stringify({ ...held, ...content })).toString('base64url');
    for (const content of [
      { device: other.id },
      { seq: 1_000_000 },
      { seq: -1 },
      { epoch: testId() },
      { page: '0123456789abcdef' },
      { extra: 1 },
    ]) {
      const answer = await pullRaw(one.token, { cursor: forged(content), begun });
      expect([answer.statusCode, content]).toEqual([409, content]);
    }
    // Saying that clients still enter only puts oneself at the end of the line.
    const answer = await pullRaw(one.token, { cursor: forged({ entering: true }), begun });
    expect(answer.statusCode).toBe(200);
  });

  it('a token that was replaced by a new sign-in of its device, or ended, is refused everywhere', async () => {
    const person = await addPerson(test.db, 'kirjautuja');
    const device = await wireDevice(region, person);
    const { token } = device;
    const left = await region.app.inject({
      method: 'DELETE',
      url: '/v1/session',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(left.statusCode).toBeLessThan(300);
    for (const url of ['/v1/pull', '/v1/push', '/v1/use-log', '/v1/ask/clients.find']) {
      const answer = await region.app.inject({
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${token}` },
        payload: {},
      });
      expect([url, answer.statusCode, answer.json()]).toEqual([url, 401, { code: 'signed-out' }]);
    }
  });
});

describe('a page', () => {
  it('U1 P2 is cut by bytes at whole records, and nothing is lost between pages', async () => {
    const { caseId } = await foundClient(one);
    const ids: string[] = [];
    for (let batch = 0; batch < 6; batch += 1) {
      const changes = Array.from({ length: 10 }, () =>
        one.change({ caseId, value: { text: 'ä'.repeat(19_000) } }),
      );
      ids.push(...changes.map(({ id }) => id));
      for (const receipt of await one.push(...changes)) expect(receipt.verdict).toBe('stored');
    }
    const member = await wireDevice(region, await addPerson(test.db, 'jasen'));
    await one.push(membership(one, caseId, { personId: member.person.personId }));
    const { pages, changes } = await member.pullAll();
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) {
      expect(Buffer.byteLength(JSON.stringify(page.changes))).toBeLessThan(1.2 * limits.pageBytes);
    }
    expect(ids.filter((id) => !changes.has(id))).toEqual([]);
    // Each once: a page that was cut goes on after its last whole record.
    const given = pages.flatMap((page) => page.changes.map(({ change }) => change.id));
    expect(given.length).toBe(new Set(given).size);
  });
});
