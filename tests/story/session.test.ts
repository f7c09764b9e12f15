import {
  closeSync,
  copyFileSync,
  ftruncateSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCaseFile } from '#main/db/file/open-case-file.ts';
import { foundClient, type WireDevice } from '../region/wire-device.ts';
import type { TestPerson } from '../region/test-app.ts';
import { eventually, newDeskFolder, startTestDesk, syncedStatus, type TestDesk } from './desks.ts';
import { startLossyProxy, type LossyProxy } from './lossy-proxy.ts';
import { startRegionWorld, type RegionWorld } from './region-world.ts';

let world: RegionWorld;
let founder: WireDevice;
let line: LossyProxy;
const folders: (() => void)[] = [];
const open: TestDesk[] = [];

beforeAll(async () => {
  world = await startRegionWorld();
  founder = await world.wire(await world.newPerson('perustaja'));
  const address = world.region().app.server.address();
  line = await startLossyProxy(typeof address === 'object' && address ? address.port : 0);
});
afterAll(async () => {
  for (const desk of open) await desk.close();
  await line.close();
  await world.end();
  for (const remove of folders) remove();
});

const startDesk = (folder?: string): TestDesk => {
  const made = folder === undefined ? newDeskFolder() : { folder, remove: () => {} };
  folders.push(made.remove);
  const desk = startTestDesk(made.folder, line.url);
  open.push(desk);
  return desk;
};
let number = 0;
const signedIn = async (): Promise<{ readonly desk: TestDesk; readonly person: TestPerson }> => {
  const person = await world.newPerson(`henkilo${(number += 1)}`);
  const desk = startDesk();
  await desk.get('session.signIn', { login: person.login, secret: person.secret });
  await syncedStatus(desk);
  return { desk, person };
};
const caseFileOf = ({ folder }: TestDesk, { personId }: TestPerson): string =>
  path.join(folder, 'people', personId, 'case.db');
const unlock = (desk: TestDesk, { personId, secret }: TestPerson, typed = secret) =>
  desk.call('session.unlock', { personId, secret: typed });

describe('opening what is on this computer', () => {
  it('a wrong secret opens nothing, with or without a network, and changes nothing', async () => {
    const { desk, person } = await signedIn();
    await desk.get('session.lock', {});
    for (const online of [true, false]) {
      line.setOnline(online);
      expect(await unlock(desk, person, 'arvaus')).toMatchObject({
        ok: false,
        error: { code: 'case-file-wrong-secret' },
      });
      expect(
        await desk.call('session.signIn', { login: person.login, secret: 'arvaus' }),
      ).toMatchObject({ ok: false, error: { code: 'case-file-wrong-secret' } });
    }
    // Without a network the right secret opens it: the region is asked later.
    expect(
      await desk.call('session.signIn', { login: person.login, secret: person.secret }),
    ).toMatchObject({ ok: true, value: { state: 'open' } });
    line.setOnline(true);
    await desk.get('sync.now', {});
    await syncedStatus(desk);
  });

  type Harm = (file: string) => void;
  const cut =
    (bytes: number): Harm =>
    (file) => {
      const handle = openSync(file, 'r+');
      ftruncateSync(handle, bytes);
      closeSync(handle);
    };
  const flip = (file: string): void => {
    const handle = openSync(file, 'r+');
    for (let at = 100; at < statSync(file).size; at += 512) writeSync(handle, 'vika', at);
    closeSync(handle);
  };
  it.each<readonly [string, Harm, RegExp]>([
    ['empty', cut(0), /^case-file-empty$/u],
    ['cut short', cut(700), /^case-file-damaged$/u],
    ['damaged', flip, /^case-file-(damaged|not-a-case-file|key-header-of-another-file)$/u],
    ['gone', (file) => rmSync(file), /^case-file-absent$/u],
    [
      'without its key',
      (file) => rmSync(file.replace(/\.db$/u, '.key.json')),
      /^case-file-.*key-header/u,
    ],
    [
      'no database of ours',
      (file) => copyFileSync(path.join(import.meta.dirname, 'session.test.ts'), file),
      /^case-file-(damaged|not-a-case-file|key-header-of-another-file)$/u,
    ],
  ])('a case file that is %s says so, and nothing is made in its place', async (_, harm, code) => {
    const { desk, person } = await signedIn();
    await desk.get('session.lock', {});
    const file = caseFileOf(desk, person);
    harm(file);
    const before = readdirSync(path.dirname(file)).toSorted();
    const answer = await unlock(desk, person);
    expect(answer.ok ? 'opened' : answer.error.code).toMatch(code);
    expect(readdirSync(path.dirname(file)).toSorted()).toEqual(before);
  });

  it('a newer file asks for the newer program', async () => {
    const { desk, person } = await signedIn();
    await desk.get('session.lock', {});
    const opened = await openCaseFile({
      path: caseFileOf(desk, person),
      secrets: { secret: person.secret, keyChainSecret: null },
    });
    if (!opened.ok) throw new Error(opened.error.kind);
    opened.value.db.execute('PRAGMA user_version = 9999');
    opened.value.close();
    const answer = await unlock(desk, person);
    expect(answer).toMatchObject({ ok: false });
    expect(!answer.ok && answer.error.code).toMatch(/^case-file-(newer|from-the-future|too-new)/u);
  });

  it('a second program on the same file is told so; the first goes on', async () => {
    const { desk, person } = await signedIn();
    const second = startDesk(desk.folder);
    expect(await unlock(second, person)).toMatchObject({
      ok: false,
      error: { code: expect.stringMatching(/^case-file-(in-use|open-elsewhere|locked|already)/u) },
    });
    await syncedStatus(desk);
  });

  it('another person’s file under one’s own name does not open', async () => {
    const { desk, person } = await signedIn();
    await desk.get('session.lock', {});
    const other = await world.newPerson(`henkilo${(number += 1)}`);
    await desk.get('session.signIn', { login: other.login, secret: other.secret });
    await desk.get('session.lock', {});
    const [mine, theirs] = [
      path.dirname(caseFileOf(desk, person)),
      path.dirname(caseFileOf(desk, other)),
    ];
    for (const name of readdirSync(theirs).filter((name) => name.startsWith('case'))) {
      renameSync(path.join(theirs, name), path.join(mine, name));
    }
    expect(await unlock(desk, { ...person, secret: other.secret })).toMatchObject({
      ok: false,
      error: { code: 'case-file-not-a-case-file' },
    });
  });

  it('somebody whose card was lost signs in by login and has the same file', async () => {
    const { desk, person } = await signedIn();
    const { caseId } = await foundClient(founder);
    await world.letIn(founder, caseId, person);
    await eventually(
      'the client',
      async () => (await desk.call('clients.open', { caseId, from: 'list' })).ok,
    );
    await desk.get('session.lock', {});
    rmSync(path.join(path.dirname(caseFileOf(desk, person)), 'card.json'));
    expect(await unlock(desk, person)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    await desk.get('session.signIn', { login: person.login, secret: person.secret });
    expect((await desk.call('clients.open', { caseId, from: 'list' })).ok).toBe(true);
  });
});

describe('the region at sign-in', () => {
  it('is needed by somebody new here: away, wrong credentials and slow-down are told apart', async () => {
    const person = await world.newPerson('uusi henkilo');
    const desk = startDesk();
    const signIn = (secret: string) => desk.call('session.signIn', { login: person.login, secret });
    line.setOnline(false);
    expect(await signIn(person.secret)).toMatchObject({
      ok: false,
      error: { code: 'region-offline' },
    });
    line.setOnline(true);
    line.decide(() => 'html');
    expect(await signIn(person.secret)).toMatchObject({ error: { code: 'region-not-a-region' } });
    line.decide(() => 'error-502');
    expect(await signIn(person.secret)).toMatchObject({ error: { code: 'region-server-trouble' } });
    line.decide(() => 'pass');
    const codes = new Set<string>();
    await eventually('slowed down', async () => {
      const answer = await signIn('arvaus');
      if (answer.ok) return false;
      codes.add(answer.error.code);
      return (
        answer.error.code === 'region-slow-down' && answer.error.retryAfterSeconds !== undefined
      );
    });
    expect([...codes]).toEqual(['region-wrong-credentials', 'region-slow-down']);
    expect(await desk.get('session.state', {})).toMatchObject({ state: 'locked' });
  });

  it('D2 scenario 19: a session ended by the server while somebody works loses nothing', async () => {
    const { desk, person } = await signedIn();
    const { caseId } = await foundClient(founder);
    await world.letIn(founder, caseId, person);
    await eventually(
      'the client',
      async () => (await desk.call('clients.open', { caseId, from: 'list' })).ok,
    );
    const view = await desk.get('clients.open', { caseId, from: 'list' });
    await world.database.db.query('UPDATE session SET ended_at = now() WHERE person_id = $1', [
      person.personId,
    ]);
    const need = view.records.find((record) => record.kind === 'need');
    if (!need) throw new Error('No need');
    await desk.get('records.write', {
      caseId,
      edits: [
        {
          recordId: need.id,
          kind: 'need',
          compartment: need.compartment,
          group: 'client-words',
          value: { text: 'Istunto päättyi.' },
          basedOn: [],
        },
      ],
    });
    const told = await eventually('signed out', async () => {
      const status = await desk.get('sync.status', {});
      return status.state === 'signed-out' && status;
    });
    expect(told).toMatchObject({ waiting: 1, regionHasAll: false, lease: { isOver: true } });
    // A10: nothing is shown until the region has let the person in again.
    expect(await desk.call('clients.open', { caseId, from: 'list' })).toMatchObject({
      error: { code: 'lease-over' },
    });
    // Another person signs in meanwhile: the work waits under its own key, and is not sent by them.
    const other = await world.newPerson(`henkilo${(number += 1)}`);
    await desk.get('session.signIn', { login: other.login, secret: other.secret });
    await syncedStatus(desk);
    const { people, person: now } = await desk.get('session.state', {});
    expect(now?.id).toBe(other.personId);
    expect(people.find((known) => known.personId === person.personId)?.waiting).toBe(1);
    expect((await desk.get('sync.outbox', { limit: 10 })).rows).toEqual([]);
    expect((await unlock(desk, person)).ok).toBe(true);
    expect(await syncedStatus(desk)).toMatchObject({ waiting: 0, lease: { isOver: false } });
    expect((await desk.call('clients.open', { caseId, from: 'list' })).ok).toBe(true);
  });

  it('two sign-ins at once end with one person at the desk', async () => {
    const desk = startDesk();
    const people = [await world.newPerson('yhtaikaa 1'), await world.newPerson('yhtaikaa 2')];
    await Promise.all(
      people.map(({ login, secret }) => desk.call('session.signIn', { login, secret })),
    );
    await syncedStatus(desk);
    expect((await desk.get('session.state', {})).person?.id).toBe(people[1]?.personId);
    for (const person of people) expect((await unlock(desk, person)).ok).toBe(true);
  });
});

describe('setting aside', () => {
  it('D2 the unsent work of a file set aside is taken over by the new one', async () => {
    const { desk, person } = await signedIn();
    const { caseId } = await foundClient(founder);
    await world.letIn(founder, caseId, person);
    await eventually(
      'the client',
      async () => (await desk.call('clients.open', { caseId, from: 'list' })).ok,
    );
    line.setOnline(false);
    const need = (await desk.get('clients.open', { caseId, from: 'list' })).records.find(
      (record) => record.kind === 'need',
    );
    if (!need) throw new Error('No need');
    const written = await desk.get('records.write', {
      caseId,
      edits: [
        {
          recordId: need.id,
          kind: 'need',
          compartment: need.compartment,
          group: 'client-words',
          value: { text: 'Vain tässä tiedostossa.' },
          basedOn: [],
        },
      ],
    });
    await desk.get('session.lock', {});
    expect(await desk.get('session.setAside', { personId: person.personId })).toMatchObject({
      waiting: 1,
    });
    line.setOnline(true);
    await desk.get('session.signIn', { login: person.login, secret: person.secret });
    await eventually('sent from the new file', async () => {
      const rows = await world.database.db.query(
        'SELECT 1 AS one FROM change_log WHERE change_id = $1',
        [written.changes[0]?.changeId],
      );
      return rows.length === 1;
    });
    await syncedStatus(desk);
    const view = await desk.get('clients.open', { caseId, from: 'list' });
    expect(
      view.records.find((record) => record.id === need.id)?.groups['client-words'],
    ).toMatchObject({ value: { text: 'Vain tässä tiedostossa.' } });
  });
});
