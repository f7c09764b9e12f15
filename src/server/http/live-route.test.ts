import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import WebSocket from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignInResponse } from '#shared/protocol/session.ts';
import {
  addPerson,
  newDevice,
  signInAs,
  testApp,
  type TestApp,
} from '../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import { withTransaction } from '../db/pool.ts';
import { revokeDevice } from '../region/identity/devices.ts';
import { endSessionsOf, sessionLimits } from '../region/identity/sessions.ts';
import { pingEveryMs } from './live-route.ts';

let test: TestDatabase;
let region: TestApp;
beforeAll(async () => {
  test = await testDatabase();
  region = await testApp(test.db, { sessionLimits, pingEveryMs: 100 });
  await region.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await region.app.close();
  await test.close();
});

const line = async (login: string) => {
  const person = await addPerson(test.db, login);
  const device = newDevice();
  const { token } = (await signInAs(region, person, device)).json<SignInResponse>();
  const { port } = region.app.server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/live`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await once(socket, 'open');
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
  });
  return { person, device, socket, closed };
};

describe('a live line', () => {
  it('is looked at every 20 seconds', () => {
    expect(pingEveryMs).toBeLessThanOrEqual(30_000);
  });

  it.each<readonly [string, (whose: Awaited<ReturnType<typeof line>>) => Promise<unknown>]>([
    ['a session ends', ({ person }) => endSessionsOf(test.db, person.personId, region.now())],
    [
      'a device is revoked',
      ({ device }) => withTransaction(test.db, (tx) => revokeDevice(tx, device.id, region.now())),
    ],
    [
      'a person leaves',
      ({ person }) =>
        test.db.query('UPDATE person SET active = false WHERE id = $1', [person.personId]),
    ],
  ])('closes by itself when %s, without any news', async (what, end) => {
    const open = await line(what);
    await end(open);
    expect(await open.closed).toBe(1008);
  });

  it('outlasts its access token while the session lives', async () => {
    const open = await line('pitkä linja');
    region.pass(30 * 60_000);
    await once(open.socket, 'ping');
    await once(open.socket, 'ping');
    expect(open.socket.readyState).toBe(WebSocket.OPEN);
    region.pass(73 * 3_600_000);
    expect(await open.closed).toBe(1008);
  });
});
