import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withTransaction } from '#server/db/pool.ts';
import { storeOwnChanges } from '#server/region/syncing/store-changes.ts';
import { foundClient } from '../region/wire-device.ts';
import { clientNamed, eventually, syncedStatus } from './desks.ts';
import { opened, settledAs, startPair, status, write, type Pair } from './pair.ts';

/** What a desk tells of itself: to the person, and to support without a word of clients. */

let world: Pair['world'];
let founder: Pair['founder'];
let one: Pair['one'];
let two: Pair['two'];
let sharedClient: Pair['sharedClient'];
let logOf: Pair['logOf'];

beforeAll(async () => {
  ({ world, founder, one, two, sharedClient, logOf } = await startPair());
});
afterAll(() => world.end());
beforeEach(() => {
  for (const lined of [one, two]) {
    lined.line.setOnline(true);
    lined.line.decide(() => 'pass');
  }
});

describe('a desk about itself', () => {
  it('T2 the report to support holds numbers and codes, and nothing of clients or of what was written', async () => {
    const { caseId, recordId } = await sharedClient();
    const made = await one.desk().get('clients.create', clientNamed('Salaisenmäki', 'Aili'));
    await write(one, caseId, recordId, 'status', status('Aivan yksityinen syy'));
    await syncedStatus(one.desk());
    one.line.decide(() => 'html');
    await write(one, caseId, recordId, 'client-words', { text: 'Kertomatta jäävää' });
    await eventually('the trouble noted', async () => {
      const { troubles } = await one.desk().get('device.report', {});
      return troubles.some(({ problem }) => problem === 'not-a-region');
    });
    const report = await one.desk().get('device.report', {});
    expect(report).toMatchObject({
      program: { protocol: expect.any(Number) },
      counts: { waiting: 1, clients: expect.any(Number) },
      sync: { state: expect.stringMatching(/trouble|working/u) },
    });
    expect(report.counts['clients']).toBe(2);
    const text = JSON.stringify(report);
    const view = await one.desk().get('clients.open', { caseId, from: 'list' });
    const secretWords = [
      'Salaisenmäki',
      'Aili',
      'Aivan yksityinen syy',
      'Kertomatta jäävää',
      'Kävely on epävarmaa',
      caseId,
      made.caseId,
      one.person.personId,
      ...view.records.map(({ id }) => id),
    ];
    for (const word of secretWords) expect(text).not.toContain(word);
  });

  it('D2 tells its latest receipts with names only of clients that are open', async () => {
    const { caseId, recordId } = await sharedClient();
    const made = await one.desk().get('clients.create', clientNamed('Kuitinen', 'Veikko'));
    one.line.setOnline(false);
    const changeId = await write(one, caseId, recordId, 'status', status('Kuitattava'));
    const changeIds = [changeId, caseId];
    expect(await one.desk().get('device.receipts', { changeIds })).toEqual({ receipts: [] });
    one.line.setOnline(true);
    await syncedStatus(one.desk());
    const { receipts } = await one.desk().get('device.receipts', { changeIds });
    expect(receipts).toEqual([{ changeId, atMs: expect.any(Number) }]);
    const about = await one.desk().get('device.about', {});
    expect(about.receipts.slice(0, 1)).toMatchObject([{ kind: 'need', group: 'status' }]);
    expect(about.receipts.map(({ clientName }) => clientName)).toContain('Kuitinen Veikko');
    expect(about).toMatchObject({ regionName: 'Koeseutu' });
    expect(about.clients).toBeGreaterThan(0);
    expect(made.caseId).not.toBe(caseId);
  });

  it('T3 a first fetch that the person stops stays where it is, while what is written goes out', async () => {
    const person = await world.newPerson('pysäyttäjä');
    const clients = [];
    for (let number = 0; number < 12; number += 1) {
      const client = await foundClient(founder);
      const text = 'ä'.repeat(90_000);
      await withTransaction(world.database.db, (tx) =>
        storeOwnChanges(
          tx,
          Array.from({ length: 5 }, () =>
            founder.change({ caseId: client.caseId, value: { text } }),
          ),
          new Date(),
        ),
      );
      await world.letIn(founder, client.caseId, person);
      clients.push(client);
    }
    const newcomer = await world.newDesk(person);
    // Two pages come; the line stays down until the person has stopped the fetch.
    let pulls = 0;
    newcomer.line.decide((path) => {
      if (path === '/v1/pull') pulls += 1;
      return path === '/v1/pull' && pulls > 2 ? 'drop-request' : 'pass';
    });
    await eventually('the first clients', async () => {
      const { firstSync } = await newcomer.desk().get('sync.status', {});
      return firstSync !== null && firstSync.done > 0 && pulls > 2;
    });
    await newcomer.desk().get('sync.hold', { held: true });
    newcomer.line.decide(() => 'pass');
    await newcomer.desk().get('sync.now', {});
    const held = await eventually('the fetch held', async () => {
      const now = await newcomer.desk().get('sync.status', {});
      return now.state === 'idle' && now.firstSync?.held === true && now;
    });
    expect(held.regionHasAll).toBe(false);
    const seen = newcomer.line.seen();
    const made = await newcomer.desk().get('clients.create', clientNamed('Välissä', 'Tehty'));
    await eventually('what was written meanwhile at the region', async () => {
      return (await logOf(made.caseId)) > 0;
    });
    expect(await newcomer.desk().get('sync.status', {})).toMatchObject({
      firstSync: { held: true },
      lastCompletePull: null,
    });
    expect(newcomer.line.seen()).toBeGreaterThan(seen);
    await newcomer.desk().get('sync.hold', { held: false });
    expect(await syncedStatus(newcomer.desk())).toMatchObject({ firstSync: null });
    for (const { caseId, need } of clients) {
      await opened(newcomer, caseId, (view) =>
        settledAs(view, need.recordId, 'assessment', { text: 'Kävely on epävarmaa.' }),
      );
    }
  });
});
