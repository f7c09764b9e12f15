import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/domain/change.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { headsOf } from '#shared/sync/heads.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import { limits, protocolVersion } from '#shared/protocol/version.ts';
import {
  addPerson,
  testApp,
  testId,
  type TestApp,
  type TestPerson,
} from '../../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/region/test-database.ts';
import {
  foundClient,
  grantOf,
  membership,
  wireDevice,
  wordOf,
  type PullAnswer,
  type WireDevice,
} from '../../../../tests/region/wire-device.ts';

let database: TestDatabase;
let region: TestApp;
let kaisa: WireDevice;
let people = 0;

beforeAll(async () => {
  database = await testDatabase();
  region = await testApp(database.db);
  kaisa = await newcomer();
});
afterAll(async () => {
  await region.app.close();
  await database.close();
});

const newPerson = (): Promise<TestPerson> => addPerson(database.db, `henkilo${(people += 1)}`);
const newcomer = async (): Promise<WireDevice> => wireDevice(region, await newPerson());

const pageOf = (answer: PullAnswer) => {
  if (!answer.ok) throw new Error(`pull: ${answer.code}`);
  return answer.page;
};
const codeOf = (answer: PullAnswer): string => (answer.ok ? 'ok' : answer.code);
const idsOf = (changes: Iterable<{ readonly change: Change }>): readonly Id[] =>
  [...changes].map(({ change }) => change.id);

/** Lets the device's person into the client. */
const letIn = async (device: WireDevice, caseId: Id, validTo: string | null = null) => {
  const given = membership(kaisa, caseId, { personId: device.person.personId, validTo });
  await kaisa.push(given);
  return given;
};

const removeMembership = async (given: Change) => {
  const removal = kaisa.change({
    caseId: given.caseId,
    recordId: given.recordId,
    kind: 'membership',
    group: 'existence',
    value: { state: 'removed', reason: 'Päättyi.', covers: [given.id] },
  });
  await kaisa.push(removal);
  return removal;
};

describe('L2 the cursor', () => {
  it('L2 is the device’s own: another’s, a garbled one, one from the future or another epoch is refused', async () => {
    const mine = await newcomer();
    const theirs = await newcomer();
    const { cursor } = await mine.pullAll();
    const { cursor: other } = await theirs.pullAll();
    const inside = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as object;
    const rewritten = (change: object) =>
      Buffer.from(JSON.stringify({ ...inside, ...change })).toString('base64url');
    for (const bad of [
      other,
      '',
      'roskaa',
      `${cursor}x`.slice(3),
      rewritten({ seq: 1e9 }),
      rewritten({ seq: -1 }),
      rewritten({ epoch: randomUUID() }),
      rewritten({ device: theirs.id }),
      rewritten({ page: 'ffffffffffffffff' }),
      rewritten({ extra: 1 }),
    ]) {
      expect(codeOf(await mine.pull({ cursor: bad })), bad).toBe('bad-cursor');
    }
    expect(codeOf(await mine.pull({ cursor }))).toBe('ok');
  });

  it('L4 a reply lost is given again, and a late request changes nothing', async () => {
    const device = await newcomer();
    const { caseId, need } = await foundClient(kaisa);
    await letIn(device, caseId);
    const begun = testId();
    const lost = pageOf(await device.pull({ begun }));
    const taken = pageOf(await device.pull({ begun }));
    expect(idsOf(taken.changes).toSorted()).toEqual(idsOf(lost.changes).toSorted());
    expect(taken.entered).toEqual([{ caseId, compartment: need.compartment }]);
    const next = pageOf(await device.pull({ begun, cursor: taken.cursor }));
    expect(next.changes).toEqual([]);
    // Both of these left the device before the last reply: they say nothing about it now.
    for (const late of [{}, { cursor: lost.cursor }]) {
      expect(codeOf(await device.pull({ begun, ...late }))).toBe('bad-cursor');
    }
    const after = pageOf(await device.pull({ begun, cursor: next.cursor }));
    expect([after.changes, after.left, after.entered]).toEqual([[], [], []]);
  });

  it('L4 an erasing told by a late request does not count', async () => {
    const device = await newcomer();
    const { caseId, need } = await foundClient(kaisa);
    const scope = { caseId, compartment: need.compartment };
    const given = await letIn(device, caseId);
    const begun = testId();
    const first = pageOf(await device.pull({ begun }));
    await removeMembership(given);
    const second = pageOf(await device.pull({ begun, cursor: first.cursor }));
    expect(second.left).toEqual([scope]);
    const third = pageOf(await device.pull({ begun, cursor: second.cursor }));
    expect(codeOf(await device.pull({ begun, cursor: first.cursor, erased: [scope] }))).toBe(
      'bad-cursor',
    );
    const told = pageOf(await device.pull({ begun, cursor: third.cursor }));
    expect(told.left).toEqual([scope]);
    const done = pageOf(await device.pull({ begun, cursor: told.cursor, erased: [scope] }));
    expect(done.left).toEqual([]);
  });

  it('L4 a new beginning is given everything, and the old one is over', async () => {
    const device = await newcomer();
    const { caseId, need } = await foundClient(kaisa);
    await letIn(device, caseId);
    const old = await device.pullAll();
    const anew = await device.pullAll({ begun: testId() });
    expect(anew.changes.has(need.id)).toBe(true);
    expect(codeOf(await device.pull({ begun: old.begun, cursor: old.cursor }))).toBe('bad-cursor');
  });
});

describe('pages', () => {
  it('L1 P2 are cut by bytes, also a client larger than a page, and a server restarted between them goes on', async () => {
    const device = await newcomer();
    const { caseId, need } = await foundClient(kaisa);
    const text = 'ä '.repeat(45_000);
    const written: Id[] = [need.id];
    for (let batch = 0; batch < 6; batch += 1) {
      const changes = Array.from({ length: 6 }, () => kaisa.change({ caseId, value: { text } }));
      expect((await kaisa.push(...changes)).every(({ verdict }) => verdict === 'stored')).toBe(
        true,
      );
      written.push(...changes.map(({ id }) => id));
    }
    await letIn(device, caseId);
    const begun = testId();
    const got = new Set<Id>();
    let pages = 0;
    let inLog: Change | undefined;
    let server = region;
    for (let cursor: string | null = null; ;) {
      // Each page from another server process over the same database.
      if (server !== region) await server.app.close();
      server = await testApp(database.db, { now: region.now });
      const response: { readonly json: () => PullResponse } = await server.app.inject({
        method: 'POST',
        url: '/v1/pull',
        headers: { authorization: `Bearer ${device.token}` },
        payload: {
          protocol: protocolVersion,
          begun,
          cursor,
          awaiting: [],
          erased: [],
          directoryRevision: 0,
        },
      });
      const page: PullResponse = response.json();
      pages += 1;
      expect(JSON.stringify(page.changes).length).toBeLessThan(2 * limits.pageBytes);
      for (const id of idsOf(page.changes)) got.add(id);
      expect(page.entered).toEqual(page.more ? [] : [{ caseId, compartment: need.compartment }]);
      if (pages === 2) {
        // Written while it enters: to a record that may have come already, and a new one.
        inLog = kaisa.change({ caseId, recordId: need.recordId, parents: [need.id] });
        const fresh = kaisa.change({ caseId });
        await kaisa.push(inLog, fresh);
        written.push(inLog.id, fresh.id);
      }
      ({ cursor } = page);
      if (!page.more) break;
    }
    await server.app.close();
    expect(pages).toBeGreaterThan(3);
    expect(inLog && got.has(inLog.id)).toBe(true);
    expect(written.filter((id) => !got.has(id) && id !== need.id)).toEqual([]);
  });

  it('L1 P6 a page whose log is long does not call the pull complete while a lost page’s clients wait', async () => {
    const device = await newcomer();
    const first = await foundClient(kaisa);
    await letIn(device, first.caseId);
    const begun = testId();
    const start = pageOf(await device.pull({ begun }));
    const second = await foundClient(kaisa);
    await letIn(device, second.caseId);
    const lost = pageOf(await device.pull({ begun, cursor: start.cursor }));
    expect(lost.entered.map(({ caseId }) => caseId)).toEqual([second.caseId]);
    // The log now fills the page to the brim: nothing of the second client fits beside it.
    const full = 'a'.repeat(99_000);
    const brim = Math.floor(limits.pageBytes / 99_480);
    const news = [...Array(brim)].map(() =>
      kaisa.change({ caseId: first.caseId, value: { text: full } }),
    );
    for (const change of news) await kaisa.push(change);
    let pages = 0;
    for (let cursor = start.cursor; ;) {
      const page = pageOf(await device.pull({ begun, cursor }));
      pages += 1;
      ({ cursor } = page);
      if (!page.more) {
        expect(page.entered.map(({ caseId }) => caseId)).toContain(second.caseId);
        break;
      }
    }
    expect(pages).toBeGreaterThan(0);
  });

  it('L3 receipts are given by id, also when the rights are gone', async () => {
    const device = await newcomer();
    const { caseId } = await foundClient(kaisa);
    const given = await letIn(device, caseId);
    const change = device.change({ caseId });
    const [stored] = await device.push(change);
    await removeMembership(given);
    const late = device.change({ caseId });
    await device.push(late);
    const page = pageOf(await device.pull({ awaiting: [change.id, late.id, testId()] }));
    expect(page.receipts).toEqual([stored, { changeId: late.id, verdict: 'review' }]);
    expect(page.changes).toEqual([]);
  });

  it('L6 a device’s own changes come back to it', async () => {
    const device = await newcomer();
    const { need } = await foundClient(device);
    const before = await device.pullAll();
    expect(before.changes.get(need.id)).toEqual(need);
    const more = device.change({ caseId: need.caseId });
    await device.push(more);
    const after = pageOf(await device.pull({ begun: before.begun, cursor: before.cursor }));
    expect(idsOf(after.changes)).toEqual([more.id]);
  });
});

describe('L7 with what comes, comes what its heads are computed from', () => {
  it('L7 P2 a client that enters in conflict brings the common ancestor', async () => {
    const device = await newcomer();
    const { caseId, need } = await foundClient(kaisa);
    const { recordId } = need;
    const older = kaisa.change({ caseId, recordId, parents: [need.id], value: { text: 'A. B.' } });
    const mine = kaisa.change({ caseId, recordId, parents: [older.id], value: { text: 'A. C.' } });
    const other = kaisa.change({ caseId, recordId, parents: [older.id], value: { text: 'D. B.' } });
    await kaisa.push(older, mine, other);
    await letIn(device, caseId);
    const { changes } = await device.pullAll();
    const group = [...changes.values()].filter((change) => change.recordId === recordId);
    expect(group.map(({ id }) => id).toSorted()).toEqual([older.id, mine.id, other.id].toSorted());
    expect(
      headsOf(group)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([mine.id, other.id].toSorted());
  });

  it('L7 heads that came by the log and by entering are counted once', async () => {
    const device = await newcomer();
    const { caseId, need } = await foundClient(kaisa);
    const { recordId } = need;
    // The device has begun and its page was lost: what is written now lies in the log and in the heads.
    await letIn(device, caseId);
    const begun = testId();
    const empty = await newcomer();
    const base = await empty.pullAll({ begun });
    await letIn(empty, caseId);
    pageOf(await empty.pull({ begun, cursor: base.cursor }));
    const mine = kaisa.change({ caseId, recordId, parents: [need.id], value: { text: 'Yksi.' } });
    const other = kaisa.change({ caseId, recordId, parents: [need.id], value: { text: 'Kaksi.' } });
    await kaisa.push(mine, other);
    const page = pageOf(await empty.pull({ begun, cursor: base.cursor }));
    const ids = idsOf(page.changes);
    expect(ids.length).toBe(new Set(ids).size);
    expect(ids).toEqual(expect.arrayContaining([need.id, mine.id, other.id]));
  });

  it('L7 a change that settles an old conflict comes with what descends from it', async () => {
    const device = await newcomer();
    const { caseId, need } = await foundClient(kaisa);
    await letIn(device, caseId);
    const begun = await device.pullAll();
    const { recordId } = need;
    // A child that arrives before its parent: its parent comes with it, since it descends from the parent.
    const parent = kaisa.change({ caseId, recordId, parents: [need.id] });
    const child = kaisa.change({ caseId, recordId, parents: [parent.id] });
    await kaisa.push(child);
    const first = pageOf(await device.pull({ begun: begun.begun, cursor: begun.cursor }));
    await kaisa.push(parent);
    const second = pageOf(await device.pull({ begun: begun.begun, cursor: first.cursor }));
    expect(idsOf(second.changes)).toEqual(expect.arrayContaining([parent.id, child.id]));
    const known = [
      ...begun.changes.values(),
      ...[first, second].flatMap((page) => page.changes.map(({ change }) => change)),
    ];
    const group = known.filter((change) => change.recordId === recordId);
    expect(
      headsOf([...new Map(group.map((one) => [one.id, one])).values()]).map(({ id }) => id),
    ).toEqual([child.id]);
  });
});

describe('the device’s scope', () => {
  it('P1 P2 P3 P5 comes, leaves by removal, waits for the erasing, and comes again', async () => {
    const device = await newcomer();
    const { caseId, need } = await foundClient(kaisa);
    const scope = { caseId, compartment: need.compartment };
    const given = await letIn(device, caseId);
    const { begun, cursor, entered } = await device.pullAll();
    expect(entered).toEqual([scope]);
    const removal = await removeMembership(given);
    const leaving = pageOf(await device.pull({ begun, cursor }));
    expect([leaving.left, leaving.changes]).toEqual([[scope], []]);
    // The right comes back before the device has erased: it waits.
    await kaisa.push(
      kaisa.change({
        caseId,
        recordId: given.recordId,
        kind: 'membership',
        group: 'existence',
        value: { state: 'standing' },
        parents: [removal.id],
      }),
    );
    const waiting = pageOf(await device.pull({ begun, cursor: leaving.cursor }));
    expect([waiting.left, waiting.entered, waiting.changes]).toEqual([[scope], [], []]);
    const back = pageOf(await device.pull({ begun, cursor: waiting.cursor, erased: [scope] }));
    expect([back.left, back.entered]).toEqual([[], [scope]]);
    expect(idsOf(back.changes)).toContain(need.id);
  });

  it('P1 ends by the clock, on the first Finnish day after the last', async () => {
    const device = await newcomer();
    const { caseId, need } = await foundClient(kaisa);
    await letIn(device, caseId, '2026-11-02');
    const { begun, cursor } = await device.pullAll();
    // 2 November ends in Finland at 22:00 UTC.
    region.pass(13 * 3_600_000);
    const same = pageOf(await device.pull({ begun, cursor }));
    expect(same.left).toEqual([]);
    region.pass(2 * 3_600_000);
    const over = pageOf(await device.pull({ begun, cursor: same.cursor }));
    expect(over.left).toEqual([{ caseId, compartment: need.compartment }]);
    expect((await device.push(device.change({ caseId }))).map(wordOf)).toEqual(['review']);
  });

  it('P1 begins by the clock, and old records come', async () => {
    const device = await newcomer();
    const { caseId, need } = await foundClient(kaisa);
    const tomorrow = finnishDate(region.now().getTime() + 86_400_000);
    const given = kaisa.change({
      caseId,
      kind: 'membership',
      group: 'grant',
      value: grantOf({ personId: device.person.personId, validFrom: tomorrow }),
    });
    await kaisa.push(given);
    const before = await device.pullAll();
    expect(before.changes.size).toBe(0);
    region.pass(86_400_000);
    const page = pageOf(await device.pull({ begun: before.begun, cursor: before.cursor }));
    expect(idsOf(page.changes)).toContain(need.id);
  });

  it('P2 a compartment that appears later enters by itself', async () => {
    const device = await newcomer();
    const { caseId } = await foundClient(kaisa);
    await letIn(device, caseId);
    const { begun, cursor } = await device.pullAll();
    const special = kaisa.change({ caseId, compartment: 'patient/rehabilitation' });
    expect((await kaisa.push(special)).map(wordOf)).toEqual(['stored']);
    const page = pageOf(await device.pull({ begun, cursor }));
    expect(idsOf(page.changes)).toEqual([special.id]);
    expect(page.entered).toEqual([{ caseId, compartment: 'patient/rehabilitation' }]);
  });
});
