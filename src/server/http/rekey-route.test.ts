import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rekeyText, type SignInResponse } from '#shared/protocol/session.ts';
import {
  addPerson,
  newSigningDevice,
  signInAs,
  testApp,
  type TestApp,
  type TestDevice,
  type TestPerson,
} from '../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import { withTransaction } from '../db/pool.ts';
import { listDevices, revokeDevice } from '../region/identity/devices.ts';
import { endSessionsOf, sessionLimits } from '../region/identity/sessions.ts';

const minute = 60_000;

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

type Signing = ReturnType<typeof newSigningDevice>;
type Introduced = TestDevice & {
  readonly replaces: { readonly id: string; readonly signature: string };
};

const codeOf = ({ body, statusCode }: { readonly body: string; readonly statusCode: number }) =>
  statusCode === 200 ? 'ok' : (JSON.parse(body) as { code: string }).code;

const signedIn = async () => {
  const signing = newSigningDevice();
  const answer = await signInAs(region, aino, signing.device);
  return { ...signing, session: answer.json<SignInResponse>() };
};

/** A new device that says it goes on from the old one, signed by that one's key. */
const goingOnFrom = ({ device, sign }: Signing): Introduced => {
  const next = newSigningDevice().device;
  return { ...next, replaces: { id: device.id, signature: sign(rekeyText(next)) } };
};

const rekey = (token: string, device: TestDevice) =>
  region.app.inject({
    method: 'POST',
    url: '/v1/session/rekey',
    headers: { authorization: `Bearer ${token}` },
    payload: { device },
  });

const me = async (token: string) =>
  codeOf(await region.app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${token}` } }));

describe('a device that was copied', () => {
  it('I4 goes on under a new id: its session ends, and one as good begins', async () => {
    const old = await signedIn();
    const next = goingOnFrom(old);
    region.pass(minute);
    const answer = await rekey(old.session.token, next);
    const opened = answer.json<SignInResponse>();
    expect(opened.person.id).toBe(aino.personId);
    expect(await me(opened.token)).toBe('ok');
    expect(await me(old.session.token)).toBe('signed-out');
    // The other copy hears of it when it signs in, and does the same.
    const { replaces: _none, ...plain } = next;
    expect(codeOf(await signInAs(region, aino, old.device))).toBe('device-copied');
    expect(codeOf(await signInAs(region, aino, plain))).toBe('ok');
    const other = goingOnFrom(old);
    expect(codeOf(await signInAs(region, aino, other))).toBe('ok');
    const rows = await test.db.query<{ id: string }>(
      'SELECT id FROM device WHERE replaces = $1 AND replaced_at IS NULL',
      [old.device.id],
    );
    const filter = { personId: aino.personId, withRevoked: false, limit: 100, offset: 0 };
    const listed = (await listDevices(test.db, filter, region.now())).map(({ id }) => id);
    expect(listed).toEqual(expect.arrayContaining([next.id, other.id]));
    expect(listed).not.toContain(old.device.id);
    expect(rows.map(({ id }) => id).toSorted()).toEqual([next.id, other.id].toSorted());
  });

  it('I4 is as good for as long as the session before, not longer', async () => {
    const old = await signedIn();
    region.pass(sessionLimits.idleMs - minute);
    const { json } = await rekey(old.session.token, goingOnFrom(old));
    const [row] = await test.db.query<{ same: boolean }>(
      `SELECT count(DISTINCT expires_at) = 1 AS same FROM session
       WHERE device_id IN (SELECT id FROM device WHERE id = $1 OR replaces = $1)`,
      [old.device.id],
    );
    expect(row?.same).toBe(true);
    expect(json<SignInResponse>().token).toHaveLength(43);
  });

  it('I5 a lost answer is given once more, until somebody has used it', async () => {
    const old = await signedIn();
    const next = goingOnFrom(old);
    const lost = (await rekey(old.session.token, next)).json<SignInResponse>();
    const again = (await rekey(old.session.token, next)).json<SignInResponse>();
    expect(await me(lost.token)).toBe('signed-out');
    expect(codeOf(await rekey(old.session.token, goingOnFrom(old)))).toBe('signed-out');
    expect(await me(again.token)).toBe('ok');
    expect(codeOf(await rekey(old.session.token, next))).toBe('signed-out');
    expect(await me(again.token)).toBe('ok');
  });

  it('I5 a lost answer is not given again after its session has been ended', async () => {
    const old = await signedIn();
    const next = goingOnFrom(old);
    await rekey(old.session.token, next);
    await endSessionsOf(test.db, aino.personId, region.now());
    expect(codeOf(await rekey(old.session.token, next))).toBe('signed-out');
  });

  it('I5 takes no new id once it is barred, by its session or by signing in', async () => {
    const old = await signedIn();
    const next = goingOnFrom(old);
    await withTransaction(test.db, (tx) => revokeDevice(tx, old.device.id, region.now()));
    expect(codeOf(await rekey(old.session.token, next))).toBe('signed-out');
    expect(codeOf(await signInAs(region, aino, next))).toBe('device-revoked');
    expect(codeOf(await signInAs(region, aino, old.device))).toBe('device-revoked');
  });

  it('I5 needs the old key: a token alone replaces nothing', async () => {
    const old = await signedIn();
    const stranger = await signedIn();
    const next = newSigningDevice().device;
    const forged = { id: old.device.id, signature: stranger.sign(rekeyText(next)) };
    expect(
      codeOf(await rekey(old.session.token, { ...next, replaces: forged } as Introduced)),
    ).toBe('device-revoked');
    // What one device signed says nothing for another id or key, and nothing by another's session.
    const signed = goingOnFrom(old);
    const misused = { ...signed, publicKey: stranger.device.publicKey };
    expect(codeOf(await rekey(old.session.token, misused))).toBe('device-revoked');
    expect(codeOf(await rekey(stranger.session.token, signed))).toBe('signed-out');
    expect(await me(old.session.token)).toBe('ok');
    expect(await me(stranger.session.token)).toBe('ok');
  });

  it('I5 cannot replace itself, nor a device of somebody else', async () => {
    const old = await signedIn();
    const itself = {
      ...old.device,
      replaces: { id: old.device.id, signature: old.sign(rekeyText(old.device)) },
    };
    expect(codeOf(await signInAs(region, aino, itself))).toBe('device-revoked');
    const ville = await addPerson(test.db, `ville.${old.device.id}`);
    expect(codeOf(await signInAs(region, ville, goingOnFrom(old)))).toBe('device-revoked');
    expect(await me(old.session.token)).toBe('ok');
  });

  it('I5 of which a restored region knows nothing is introduced like any new one', async () => {
    expect(codeOf(await signInAs(region, aino, goingOnFrom(newSigningDevice())))).toBe('ok');
  });
});
