import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import { currentSchema, type Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';
import { withTransaction } from '#server/db/pool.ts';
import { storeOwnChanges } from '#server/region/syncing/store-changes.ts';
import { addPerson, testId, type TestPerson } from '../region/test-app.ts';
import { taskOf } from '../region/rights-world.ts';
import { grantOf, wireDevice } from '../region/wire-device.ts';
import { eventually, syncedStatus } from './desks.ts';
import type { Fate } from './lossy-proxy.ts';
import { startRegionWorld, type RegionWorld } from './region-world.ts';

/** A nurse of home care whose unit has a thousand clients, twenty of them the nurse's own. */

const ownClients = 20;
const roundClients = 980;
const longText = 'Kävely on epävarmaa portaissa. '.repeat(60);

let world: RegionWorld;
let nurse: TestPerson;
let own: readonly Id[];

beforeAll(async () => {
  world = await startRegionWorld();
  const { db } = world.database;
  const other = await addPerson(db, 'kollega');
  const [unit] = await db.query<{ id: Id }>('SELECT id FROM unit');
  const unitId = unit?.id ?? '';
  nurse = await addPerson(db, 'kotihoitaja', {
    profession: 'home-care-nurse',
    tasks: [taskOf('home-care-nurse', { unitId, round: true })],
  });
  const clientOf = (memberId: Id): readonly Change[] => {
    const caseId = testId();
    const change = (content: Partial<Change>): Change => ({
      id: testId(),
      recordId: testId(),
      kind: 'need',
      caseId,
      compartment: jointPlan,
      group: 'assessment',
      value: { text: longText },
      parents: [],
      authorId: other.personId,
      profession: 'physiotherapist',
      taskClass: 'limited-health',
      time: writeHybridTime(Date.now(), 0),
      schema: currentSchema,
      ...content,
    });
    const care = { recordId: caseId, kind: 'client', group: 'care', value: { unitId } };
    const grant = { ...grantOf({ personId: memberId }), profession: 'home-care-nurse' };
    return [change({ kind: 'membership', group: 'grant', value: grant }), change(care), change({})];
  };
  const clients = Array.from({ length: roundClients + ownClients }, (_, index) =>
    // Last made: by the ids alone they would come last.
    clientOf(index < roundClients ? other.personId : nurse.personId),
  );
  for (let from = 0; from < clients.length; from += 100) {
    const changes = clients.slice(from, from + 100).flat();
    await withTransaction(db, (tx) => storeOwnChanges(tx, changes, new Date()));
  }
  own = clients.slice(roundClients).map(([first]) => first?.caseId ?? '');
});
afterAll(() => world.end());

describe('the first sync of a thousand clients', () => {
  it('F5 P2 the first page carries one’s own twenty, and every later one resumes to the thousand', async () => {
    const device = await wireDevice({ app: world.region().app, now: () => new Date() }, nurse);
    const { pages, entered } = await device.pullAll();
    const first = new Set(pages[0]?.entered.map(({ caseId }) => caseId));
    expect(pages.length).toBeGreaterThan(2);
    expect(own.filter((caseId) => !first.has(caseId))).toEqual([]);
    // Each with its grant, in the page that brings it.
    for (const page of pages) {
      const told = new Set(page.grants.map(({ caseId }) => caseId));
      const brought = page.entered.filter(({ caseId }) => !told.has(caseId));
      if (page === pages[0]) expect(brought).toEqual([]);
    }
    const all = entered.map(({ caseId, compartment }) => `${caseId} ${compartment}`);
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(entered.map(({ caseId }) => caseId)).size).toBe(ownClients + roundClients);
  });

  it('F4 an edit made in the middle is stored at the region before the last page has come', async () => {
    const [caseId = ''] = own;
    let pulls = 0;
    let enteringAtPush: number | null = null;
    const goOn = Promise.withResolvers<void>();
    const hold = async (path: string): Promise<Fate> => {
      if (path === '/v1/pull') {
        pulls += 1;
        if (pulls === 2) await goOn.promise;
      }
      if (path === '/v1/push') enteringAtPush ??= await stillEntering();
      return 'pass';
    };
    const lined = await world.newDesk(nurse, undefined, (line) => line.decide(hold));
    await eventually('own client on the screen while pages wait', async () => {
      const view = await lined.desk().call('clients.open', { caseId, from: 'list' });
      return view.ok && pulls === 2;
    });
    const written = await lined.desk().get('records.write', {
      caseId,
      edits: [
        {
          recordId: testId(),
          kind: 'need',
          compartment: jointPlan,
          group: 'assessment',
          value: { text: 'Kesken ensimmäisen haun.' },
          basedOn: [],
        },
      ],
    });
    goOn.resolve();
    await syncedStatus(lined.desk());
    expect(enteringAtPush).toBeGreaterThan(0);
    const stored = await world.database.db.query(
      'SELECT seq FROM change_log WHERE change_id = $1',
      [written.changes[0]?.changeId],
    );
    expect(stored).toHaveLength(1);
  });

  const stillEntering = async (): Promise<number> => {
    const [row] = await world.database.db.query<{ count: number }>(
      `SELECT count(*) AS count FROM device_scope WHERE state = 'entering'`,
    );
    return row?.count ?? 0;
  };
});
