import { createHmac, randomUUID } from 'node:crypto';
import { exportSPKI, generateKeyPair, importJWK, SignJWT, type CryptoKey } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '#shared/domain/directory.ts';
import type { SignInResponse } from '#shared/protocol/session.ts';
import {
  startIdentityProvider,
  type IdentityProvider,
} from '../../../tests/region/identity-provider.ts';
import {
  addPerson,
  newDevice,
  signInAs,
  testApp,
  testId,
  type TestApp,
  type TestDevice,
} from '../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import { findPerson } from '../region/directory.ts';
import { withProvider } from '../region/identity/identity.ts';

let test: TestDatabase;
let idp: IdentityProvider;
let region: TestApp;
let offsetMs = 0;
const now = () => new Date(Date.now() + offsetMs);
beforeAll(async () => {
  test = await testDatabase();
  idp = await startIdentityProvider();
});
beforeEach(async () => {
  offsetMs = 0;
  const { issuer, clientId } = idp;
  region = await testApp(test.db, {
    now,
    identity: withProvider({ issuer, clientId, audience: clientId }, false, now),
  });
  return () => region.app.close();
});
afterAll(async () => {
  await idp.stop();
  await test.close();
});

const nonce = 'a nonce of the device';
const seconds = () => Math.floor(now().getTime() / 1_000);
/** A claim that is `undefined` is left out of the token. */
type Content = Readonly<Record<string, unknown>>;

/** What the provider would say of a physiotherapist whom nobody knows yet. */
const claims = (otherwise: Content = {}): Content => ({
  iss: idp.issuer,
  aud: idp.clientId,
  sub: `sub-${randomUUID()}`,
  iat: seconds(),
  exp: seconds() + 300,
  auth_time: seconds(),
  nonce,
  // Two tokens of one second differ, as they do at a real provider.
  at_hash: randomUUID(),
  given_name: 'Ville',
  family_name: 'Saarela',
  profession: 'physiotherapist',
  task_classes: ['limited-health'],
  ...otherwise,
});
const send = async (idToken: string, device: TestDevice = newDevice(), given = nonce) => {
  const answer = await region.app.inject({
    method: 'POST',
    url: '/v1/session/provider',
    payload: { idToken, nonce: given, device },
  });
  return answer.statusCode === 200
    ? answer.json<SignInResponse>()
    : `${answer.statusCode} ${answer.json<{ code: string }>().code}`;
};
const signInWith = async (otherwise: Content = {}, device?: TestDevice) =>
  send(await idp.idToken(claims(otherwise)), device);
const personOf = async (answer: ReturnType<typeof signInWith>): Promise<Person> => {
  const given = await answer;
  if (typeof given === 'string') throw new Error(given);
  return given.person;
};
const refused = '401 wrong-credentials';

describe('what the region says before anybody has signed in', () => {
  it('names the provider, and takes no account where they are off', async () => {
    const ways = await region.app.inject({ url: '/v1/sign-in-ways' });
    expect(ways.json()).toEqual({
      localAccounts: false,
      provider: {
        issuer: idp.issuer,
        clientId: idp.clientId,
        scope: 'openid profile',
      },
    });
    const person = await addPerson(test.db, `tili ${randomUUID()}`);
    expect((await signInAs(region, person)).statusCode).toBe(403);
    const plain = await testApp(test.db);
    expect((await plain.app.inject({ url: '/v1/sign-in-ways' })).json()).toEqual({
      localAccounts: true,
      provider: null,
    });
    const answer = await plain.app.inject({
      method: 'POST',
      url: '/v1/session/provider',
      payload: { idToken: 'x', nonce, device: newDevice() },
    });
    expect(answer.statusCode).toBe(404);
    await plain.app.close();
  });
});

describe('an id token', () => {
  it('lets its person in', async () => {
    expect(await personOf(signInWith())).toMatchObject({
      givenName: 'Ville',
      familyName: 'Saarela',
      profession: 'physiotherapist',
      taskClass: 'limited-health',
      duties: [],
      active: true,
    });
  });

  it.each<readonly [string, () => Content]>([
    ['expired', () => ({ iat: seconds() - 400, exp: seconds() - 90 })],
    ['not valid yet', () => ({ nbf: seconds() + 90 })],
    ['issued in the future', () => ({ iat: seconds() + 90 })],
    ['issued too long ago', () => ({ iat: seconds() - 700, exp: seconds() + 300 })],
    ['of somebody who showed themselves weeks ago', () => ({ auth_time: seconds() - 15 * 86_400 })],
    ['for another audience', () => ({ aud: 'another-client' })],
    ['for several audiences, asked by nobody', () => ({ aud: [idp.clientId, 'other'] })],
    ['for us and others, asked by another', () => ({ aud: [idp.clientId, 'other'], azp: 'other' })],
    ['asked by another', () => ({ azp: 'other' })],
    ['of another issuer', () => ({ iss: 'https://id.example' })],
    ['of nearly the same issuer', () => ({ iss: `${idp.issuer}/` })],
    ['with another nonce', () => ({ nonce: 'another nonce of it' })],
    ['without a nonce', () => ({ nonce: undefined })],
    ['without a subject', () => ({ sub: undefined })],
    ['without a subject worth the name', () => ({ sub: '' })],
    ['without an end', () => ({ exp: undefined })],
    ['without a beginning', () => ({ iat: undefined })],
    ['that is a logout token', () => ({ events: {} })],
  ])('is refused when it is %s', async (_what, otherwise) => {
    expect(await signInWith(otherwise())).toBe(refused);
  });

  it('may come from a clock that is a minute off, either way', async () => {
    for (const times of [
      { iat: seconds() + 55, nbf: seconds() + 55 },
      { iat: seconds() - 300, exp: seconds() - 55 },
    ]) {
      expect(await signInWith(times)).toMatchObject({ person: { active: true } });
    }
  });

  it('is asked for by us when it says so, though it is for others too', async () => {
    const answer = await signInWith({ aud: [idp.clientId, 'other'], azp: idp.clientId });
    expect(answer).toMatchObject({ person: { active: true } });
  });

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('without a signature, or signed with what everybody knows, is refused', async () => {
    const body = encode(claims());
    for (const alg of ['none', 'None', 'NONE']) {
      expect(await send(`${encode({ alg })}.${body}.`)).toBe(refused);
    }
    const publicJwk = idp.publicKey();
    const key = (await importJWK(publicJwk, 'RS256', { extractable: true })) as CryptoKey;
    const secrets = [await exportSPKI(key), JSON.stringify(publicJwk), publicJwk.n ?? ''];
    for (const [alg, hash] of [
      ['HS256', 'sha256'],
      ['HS512', 'sha512'],
    ] as const) {
      for (const secret of secrets) {
        const head = `${encode({ alg, kid: publicJwk.kid })}.${body}`;
        const signature = createHmac(hash, secret).update(head).digest('base64url');
        expect(await send(`${head}.${signature}`)).toBe(refused);
      }
    }
  });

  it('with a forged signature is refused, whatever key it names or brings', async () => {
    const other = await generateKeyPair('RS256', { extractable: true });
    const sign = (header: object) =>
      new SignJWT({ ...claims() })
        .setProtectedHeader({ alg: 'RS256', kid: idp.publicKey().kid ?? '', ...header })
        .sign(other.privateKey);
    expect(await send(await sign({}))).toBe(refused);
    expect(await send(await sign({ kid: 'unknown' }))).toBe(refused);
    expect(await send(await sign({ jku: 'https://evil.example/jwks' }))).toBe(refused);
    const good = await idp.idToken(claims());
    const [head, , signature] = good.split('.');
    expect(await send(`${head}.${encode(claims())}.${signature}`)).toBe(refused);
    expect(await send(good.slice(0, -2))).toBe(refused);
    expect(await send(`${head}..${signature}`)).toBe(refused);
    expect(await send('x')).toBe(refused);
    expect(await send('a.b.c.d.e')).toBe(refused);
  });

  it('is taken once: a copy is refused, also from the same device and in another writing', async () => {
    for (const content of [claims(), claims({ jti: randomUUID() })]) {
      const device = newDevice();
      const token = await idp.idToken(content);
      expect(typeof (await send(token, device))).toBe('object');
      expect(await send(token, device)).toBe(refused);
      expect(await send(token)).toBe(refused);
    }
    const both = await idp.idToken(claims());
    const answers = await Promise.all([send(both), send(both), send(both)]);
    expect(answers.filter((answer) => typeof answer === 'object')).toHaveLength(1);
  });

  it('is refused in no other words when its nonce is another', async () => {
    expect(await send(await idp.idToken(claims()), newDevice(), 'x'.repeat(43))).toBe(refused);
  });
});

describe('who it means', () => {
  it('is found again by issuer and subject, and brought up to date', async () => {
    const sub = `sub-${randomUUID()}`;
    const first = await personOf(signInWith({ sub }));
    const versionOf = async () =>
      (
        await test.db.query<{ version: number }>(
          'SELECT rights_version AS version FROM person WHERE id = $1',
          [first.id],
        )
      )[0]?.version ?? 0;
    const before = await versionOf();
    await personOf(signInWith({ sub }));
    expect(await versionOf()).toBe(before);
    const later = await personOf(
      signInWith({
        sub,
        family_name: 'Saarela-Koski',
        profession: 'nurse',
        task_classes: 'broad-health',
      }),
    );
    expect(later).toMatchObject({
      id: first.id,
      familyName: 'Saarela-Koski',
      profession: 'nurse',
      taskClass: 'broad-health',
    });
    expect(await versionOf()).toBeGreaterThan(before);
  });

  it('works in the units that the region knows, and leaves those that the provider drops', async () => {
    const sub = `sub-${randomUUID()}`;
    const units = await Promise.all(
      ['Kuntoutus', 'Kotihoito'].map(async (name) => {
        const id = testId();
        await test.db.query(
          `INSERT INTO unit (id, name, municipality, sector) VALUES ($1, $2, 'Koeseutu', 'health')`,
          [id, `${name} ${id}`],
        );
        return { id, name: `${name} ${id}` };
      }),
    );
    const [one, two] = units;
    if (!one || !two) throw new Error('No units');
    const both = await personOf(signInWith({ sub, units: [one.name, two.id, 'nowhere'] }));
    expect(both.unitId).toBe(one.id);
    expect(both.tasks.map(({ unitId, validTo }) => [unitId, validTo])).toEqual([
      [one.id, null],
      [two.id, null],
    ]);
    offsetMs = 3 * 86_400_000;
    const left = await personOf(signInWith({ sub, units: [two.id] }));
    expect(left.unitId).toBe(two.id);
    expect(left.tasks.map(({ unitId, validTo }) => [unitId, validTo === null])).toEqual([
      [one.id, false],
      [two.id, true],
    ]);
    // Which task class in which unit cannot be told: nobody is given more than was meant.
    const classes = ['limited-health', 'broad-health', 'arranging-social-services'];
    expect(await signInWith({ sub, units: [one.id, two.id], task_classes: classes })).toBe(
      '403 no-access',
    );
    const nowhere = await personOf(signInWith({ sub, units: [] }));
    expect(nowhere.unitId).toBeNull();
  });

  it('is nobody known by name alone: two people may share it', async () => {
    const known = await addPerson(test.db, `sama ${randomUUID()}`, {
      givenName: 'Anna',
      familyName: 'Virtanen',
    });
    const first = await personOf(signInWith({ given_name: 'Anna', family_name: 'Virtanen' }));
    const second = await personOf(signInWith({ given_name: 'Anna', family_name: 'Virtanen' }));
    expect(new Set([known.personId, first.id, second.id]).size).toBe(3);
  });

  it('is somebody known by register number whose names agree, and otherwise refused', async () => {
    const number = `0${Date.now()}`;
    const { personId } = await addPerson(test.db, `numero ${randomUUID()}`, {
      givenName: 'Liisa',
      familyName: 'Koski',
      registerNumber: number,
    });
    const numbered = { register_number: number };
    expect(await signInWith({ ...numbered, given_name: 'Leena', family_name: 'Koski' })).toBe(
      '403 no-access',
    );
    const found = await personOf(
      signInWith({ ...numbered, given_name: 'LIISA', family_name: 'Koski' }),
    );
    expect(found.id).toBe(personId);
    // A number that two have tells nobody apart.
    await addPerson(test.db, `kaksi ${randomUUID()}`, {
      givenName: 'Liisa',
      familyName: 'Koski',
      registerNumber: number,
    });
    expect(await signInWith({ ...numbered, given_name: 'Liisa', family_name: 'Koski' })).toBe(
      '403 no-access',
    );
  });

  it.each<readonly [string, Content]>([
    ['an unknown profession', { profession: 'wizard' }],
    ['no profession', { profession: undefined }],
    ['an unknown task class', { task_classes: ['all-of-it'] }],
    ['no task class', { task_classes: undefined }],
    ['no name', { given_name: undefined }],
    ['a name that cannot be stored', { family_name: 'a\u0000b' }],
    ['a name that is a list', { family_name: ['Saarela'] }],
  ])('is not let in with %s', async (_what, otherwise) => {
    expect(await signInWith(otherwise)).toBe('403 no-access');
  });

  it('is given no duty by the provider', async () => {
    const person = await personOf(signInWith({ duties: ['administrator'], duty: 'administrator' }));
    expect(person.duties).toEqual([]);
  });

  it('stays out when the region has made them inactive', async () => {
    const sub = `sub-${randomUUID()}`;
    const { id } = await personOf(signInWith({ sub }));
    await test.db.query('UPDATE person SET active = false WHERE id = $1', [id]);
    expect(await signInWith({ sub })).toBe('403 no-access');
    expect((await findPerson(test.db, id))?.active).toBe(false);
  });

  it('is one person, however often they come for the first time at once', async () => {
    const sub = `sub-${randomUUID()}`;
    const people = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        personOf(signInWith({ sub, jti: `${sub}-${index}` })),
      ),
    );
    expect(new Set(people.map(({ id }) => id)).size).toBe(1);
  });
});

describe('a revoked device', () => {
  it('is refused with a good proof too', async () => {
    const sub = `sub-${randomUUID()}`;
    const device = newDevice();
    await personOf(signInWith({ sub }, device));
    await test.db.query('UPDATE device SET revoked_at = now() WHERE id = $1', [device.id]);
    expect(await signInWith({ sub }, device)).toBe('403 device-revoked');
  });
});

describe('the provider’s keys', () => {
  it('may change at any time: an unknown one is asked for, at most every 30 seconds', async () => {
    await personOf(signInWith());
    await idp.rotateKeys();
    // The keys were asked for a moment ago.
    expect(await signInWith()).toBe(refused);
    offsetMs = 31_000;
    await personOf(signInWith());
    const asked = idp.keysAsked();
    const other = await generateKeyPair('RS256');
    for (let round = 0; round < 20; round += 1) {
      const forged = await new SignJWT({ ...claims() })
        .setProtectedHeader({ alg: 'RS256', kid: `unknown-${round}` })
        .sign(other.privateKey);
      expect(await send(forged)).toBe(refused);
    }
    expect(idp.keysAsked()).toBe(asked);
    offsetMs = 62_000;
    const forged = await new SignJWT({ ...claims() })
      .setProtectedHeader({ alg: 'RS256', kid: 'unknown' })
      .sign(other.privateKey);
    expect(await send(forged)).toBe(refused);
    expect(idp.keysAsked()).toBe(asked + 1);
  });

  it('count for an hour while it does not answer, and nobody is refused for that', async () => {
    await personOf(signInWith());
    const [soon, late] = [30 * 60_000, 70 * 60_000];
    offsetMs = soon;
    const inTime = await idp.idToken(claims());
    offsetMs = late;
    const tooLate = await idp.idToken(claims());
    await idp.stop();
    offsetMs = soon;
    expect(typeof (await send(inTime))).toBe('object');
    offsetMs = late;
    expect(await send(tooLate)).toBe('503 unavailable');
    await idp.start();
    offsetMs = late + 40_000;
    expect(typeof (await send(tooLate))).toBe('object');
  });
});

describe('the provider’s logout', () => {
  const me = async (token: string) =>
    (await region.app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${token}` } }))
      .statusCode;
  const logout = async (otherwise: Content) => {
    const token = await idp.idToken(
      {
        iss: idp.issuer,
        aud: idp.clientId,
        iat: seconds(),
        exp: seconds() + 120,
        jti: randomUUID(),
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
        ...otherwise,
      },
      { typ: 'logout+jwt' },
    );
    return { token, status: await post(token) };
  };
  const post = async (token: string) =>
    (
      await region.app.inject({
        method: 'POST',
        url: '/v1/oidc/logout',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ logout_token: token }).toString(),
      })
    ).statusCode;
  const signedIn = async (otherwise: Content) => {
    const answer = await signInWith(otherwise);
    if (typeof answer === 'string') throw new Error(answer);
    return answer.token;
  };

  it('ends that subject’s sessions, or the one that it names, and no other', async () => {
    const [sub, other] = [`sub-${randomUUID()}`, `sub-${randomUUID()}`];
    const [one, two, theirs] = [
      await signedIn({ sub, sid: 'one' }),
      await signedIn({ sub, sid: 'two' }),
      await signedIn({ sub: other, sid: 'three' }),
    ];
    expect((await logout({ sub, sid: 'one' })).status).toBe(200);
    expect([await me(one), await me(two), await me(theirs)]).toEqual([401, 200, 200]);
    expect((await logout({ sub })).status).toBe(200);
    expect([await me(two), await me(theirs)]).toEqual([401, 200]);
    expect((await logout({ sid: 'three' })).status).toBe(200);
    expect(await me(theirs)).toBe(401);
  });

  it('is believed only by its own kind of token, once', async () => {
    const sub = `sub-${randomUUID()}`;
    const token = await signedIn({ sub });
    const wrong: readonly Content[] = [
      { sub, events: {} },
      { sub, events: undefined },
      { sub, nonce },
      { sub, jti: undefined },
      { sub, aud: 'other' },
      { sub, iss: 'https://id.example' },
      { sub, exp: seconds() - 61, iat: seconds() - 100 },
      {},
    ];
    for (const content of wrong) expect((await logout(content)).status).toBe(400);
    expect(await post(await idp.idToken(claims({ sub })))).toBe(400);
    expect(await post('')).toBe(400);
    expect(await me(token)).toBe(200);
    const told = await logout({ sub });
    expect([told.status, await me(token)]).toEqual([200, 401]);
    const again = await signedIn({ sub });
    expect(await post(told.token)).toBe(400);
    expect(await me(again)).toBe(200);
  });
});
