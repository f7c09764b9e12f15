import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { readRegionState } from '#server/region/region-state.ts';
import { overHttp } from '../region/over-http.ts';
import { restorableRegion, type RestorableRegion } from '../region/restorable-region.ts';
import { addPerson, testId, type TestPerson } from '../region/test-app.ts';
import {
  foundClient,
  membership,
  wireDevice,
  wordOf,
  type WireDevice,
} from '../region/wire-device.ts';
import { eventually, newDeskFolder, startTestDesk, type TestDesk } from './desks.ts';
import { opened, write } from './pair.ts';

/** Ten devices that work while their region goes back to a copy, twice: three desks, seven that speak by hand. */

const desks = 3;
const handDevices = 7;
const patienceMs = 400_000;

type Worker = { readonly person: TestPerson; readonly desk: () => TestDesk };

let region: RestorableRegion;
let founder: WireDevice;
let founding: Awaited<ReturnType<typeof foundClient>>;
let workers: readonly Worker[];
/** Was in the team when the copies were made, and is removed after them. */
let removed: Worker;
let removedPlace: ReturnType<typeof membership>;
/** Each keeps what it wrote, as a device keeps it for thirty days. */
let byHand: readonly { readonly device: WireDevice; readonly own: Change[] }[];
const removals: (() => void)[] = [];
const written = new Set<Id>();

const http = overHttp(() => region.running().url);

beforeAll(async () => {
  region = await restorableRegion();
  founder = await wireDevice(http, await addPerson(region.db(), 'perustaja'));
  founding = await foundClient(founder);
  const all: Worker[] = [];
  for (let index = 0; index < desks; index += 1) {
    const person = await addPerson(region.db(), `tyontekija${index}`);
    const place = membership(founder, founding.caseId, { personId: person.personId });
    await founder.push(place);
    const { folder, remove } = newDeskFolder();
    removals.push(remove);
    const desk = startTestDesk(folder, region.running().url);
    await desk.get('session.signIn', { login: person.login, secret: person.secret });
    all.push({ person, desk: () => desk });
    removedPlace = place;
  }
  for (const worker of all) await opened(worker, founding.caseId);
  const speaking: { readonly device: WireDevice; readonly own: Change[] }[] = [];
  for (let index = 0; index < handDevices; index += 1) {
    const person = await addPerson(region.db(), `kannettava${index}`);
    await founder.push(membership(founder, founding.caseId, { personId: person.personId }));
    speaking.push({ device: await wireDevice(http, person), own: [] });
  }
  byHand = speaking;
  const last = all.pop();
  if (!last) throw new Error('no desk');
  removed = last;
  workers = all;
}, patienceMs);
afterAll(async () => {
  await Promise.all([...workers, removed].map(({ desk }) => desk().close()));
  await region.end();
  for (const remove of removals) remove();
}, patienceMs);

/** Each of them writes a need of their own. */
const workOn = async (what: string): Promise<void> => {
  for (const worker of workers) {
    written.add(await write(worker, founding.caseId, testId(), 'assessment', { text: what }, []));
  }
  for (const { device, own } of byHand) {
    const change = device.change({ caseId: founding.caseId, value: { text: what } });
    own.push(change);
    written.add(change.id);
  }
};
const allSynced = async (): Promise<void> => {
  for (const { device, own } of byHand) {
    const receipts = await device.push(...own);
    expect(receipts.map(wordOf)).toEqual(own.map(() => 'stored'));
  }
  for (const { desk } of workers) {
    await eventually(
      'everything at the region',
      async () => {
        await desk().get('sync.now', {});
        const status = await desk().get('sync.status', {});
        return status.waiting === 0 && status.refused === 0 && status.lastCompletePull !== null;
      },
      120_000,
    );
  }
};
/** The region has every change ever written, once. */
const lost = async (): Promise<readonly Id[]> => {
  const rows = await region
    .db()
    .query<{ id: Id; count: number }>(
      'SELECT change_id AS id, count(*) AS count FROM change_log WHERE change_id = ANY($1::uuid[]) GROUP BY 1',
      [[...written]],
    );
  expect(rows.filter(({ count }) => count !== 1)).toEqual([]);
  const known = new Set(rows.map(({ id }) => id));
  return [...written].filter((id) => !known.has(id));
};

const goBack = async (copy: string): Promise<void> => {
  const before = (await readRegionState(region.db())).epoch;
  await region.stop();
  // They go on working, without the region.
  await workOn('Kun alue oli poissa.');
  await region.restore(copy);
  await region.start();
  expect(region.told()).toContainEqual(expect.objectContaining({ kind: 'restored', missing: 0 }));
  expect((await readRegionState(region.db())).epoch).not.toBe(before);
  // The very first page that the region gives, and the desk that was there when the copy was made.
  const fresh = await wireDevice(http, removed.person);
  expect((await fresh.pullAll()).changes.size).toBe(0);
  // All sessions have ended: people unlock with their secret.
  for (const { person, desk } of [...workers, removed]) {
    await desk().get('session.lock', {});
    await desk().get('session.unlock', { personId: person.personId, secret: person.secret });
  }
  await allSynced();
  expect(await lost()).toEqual([]);
  for (const worker of workers) {
    await opened(worker, founding.caseId, (view) => {
      const shown = new Set(
        view.records.flatMap((record) =>
          Object.values(record.groups).flatMap((group) => group.heads.map((head) => head.changeId)),
        ),
      );
      return [...written].every((id) => shown.has(id));
    });
  }
  await eventually('nothing of the client at the desk of the one who was removed', async () => {
    await removed.desk().get('sync.now', {});
    const status = await removed.desk().get('sync.status', {});
    const view = await removed
      .desk()
      .call('clients.open', { caseId: founding.caseId, from: 'list' });
    return status.state === 'idle' && !view.ok;
  });
};

describe('a region restored under ten working devices', () => {
  it(
    'E1 E3 L5 promise A8: noticed each time, nothing lost, and nobody’s ended access revived',
    async () => {
      const early = await region.backUp();
      await workOn('Ennen toista kopiota.');
      await allSynced();
      const late = await region.backUp();
      await workOn('Kopion jälkeen.');
      await allSynced();
      const end = founder.change({
        ...removedPlace,
        id: testId(),
        group: 'existence',
        parents: [],
        value: { state: 'removed', reason: 'Siirtyi.', covers: [removedPlace.id] },
      });
      const [receipt] = await founder.push(end);
      expect(receipt?.verdict).toBe('stored');
      await eventually('the removal at the desk', async () => {
        await removed.desk().get('sync.now', {});
        const view = await removed
          .desk()
          .call('clients.open', { caseId: founding.caseId, from: 'list' });
        return !view.ok;
      });
      await goBack(late);
      await workOn('Palautuksen jälkeen.');
      await allSynced();
      await goBack(early);
    },
    patienceMs,
  );
});
