import { cp, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id } from '#shared/domain/ids.ts';
import { withTransaction } from '#server/db/pool.ts';
import { revokeDevice } from '#server/region/identity/devices.ts';
import { verifyDevices } from '#server/region/use-log/verify-devices.ts';
import { eventually, syncedStatus } from './desks.ts';
import { anId, heading, needOf, opened, settledAs, startPair, status, write } from './pair.ts';
import type { Pair } from './pair.ts';
import type { LinedDesk } from './region-world.ts';

/** A desk whose case file was copied with its disk, or put back from a backup. */

let pair: Pair;
let world: Pair['world'];
let two: LinedDesk;
beforeAll(async () => {
  pair = await startPair();
  ({ world, two } = pair);
});
afterAll(() => world.end());

let people = 0;

/** A desk of somebody new, with a client that the other desks have too; all of it at the region. */
const deskWithClient = async () => {
  const person = await world.newPerson(`kopio${(people += 1)}`);
  const one = await world.newDesk(person);
  const client = await pair.sharedClient();
  await world.letIn(pair.founder, client.caseId, person);
  await opened(one, client.caseId);
  await syncedStatus(one.desk());
  return { one, ...client };
};

type DeviceRow = {
  readonly id: Id;
  readonly key: string;
  readonly replaces: Id | null;
  readonly replaced: boolean;
  readonly begun: Id | null;
};

/** The devices of the desk's person as the region has them, the oldest first. */
const devicesOf = ({ person }: LinedDesk): Promise<readonly DeviceRow[]> =>
  world.database.db.query<DeviceRow>(
    `SELECT id, encode(public_key, 'hex') AS key, replaces, replaced_at IS NOT NULL AS replaced,
       pull_begun AS begun
     FROM device WHERE person_id = $1 ORDER BY created_at, id`,
    [person.personId],
  );

const rekeyed = (lined: LinedDesk) =>
  eventually(
    'a new device id',
    async () => {
      await lined.desk().get('sync.now', {});
      const found = await lined.desk().get('sync.status', {});
      return found.deviceRekeyed !== null && found.regionHasAll && found.state === 'idle' && found;
    },
    90_000,
  );

/** The changes of needs that the region has of the desk's person. */
const writtenBy = async ({ person }: LinedDesk): Promise<readonly Id[]> => {
  const rows = await world.database.db.query<{ id: Id }>(
    `SELECT change_id AS id FROM change_log WHERE author_id = $1 ORDER BY change_id`,
    [person.personId],
  );
  return rows.map(({ id }) => id);
};

/** The region's log of use holds together, and nothing was taken for a forgery. */
const expectSoundLog = async (): Promise<void> => {
  const { db } = world.database;
  const problems: unknown[] = [];
  await verifyDevices(db, { from: 0, to: Date.now() + 86_400_000 }, (problem) =>
    problems.push(problem),
  );
  expect(problems).toEqual([]);
  expect(await db.query('SELECT code FROM use_alarm')).toEqual([]);
};

/** Devices whose entries about the client the region's log of use has. */
const lookedAt = async (caseId: Id, { person }: LinedDesk): Promise<readonly Id[]> => {
  const rows = await world.database.db.query<{ id: Id }>(
    `SELECT DISTINCT device_id AS id FROM use_entry
     WHERE case_id = $1 AND person_id = $2 AND action = 'view'`,
    [caseId, person.personId],
  );
  return rows.map(({ id }) => id);
};

describe('a copied disk', { timeout: 240_000 }, () => {
  it('I2 I3 I4 I6: both copies go on as devices of their own, each edit arrives once, all see everything', async () => {
    const { one, caseId, recordId, need } = await deskWithClient();
    await one.close();
    const copy = await world.copyDesk(one);
    copy.line.setOnline(false);
    await one.reopen();
    await copy.reopen();
    const written: Id[] = [
      await write(one, caseId, recordId, 'assessment', { text: 'Alkuperäisellä koneella.' }, [
        need.id,
      ]),
      await write(copy, caseId, recordId, 'heading', heading('Kopiolla ilman verkkoa')),
    ];
    await syncedStatus(one.desk());
    copy.line.setOnline(true);
    // Work goes on while the copy is noticed and takes its new id.
    await eventually('the new id', async () => {
      written.push(await write(copy, caseId, anId(), 'heading', heading(`${written.length}`)));
      return (await copy.desk().get('sync.status', {})).deviceRekeyed !== null;
    });
    written.push(await write(one, caseId, recordId, 'status', status('Alkuperäisellä'), []));
    // The original hears of it when its session has ended, and goes on in the same way.
    await Promise.all([rekeyed(copy), rekeyed(one)]);

    const [old, ...others] = await devicesOf(one);
    expect(old?.replaced).toBe(true);
    expect(others).toHaveLength(2);
    expect(others.map(({ replaces }) => replaces)).toEqual([old?.id, old?.id]);
    expect(others.map(({ replaced }) => replaced)).toEqual([false, false]);
    expect(new Set([old, ...others].map((device) => device?.key)).size).toBe(3);
    expect(await writtenBy(one)).toEqual(written.toSorted());
    for (const lined of [one, copy, two]) {
      const view = await opened(
        lined,
        caseId,
        (shown) =>
          settledAs(shown, recordId, 'assessment', { text: 'Alkuperäisellä koneella.' }) &&
          settledAs(shown, recordId, 'heading', heading('Kopiolla ilman verkkoa')) &&
          settledAs(shown, recordId, 'status', status('Alkuperäisellä')) &&
          shown.records.filter(({ kind }) => kind === 'need').length === written.length - 2,
      );
      expect(needOf(view, recordId).existence).toEqual({ state: 'standing' });
      expect(await lined.desk().get('sync.status', {})).toMatchObject({ refused: 0, waiting: 0 });
    }

    // Neither begins its pull anew any more.
    const before = await devicesOf(one);
    for (let round = 0; round < 3; round += 1) {
      for (const lined of [one, copy]) {
        const seen = lined.line.seen();
        await lined.desk().get('sync.now', {});
        await eventually('a round', async () => lined.line.seen() > seen);
        await syncedStatus(lined.desk());
      }
    }
    expect(await devicesOf(one)).toEqual(before);
    await expectSoundLog();
    expect((await lookedAt(caseId, one)).toSorted()).toEqual(
      expect.arrayContaining(others.map(({ id }) => id).toSorted()),
    );
  });

  it('I3: what two copies wrote about the same is shown to a person, as of any two devices', async () => {
    const { one, caseId, recordId } = await deskWithClient();
    await one.close();
    const copy = await world.copyDesk(one);
    for (const { line } of [one, copy]) line.setOnline(false);
    await one.reopen();
    await copy.reopen();
    await write(one, caseId, recordId, 'status', status('Toinen'), []);
    await write(copy, caseId, recordId, 'status', status('Toinen toisin'), []);
    for (const { line } of [one, copy]) line.setOnline(true);
    // Whichever comes first is noticed last.
    await Promise.all([rekeyed(one), rekeyed(copy)]);
    for (const lined of [one, copy, two]) {
      await opened(
        lined,
        caseId,
        (view) => needOf(view, recordId).groups['status']?.state === 'conflict',
      );
    }
    expect(await devicesOf(one)).toHaveLength(3);
    await expectSoundLog();
  });
});

describe('a device restored from a backup', { timeout: 240_000 }, () => {
  it('I2 I3 scenario 18: it takes a new id; nothing from before or after is lost or doubled', async () => {
    const { one, caseId, recordId } = await deskWithClient();
    one.line.setOnline(false);
    // In the backup as unsent, and sent by the device afterwards.
    const written = [await write(one, caseId, recordId, 'heading', heading('Ennen kopiota'))];
    await one.close();
    const backup = `${one.folder}-backup`;
    await cp(one.folder, backup, { recursive: true });
    one.line.setOnline(true);
    await one.reopen();
    written.push(await write(one, caseId, recordId, 'assessment', { text: 'Jälkeen.' }));
    await syncedStatus(one.desk());
    await one.close();
    await rm(one.folder, { recursive: true });
    await cp(backup, one.folder, { recursive: true });
    await rm(backup, { recursive: true });
    // Much is tried without a network first: that hides nothing.
    one.line.setOnline(false);
    await one.reopen();
    written.push(await write(one, caseId, recordId, 'status', status('Palautuksen jälkeen'), []));
    for (let tries = 0; tries < 5; tries += 1) {
      await one.desk().get('sync.now', {});
      await eventually('nobody there', async () => {
        const found = await one.desk().get('sync.status', {});
        return found.state === 'offline';
      });
    }
    one.line.setOnline(true);
    await rekeyed(one);
    expect(await writtenBy(one)).toEqual(written.toSorted());
    for (const lined of [one, two]) {
      await opened(
        lined,
        caseId,
        (view) =>
          settledAs(view, recordId, 'heading', heading('Ennen kopiota')) &&
          settledAs(view, recordId, 'assessment', { text: 'Jälkeen.' }) &&
          settledAs(view, recordId, 'status', status('Palautuksen jälkeen')),
      );
    }
    const devices = await devicesOf(one);
    expect(devices.map(({ replaced }) => replaced)).toEqual([true, false]);
    await expectSoundLog();
  });
});

describe('taking a new id', { timeout: 240_000 }, () => {
  /** A desk whose copy has gone on, so that it takes a new id at its next contact. */
  const overtaken = async () => {
    const { one, ...client } = await deskWithClient();
    await one.close();
    const copy = await world.copyDesk(one);
    await copy.reopen();
    await syncedStatus(copy.desk());
    await copy.close();
    return { ...client, lined: one };
  };

  it.each(['drop-request', 'drop-reply'] as const)(
    'I5: a %s while the region is told, and the program closed there, costs nothing',
    async (fate) => {
      const { caseId, recordId, lined } = await overtaken();
      lined.line.setOnline(false);
      await lined.reopen();
      const change = await write(lined, caseId, recordId, 'heading', heading('Ennen'));
      let told = 0;
      lined.line.decide((path) => {
        if (path !== '/v1/session/rekey') return 'pass';
        told += 1;
        return fate;
      });
      lined.line.setOnline(true);
      await eventually('the region told in vain', async () => {
        await lined.desk().get('sync.now', {});
        return told > 1;
      });
      await lined.close();
      const between = await devicesOf(lined);
      lined.line.decide(() => 'pass');
      await lined.reopen();
      await rekeyed(lined);
      expect(await writtenBy(lined)).toEqual([change]);
      const devices = await devicesOf(lined);
      expect(devices.map(({ replaced }) => replaced)).toEqual([true, false]);
      expect(between).toHaveLength(fate === 'drop-reply' ? 2 : 1);
      await expectSoundLog();
    },
  );

  it('I5: a device that was barred meanwhile takes no new id', async () => {
    const { lined } = await overtaken();
    lined.line.decide((path) => (path === '/v1/session/rekey' ? 'drop-request' : 'pass'));
    await lined.reopen();
    await eventually('a new id of its own', async () => {
      await lined.desk().get('sync.now', {});
      return (await lined.desk().get('sync.status', {})).deviceRekeyed !== null;
    });
    const [old] = await devicesOf(lined);
    await withTransaction(world.database.db, (tx) => revokeDevice(tx, old?.id ?? '', new Date()));
    lined.line.decide(() => 'pass');
    await eventually('turned away', async () => {
      await lined.desk().get('sync.now', {});
      const found = await lined.desk().get('sync.status', {});
      return found.problem === 'device-revoked';
    });
    expect(await devicesOf(lined)).toHaveLength(1);
  });
});
