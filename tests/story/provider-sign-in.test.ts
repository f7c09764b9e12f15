import { readFileSync, readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallOutput } from '#shared/contract/calls.ts';
import { startNodeCore } from '#main/hosts/node/node-core.ts';
import { withTransaction } from '#server/db/pool.ts';
import { revokeDevice } from '#server/region/identity/devices.ts';
import { withProvider } from '#server/region/identity/identity.ts';
import { sessionLimits } from '#server/region/identity/sessions.ts';
import { startIdentityProvider, type IdentityProvider } from '../region/identity-provider.ts';
import { addPerson, testApp, type TestApp } from '../region/test-app.ts';
import { testDatabase, type TestDatabase } from '../region/test-database.ts';
import { cheapArgon2, eventually, newDeskFolder, syncedStatus, type TestDesk } from './desks.ts';

const secret = 'lumikenkäpolku kotiin';

let database: TestDatabase;
let idp: IdentityProvider;
let region: TestApp;
let regionUrl: string;
/** The region's clock may run ahead; the provider's is the computer's. */
let offsetMs = 0;
let number = 0;
let subject: string;
const ends: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  database = await testDatabase();
  idp = await startIdentityProvider();
  const now = () => new Date(Date.now() + offsetMs);
  const { issuer, clientId } = idp;
  region = await testApp(database.db, {
    now,
    sessionLimits,
    identity: withProvider({ issuer, clientId, audience: clientId }, true, now),
  });
  await region.app.listen({ host: '127.0.0.1', port: 0 });
  regionUrl = `http://127.0.0.1:${(region.app.server.address() as AddressInfo).port}`;
  await idp.tellLogoutsTo(`${regionUrl}/v1/oidc/logout`);
});
afterAll(async () => {
  region.app.server.closeAllConnections();
  await region.app.close();
  await idp.stop();
  await database.close();
});
beforeEach(() => {
  offsetMs = 0;
  subject = `ville-${(number += 1)}`;
  idp.setAccount(subject, {
    given_name: 'Ville',
    family_name: `Saarela ${number}`,
    profession: 'physiotherapist',
    task_classes: ['limited-health'],
  });
});
afterEach(async () => {
  for (let end = ends.pop(); end; end = ends.pop()) await end();
});

type ProviderDesk = TestDesk & {
  /** Addresses that the system's browser was asked to open. */
  readonly opened: string[];
};

const startDesk = (folder = newDeskFolder()): ProviderDesk => {
  const opened: string[] = [];
  const core = startNodeCore({
    dataFolder: folder.folder,
    regionUrl,
    argon2: cheapArgon2,
    openBrowser: (url) => {
      opened.push(url);
      return Promise.resolve(true);
    },
  });
  ends.push(folder.remove, core.close);
  const call: TestDesk['call'] = (name, input) => core.handlers[name](input);
  return {
    folder: folder.folder,
    opened,
    call,
    get: async (name, input) => {
      const answer = await call(name, input);
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
    close: core.close,
  };
};

const begin = (desk: ProviderDesk, language: 'fi' | 'sv' | 'en' = 'fi') =>
  desk.get('session.beginProvider', { language });
const stateOf = (desk: ProviderDesk, attemptId: string) =>
  desk.get('session.providerState', { attemptId });
const codeOf = (answer: { ok: boolean; error?: { code: string } }) =>
  answer.ok ? 'ok' : (answer.error?.code ?? '');

/** The whole way of somebody at the browser; the desk then waits for their secret. */
const proven = async (
  desk: ProviderDesk,
  who = subject,
): Promise<{
  readonly attemptId: string;
  readonly back: string;
  readonly state: CallOutput<'session.providerState'>;
}> => {
  const { attemptId, url } = await begin(desk);
  const back = await idp.signIn(url, who);
  await fetch(back);
  return { attemptId, back, state: await stateOf(desk, attemptId) };
};

const signedIn = async (desk: ProviderDesk = startDesk()): Promise<ProviderDesk> => {
  const { attemptId } = await proven(desk);
  await desk.get('session.completeProvider', { attemptId, secret });
  await syncedStatus(desk);
  return desk;
};

const sessionsOf = (who = subject) =>
  database.db.query<{ id: string; deviceId: string; living: boolean }>(
    `SELECT id, device_id AS "deviceId", ended_at IS NULL AS living FROM session
     WHERE subject = $1 ORDER BY created_at, id`,
    [who],
  );
const personId = async (desk: ProviderDesk) => {
  const { person } = await desk.get('session.state', {});
  if (!person) throw new Error('Nobody is at the desk');
  return person.id;
};

describe('signing in with the region’s identity provider', () => {
  it('goes by the system’s browser to an open desk, with a case file under an own secret', async () => {
    const desk = startDesk();
    expect(await desk.get('session.ways', {})).toEqual({
      localAccounts: true,
      provider: { host: new URL(idp.issuer).host },
    });
    const begun = await begin(desk);
    expect(begun.opened).toBe(true);
    expect(desk.opened).toEqual([begun.url]);
    const asked = new URL(begun.url).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: idp.clientId,
      code_challenge_method: 'S256',
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/u),
    });
    expect(await stateOf(desk, begun.attemptId)).toEqual({ state: 'waiting' });
    const page = await fetch(await idp.signIn(begun.url, subject));
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('Tunnistautuminen onnistui');
    expect(text).not.toContain('<script');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const { attemptId } = begun;
    expect(await stateOf(desk, attemptId)).toEqual({
      state: 'ready',
      name: `Ville Saarela ${number}`,
      needsSecret: 'new',
    });
    const complete = (typed: string) =>
      desk.call('session.completeProvider', { attemptId, secret: typed });
    expect(codeOf(await complete('lyhyt sana'))).toBe('secret-too-short');
    expect(await complete(secret)).toMatchObject({
      ok: true,
      value: { state: 'open', person: { familyName: `Saarela ${number}` } },
    });
    await syncedStatus(desk);
    expect(codeOf(await complete(secret))).toBe('provider-attempt-over');
    // The tokens lie in the encrypted file and nowhere else.
    await desk.get('session.lock', {});
    const people = path.join(desk.folder, 'people');
    const [own = ''] = readdirSync(people);
    for (const name of readdirSync(path.join(people, own))) {
      expect(readFileSync(path.join(people, own, name)).toString('latin1')).not.toMatch(
        /eyJ[A-Za-z0-9_-]{20}|refresh/iu,
      );
    }
  });

  it('opens the case file that is here with its own secret, and begins a session for its device', async () => {
    const desk = await signedIn();
    const id = await personId(desk);
    await desk.get('session.lock', {});
    const { attemptId, state } = await proven(desk);
    expect(state).toMatchObject({ state: 'ready', needsSecret: 'existing' });
    expect(
      codeOf(await desk.call('session.completeProvider', { attemptId, secret: 'väärä lause' })),
    ).toBe('case-file-wrong-secret');
    await desk.get('session.completeProvider', { attemptId, secret });
    await syncedStatus(desk);
    expect(await personId(desk)).toBe(id);
    const sessions = await sessionsOf();
    expect(new Set(sessions.map(({ deviceId }) => deviceId)).size).toBe(1);
    expect(sessions.filter(({ living }) => living)).toHaveLength(1);
    // Without a network the secret alone opens it.
    await desk.get('session.lock', {});
    await desk.get('session.unlock', { personId: id, secret });
    expect(await syncedStatus(desk)).toMatchObject({ state: 'idle' });
  });

  it('finds the case file of a local account, and its device', async () => {
    const registerNumber = `1${Date.now()}`;
    const names = { givenName: 'Liisa', familyName: 'Koski' };
    const local = await addPerson(database.db, `liisa ${subject}`, { ...names, registerNumber });
    const desk = startDesk();
    await desk.get('session.signIn', { login: local.login, secret: local.secret });
    await syncedStatus(desk);
    await desk.get('session.lock', {});
    idp.setAccount(subject, {
      given_name: 'Liisa',
      family_name: 'Koski',
      register_number: registerNumber,
    });
    const { attemptId, state } = await proven(desk);
    expect(state).toMatchObject({ state: 'ready', needsSecret: 'existing' });
    await desk.get('session.completeProvider', { attemptId, secret: local.secret });
    await syncedStatus(desk);
    expect(await personId(desk)).toBe(local.personId);
    const living = (await sessionsOf()).filter((session) => session.living);
    expect(living).toHaveLength(1);
  });

  it.each([
    ['fi', 'Tunnistautuminen ei onnistunut'],
    ['sv', 'Identifieringen lyckades inte'],
    ['en', 'You could not be identified'],
  ] as const)('says in %s when the person says no', async (language, words) => {
    const desk = startDesk();
    const { attemptId, url } = await begin(desk, language);
    const page = await fetch(await idp.refuse(url));
    expect(await page.text()).toContain(words);
    expect(await stateOf(desk, attemptId)).toEqual({
      state: 'failed',
      problem: { code: 'provider-denied' },
    });
  });

  it('says that the region has no place for somebody whom the provider knows', async () => {
    idp.setAccount(subject, { given_name: 'Ville', family_name: 'Saarela', profession: 'wizard' });
    const { state } = await proven(startDesk());
    expect(state).toEqual({ state: 'failed', problem: { code: 'provider-no-access' } });
  });

  it('says that the provider does not answer', async () => {
    const desk = startDesk();
    await idp.stop();
    const answer = await desk.call('session.beginProvider', { language: 'fi' });
    await idp.start();
    expect(codeOf(answer)).toBe('provider-away');
  });
});

describe('the way back from the browser', () => {
  it('with a foreign state, or none, is shown a plain page and changes nothing', async () => {
    const desk = startDesk();
    const { attemptId, url } = await begin(desk, 'en');
    const back = new URL(await idp.signIn(url, subject));
    const foreign: readonly ((address: URL) => void)[] = [
      (address) => address.searchParams.set('state', 'foreign'),
      (address) => address.searchParams.delete('state'),
      (address) => address.searchParams.append('state', 'second'),
      (address) => {
        address.search = '?error=access_denied&state=x';
      },
      (address) => {
        address.pathname = '/other';
      },
    ];
    for (const change of foreign) {
      const address = new URL(back);
      change(address);
      const page = await fetch(address);
      expect([400, 404]).toContain(page.status);
      expect(await page.text()).toContain('Nothing was done.');
      expect(await stateOf(desk, attemptId)).toEqual({ state: 'waiting' });
    }
    expect((await fetch(back, { method: 'POST' })).status).toBe(404);
    await fetch(back);
    expect(await stateOf(desk, attemptId)).toMatchObject({ state: 'ready' });
  });

  it('is taken once, and a code that was used is worth nothing at another attempt', async () => {
    const desk = startDesk();
    const first = await proven(desk);
    await expect(fetch(first.back)).rejects.toThrow('fetch failed');
    const second = await begin(desk);
    const replay = new URL(second.url);
    const address = new URL(replay.searchParams.get('redirect_uri') ?? '');
    address.search = new URL(first.back).search;
    address.searchParams.set('state', replay.searchParams.get('state') ?? '');
    const page = await fetch(address);
    expect(page.status).toBe(400);
    expect(await stateOf(desk, second.attemptId)).toMatchObject({
      state: 'failed',
      problem: { code: 'provider-refused' },
    });
  });

  it('leads nowhere once the attempt was cancelled, or another has begun', async () => {
    const desk = startDesk();
    const first = await begin(desk);
    const second = await begin(desk);
    expect(codeOf(await desk.call('session.providerState', { attemptId: first.attemptId }))).toBe(
      'provider-attempt-over',
    );
    const back = await idp.signIn(second.url, subject);
    await desk.get('session.cancelProvider', { attemptId: second.attemptId });
    await expect(fetch(back)).rejects.toThrow('fetch failed');
    expect(
      codeOf(await desk.call('session.completeProvider', { attemptId: second.attemptId, secret })),
    ).toBe('provider-attempt-over');
  });
});

describe('a session by the provider', () => {
  it('is renewed without anybody noticing when the short token runs out', async () => {
    const desk = await signedIn();
    offsetMs = 11 * 60_000;
    const before = (await desk.get('sync.status', {})).lastCompletePull ?? 0;
    await desk.get('sync.now', {});
    await eventually('a pull after the token ran out', async () => {
      const status = await desk.get('sync.status', {});
      return status.state === 'idle' && (status.lastCompletePull ?? 0) > before;
    });
    expect(await sessionsOf()).toHaveLength(1);
  });

  it('that has ended is begun anew by the provider’s word, while that still vouches', async () => {
    const desk = await signedIn();
    await database.db.query('UPDATE session SET ended_at = now() WHERE subject = $1', [subject]);
    await desk.get('sync.now', {});
    await eventually('another session', async () => {
      const sessions = await sessionsOf();
      return sessions.length === 2 && sessions.filter(({ living }) => living).length === 1;
    });
    expect(await syncedStatus(desk)).toMatchObject({ state: 'idle' });
  });

  it('goes on when the provider has changed its keys', async () => {
    const desk = await signedIn();
    await idp.rotateKeys();
    offsetMs = 40_000;
    await database.db.query('UPDATE session SET ended_at = now() WHERE subject = $1', [subject]);
    await desk.get('sync.now', {});
    const living = await eventually('another session', async () =>
      (await sessionsOf()).find((session) => session.living),
    );
    expect(living).toBeDefined();
  });

  it('ends for a device that was revoked, and its next request is refused', async () => {
    const desk = await signedIn();
    const [session] = await sessionsOf();
    await withTransaction(database.db, (tx) =>
      revokeDevice(tx, session?.deviceId ?? '', new Date()),
    );
    await desk.get('sync.now', {});
    const status = await eventually('barred', async () => {
      const now = await desk.get('sync.status', {});
      return now.problem === 'device-revoked' && now;
    });
    expect(status).toMatchObject({ state: 'trouble', lease: { isOver: true } });
    expect((await sessionsOf()).some(({ living }) => living)).toBe(false);
  });

  it('ends at the region, on this computer and at the provider when the person signs out', async () => {
    const desk = await signedIn();
    const id = await personId(desk);
    desk.opened.length = 0;
    expect(await desk.get('session.signOut', {})).toMatchObject({ state: 'locked' });
    expect((await sessionsOf()).some(({ living }) => living)).toBe(false);
    const [url = ''] = desk.opened;
    expect(url).toContain(`${idp.issuer}/session/end?id_token_hint=`);
    await desk.get('session.unlock', { personId: id, secret });
    await eventually('signed out', async () => {
      const status = await desk.get('sync.status', {});
      return status.state === 'signed-out';
    });
  });

  it('ends when the person leaves the provider elsewhere: the provider tells the region', async () => {
    const desk = await signedIn();
    await idp.browse(`${idp.issuer}/session/end`);
    await eventually('the session ended', async () =>
      (await sessionsOf()).every(({ living }) => !living),
    );
    // The provider no longer vouches either: the person signs in again.
    await desk.get('sync.now', {});
    const status = await eventually('signed out', async () => {
      const now = await desk.get('sync.status', {});
      return now.state === 'signed-out' && now;
    });
    expect(status.problem).toBeNull();
  });
});
