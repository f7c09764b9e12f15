import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RefreshResponse, SignInResponse } from '#shared/protocol/session.ts';
import {
  addPerson,
  newSigningDevice,
  signInAs,
  testApp,
  type TestApp,
  type TestPerson,
} from '../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import { withTransaction } from '../db/pool.ts';
import { listDevices, revokeDevice } from '../region/identity/devices.ts';
import { sessionLimits } from '../region/identity/sessions.ts';

const minute = 60_000;
const hour = 60 * minute;

let test: TestDatabase;
let region: TestApp;
let aino: TestPerson;
beforeAll(async () => {
  test = await testDatabase();
  region = await testApp(test.db, { sessionLimits });
  aino = await addPerson(test.db, 'aino.virtanen');
});
afterAll(async () => {
  await region.app.close();
  await test.close();
});

const me = (token: string) =>
  region.app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${token}` } });
const codeOf = async (answer: ReturnType<typeof me>) => {
  const { statusCode, body } = await answer;
  return statusCode === 200 ? 'ok' : (JSON.parse(body) as { code: string }).code;
};

const signedIn = async () => {
  const signing = newSigningDevice();
  const answer = await signInAs(region, aino, signing.device);
  return { ...signing, first: answer.json<SignInResponse>() };
};
type Signed = Awaited<ReturnType<typeof signedIn>>;

const refreshWith = async (refreshToken: string, signature: string) => {
  const answer = await region.app.inject({
    method: 'POST',
    url: '/v1/session/refresh',
    payload: { refreshToken, signature },
  });
  return answer.statusCode === 200
    ? answer.json<RefreshResponse>()
    : answer.json<{ code: string }>().code;
};
const refresh = ({ sign }: Signed, refreshToken: string) =>
  refreshWith(refreshToken, sign(`punos-refresh:${refreshToken}`));
const pair = async (answer: ReturnType<typeof refresh>): Promise<RefreshResponse> => {
  const given = await answer;
  if (typeof given === 'string') throw new Error(given);
  return given;
};

describe('short tokens', () => {
  it('run out after ten minutes while the session lives, and say so', async () => {
    const desk = await signedIn();
    region.pass(9 * minute);
    expect(await codeOf(me(desk.first.token))).toBe('ok');
    region.pass(minute);
    expect(await codeOf(me(desk.first.token))).toBe('token-expired');
    const next = await pair(refresh(desk, desk.first.refreshToken));
    expect(await codeOf(me(next.token))).toBe('ok');
    expect(Date.parse(next.accessUntil) - region.now().getTime()).toBe(10 * minute);
  });

  it('let what is under way end with the token before', async () => {
    const desk = await signedIn();
    const next = await pair(refresh(desk, desk.first.refreshToken));
    expect(await codeOf(me(desk.first.token))).toBe('ok');
    expect(await codeOf(me(next.token))).toBe('ok');
  });

  it('are kept nowhere on the server', async () => {
    const desk = await signedIn();
    const { token, refreshToken } = await pair(refresh(desk, desk.first.refreshToken));
    for (const secret of [desk.first.token, desk.first.refreshToken, token, refreshToken]) {
      const [found] = await test.db.query<{ found: boolean }>(
        `SELECT EXISTS (SELECT FROM session WHERE session::text LIKE '%' || $1 || '%')
             OR EXISTS (SELECT FROM access_token AS t WHERE t::text LIKE '%' || $1 || '%') AS found`,
        [secret],
      );
      expect(found?.found).toBe(false);
    }
    expect(region.logged()).not.toContain(desk.first.refreshToken);
  });

  it('may be spent and still sign out', async () => {
    const desk = await signedIn();
    region.pass(11 * minute);
    const out = await region.app.inject({
      method: 'DELETE',
      url: '/v1/session',
      headers: { authorization: `Bearer ${desk.first.token}` },
    });
    expect(out.statusCode).toBe(204);
    expect(await refresh(desk, desk.first.refreshToken)).toBe('signed-out');
  });
});

describe('a session goes on', () => {
  it('for 72 hours without use and 14 days in all, renewed or not', async () => {
    const idle = await signedIn();
    const used = await signedIn();
    const began = region.now().getTime();
    let { refreshToken } = used.first;
    while (region.now().getTime() - began < 13.5 * 24 * hour) {
      region.pass(60 * hour);
      const next = await refresh(used, refreshToken);
      if (typeof next === 'string') break;
      ({ refreshToken } = next);
    }
    expect(region.now().getTime() - began).toBeGreaterThan(12 * 24 * hour);
    expect(await refresh(idle, idle.first.refreshToken)).toBe('signed-out');
    region.pass(24 * hour);
    expect(await refresh(used, refreshToken)).toBe('signed-out');
  });

  it('after an answer was lost: the token before is taken again within a minute', async () => {
    const desk = await signedIn();
    const lost = await pair(refresh(desk, desk.first.refreshToken));
    region.pass(50_000);
    const again = await pair(refresh(desk, desk.first.refreshToken));
    expect(await codeOf(me(again.token))).toBe('ok');
    // The lost pair is nobody's.
    expect(await codeOf(me(lost.token))).toBe('signed-out');
    expect(await refresh(desk, lost.refreshToken)).toBe('signed-out');
    // And somebody held it: the session is over.
    expect(await codeOf(me(again.token))).toBe('signed-out');
  });

  it('not after the minute, and not once the new pair was used', async () => {
    const late = await signedIn();
    await pair(refresh(late, late.first.refreshToken));
    region.pass(61_000);
    expect(await refresh(late, late.first.refreshToken)).toBe('signed-out');
    const used = await signedIn();
    const next = await pair(refresh(used, used.first.refreshToken));
    expect(await codeOf(me(next.token))).toBe('ok');
    expect(await refresh(used, used.first.refreshToken)).toBe('signed-out');
    expect(await codeOf(me(next.token))).toBe('signed-out');
  });

  it('never twice with one token, however many ask at once', async () => {
    const desk = await signedIn();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => refresh(desk, desk.first.refreshToken)),
    );
    const pairs = answers.filter((answer) => typeof answer !== 'string');
    const living = await Promise.all(pairs.map(({ token }) => codeOf(me(token))));
    expect(living.filter((code) => code === 'ok')).toHaveLength(1);
  });
});

describe('a refresh token alone', () => {
  it('is worth nothing without the device’s key, and cannot end the session either', async () => {
    const desk = await signedIn();
    const thief = newSigningDevice();
    const { refreshToken } = desk.first;
    const signatures = [
      thief.sign(`punos-refresh:${refreshToken}`),
      desk.sign(refreshToken),
      desk.sign('punos-refresh:'),
      '',
      'A'.repeat(86),
    ];
    for (const signature of signatures) {
      expect(await refreshWith(refreshToken, signature)).toBe('signed-out');
    }
    expect(await codeOf(me(desk.first.token))).toBe('ok');
    await pair(refresh(desk, refreshToken));
  });

  it('of no form, of nobody and of another session is refused alike', async () => {
    const desk = await signedIn();
    const other = await signedIn();
    const flipped = desk.first.refreshToken.replace(/.$/u, (last) => (last === 'A' ? 'B' : 'A'));
    const tokens = ['', 'x', '\u0000', 'A'.repeat(64), flipped.slice(0, 63), other.first.token];
    for (const token of tokens)
      expect(await refresh(desk, token)).toMatch(/signed-out|bad-request/);
    expect(await refresh(desk, other.first.refreshToken)).toBe('signed-out');
    expect(await codeOf(me(other.first.token))).toBe('ok');
  });
});

describe('a device', () => {
  it('that is revoked is out at its next request, and cannot renew', async () => {
    const desk = await signedIn();
    const other = await signedIn();
    const filter = { personId: aino.personId, withRevoked: true, limit: 100, offset: 0 };
    const before = await listDevices(test.db, filter, region.now());
    expect(before.find(({ id }) => id === desk.device.id)).toMatchObject({
      name: 'Työasema',
      signedIn: true,
      revokedAt: null,
    });
    const revoke = () =>
      withTransaction(test.db, (tx) => revokeDevice(tx, desk.device.id, region.now()));
    expect(await revoke()).toBe(aino.personId);
    expect(await revoke()).toBeNull();
    expect(await codeOf(me(desk.first.token))).toBe('signed-out');
    expect(await refresh(desk, desk.first.refreshToken)).toBe('signed-out');
    expect(await codeOf(me(other.first.token))).toBe('ok');
    const after = await listDevices(test.db, filter, region.now());
    expect(after.find(({ id }) => id === desk.device.id)).toMatchObject({
      signedIn: false,
      revokedAt: region.now(),
    });
    const rest = await listDevices(test.db, { ...filter, withRevoked: false }, region.now());
    expect(rest.map(({ id }) => id)).not.toContain(desk.device.id);
  });

  it('of somebody who leaves is out at its next request', async () => {
    const desk = await signedIn();
    await test.db.query('UPDATE person SET active = false WHERE id = $1', [aino.personId]);
    expect(await codeOf(me(desk.first.token))).toBe('signed-out');
    expect(await refresh(desk, desk.first.refreshToken)).toBe('signed-out');
    await test.db.query('UPDATE person SET active = true WHERE id = $1', [aino.personId]);
  });
});

describe('on record', () => {
  it('every sign-in and sign-out is in the log of use, of a refused one only the number', async () => {
    const uses = async () =>
      (
        await test.owner.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM use_entry WHERE action IN ('sign-in', 'sign-out')`,
        )
      )[0]?.count ?? 0;
    const counted = async () =>
      (
        await test.db.query<{ count: number }>(
          `SELECT sum(count)::int AS count FROM sign_in_count
           WHERE way = 'account' AND outcome = 'wrong-credentials'`,
        )
      )[0]?.count ?? 0;
    const [usesBefore, countBefore] = [await uses(), await counted()];
    await signInAs(region, { login: aino.login, secret: 'wrong' });
    await signInAs(region, { login: 'nobody', secret: 'wrong' });
    expect([await uses(), await counted()]).toEqual([usesBefore, countBefore + 2]);
    const desk = await signedIn();
    await region.app.inject({
      method: 'DELETE',
      url: '/v1/session',
      headers: { authorization: `Bearer ${desk.first.token}` },
    });
    expect(await uses()).toBe(usesBefore + 2);
  });
});
