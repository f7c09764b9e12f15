import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PullRequest, PullResponse } from '#shared/protocol/pull.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import { grantOf, wireDevice, type WireDevice } from '../../../../tests/region/wire-device.ts';
import {
  follow,
  replaced,
  startRightsWorld,
  stored,
  type Desk,
  type RightsWorld,
} from '../../../../tests/region/rights-world.ts';
import { findPerson, savePeople } from '../directory.ts';

let world: RightsWorld;
beforeAll(async () => {
  world = await startRightsWorld();
});
afterAll(() => world.end());

const pageOf = async (desk: WireDevice, ask: Partial<PullRequest>): Promise<PullResponse> => {
  const answer = await desk.pull(ask);
  if (!answer.ok) throw new Error(answer.code);
  return answer.page;
};

describe('P7 grants', () => {
  it('P7 L4 are repeated until a page that carried them comes back, and told anew when they change', async () => {
    const client = await world.client();
    const nurse = await world.desk('nurse');
    const place = await client.letIn(nurse);
    const begun = testId();
    const lost = await pageOf(nurse, { begun });
    const first = await pageOf(nurse, { begun });
    expect(first.grants).toEqual(lost.grants);
    expect(first.grants).toMatchObject([{ caseId: client.caseId, writes: true, manages: true }]);
    const second = await pageOf(nurse, { begun, cursor: first.cursor });
    expect(second.grants).toEqual([]);
    await stored(client.custodian, replaced(client.custodian, place, { role: 'consultant' }));
    const changed = await pageOf(nurse, { begun, cursor: second.cursor });
    expect(changed.grants).toMatchObject([{ role: 'consultant', manages: false }]);
    expect([changed.entered, changed.left]).toEqual([[], []]);
    const repeated = await pageOf(nurse, { begun, cursor: second.cursor });
    expect(repeated.grants).toEqual(changed.grants);
    const after = await pageOf(nurse, { begun, cursor: repeated.cursor });
    expect(after.grants).toEqual([]);
    const anew = await pageOf(nurse, { begun: testId() });
    expect(anew.grants).toEqual(changed.grants);
  });

  it('P7 a pull goes on until all are told', async () => {
    const nurse = await world.desk('nurse');
    const custodian = await world.desk('social-worker');
    // More than one page tells: each client has the joint plan alone.
    const caseIds = Array.from({ length: 2_100 }, testId);
    const changes = caseIds.flatMap((caseId) =>
      [custodian, nurse].map((desk) =>
        custodian.change({
          caseId,
          kind: 'membership',
          group: 'grant',
          value: grantOf({ personId: desk.personId, taskClass: 'broad-health' }),
        }),
      ),
    );
    for (let at = 0; at < changes.length; at += 500) {
      await stored(custodian, ...changes.slice(at, at + 500));
    }
    const { grants, pages, entered } = await nurse.pullAll();
    expect(new Set(grants.map(({ caseId }) => caseId)).size).toBe(caseIds.length);
    expect(entered).toHaveLength(caseIds.length);
    for (const page of pages) expect(page.grants.length).toBeLessThanOrEqual(2_000);
    // What is completed by a page has been told by it or before.
    const told = new Set<string>();
    for (const page of pages) {
      for (const grant of page.grants) told.add(grant.caseId);
      expect(page.entered.every(({ caseId }) => told.has(caseId))).toBe(true);
    }
  });
});

/** Counts the statements that the work runs on the region's pool. */
const statementsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const { pool } = world.database.db;
  let count = 0;
  const restore = new Map<pg.PoolClient, () => void>();
  const watch = (client: pg.PoolClient): void => {
    if (restore.has(client)) return;
    const query = client.query.bind(client);
    const counted = (...given: Parameters<typeof query>) => {
      count += 1;
      return query(...given);
    };
    client.query = counted as typeof client.query;
    restore.set(client, () => {
      client.query = query;
    });
  };
  pool.on('acquire', watch);
  await work();
  pool.off('acquire', watch);
  for (const undo of restore.values()) undo();
  return count;
};

describe('P8 the comparison', () => {
  const withClients = async (count: number): Promise<Desk> => {
    const nurse = await world.desk('nurse');
    for (let made = 0; made < count; made += 1) await (await world.client()).letIn(nurse);
    return nurse;
  };

  it('P8 a pull with nothing changed asks as many questions with forty clients as with one', async () => {
    const counts: number[] = [];
    for (const clients of [1, 40]) {
      const nurse = await withClients(clients);
      const { begun, cursor } = await nurse.pullAll();
      const next = await pageOf(nurse, { begun, cursor, directoryRevision: 1e6 });
      // Somebody else’s client changes meanwhile.
      await world.client();
      const ask = { begun, cursor: next.cursor, directoryRevision: next.directory?.revision ?? 0 };
      counts.push(await statementsOf(() => nurse.pull(ask)));
    }
    expect(counts[1]).toBe(counts[0]);
    expect(counts[0]).toBeLessThan(22);
  });

  it('P8 P1 only what changed is worked out anew, and it costs no more with many clients', async () => {
    const counts: number[] = [];
    for (const clients of [1, 40]) {
      const nurse = await withClients(clients);
      const mine = await world.client();
      await mine.letIn(nurse);
      const here = follow(nurse, mine.caseId);
      await here.pull();
      await here.pull();
      await mine.write(nurse, 'patient/outpatient');
      counts.push(await statementsOf(() => here.pull()));
      expect(here.holds()).toEqual(['joint/plan', 'patient/outpatient']);
    }
    expect(counts[1]).toBe(counts[0]);
  });

  it('P8 a person’s own standing is worked out anew on all devices, and the directory stays as it is', async () => {
    const client = await world.client();
    const nurse = await world.desk('nurse');
    await client.letIn(nurse);
    const second = await wireDevice(world.region, nurse.person);
    const [one, two] = [await nurse.pullAll(), await second.pullAll()];
    await world.change(async (tx) => {
      const person = await findPerson(tx, nurse.personId);
      if (person) await savePeople(tx, [{ ...person, taskClass: 'support-and-administration' }]);
    });
    for (const [device, { begun, cursor }] of [
      [nurse, one],
      [second, two],
    ] as const) {
      expect((await pageOf(device, { begun, cursor })).left).toEqual([
        { caseId: client.caseId, compartment: 'joint/plan' },
      ]);
    }
  });
});

describe('L1 the directory', () => {
  it('L1 tells everybody of absences, and only those concerned which clients are handed over', async () => {
    const unitId = (await findPerson(world.database.db, (await world.desk('nurse')).personId))
      ?.unitId;
    const inUnit = { unitId: unitId ?? null };
    const [absent, deputy] = [await world.desk('nurse', inUnit), await world.desk('nurse')];
    const colleague = await world.desk('nurse', inUnit);
    const lead = await world.desk('nurse', { ...inUnit, duties: ['unit-lead'] });
    const otherLead = await world.desk('nurse', { duties: ['unit-lead'] });
    const administrator = await world.desk('nurse', { duties: ['administrator'] });
    const handed = [testId(), testId()];
    const id = testId();
    await world.change((tx) =>
      tx.query(
        `INSERT INTO absence
           (id, person_id, deputy_id, valid_from, valid_to, case_ids, created_by, created_at)
         VALUES ($1, $2, $3, '2026-11-01', '2026-11-30', $4, $2, $5),
                ($6, $2, $3, '2026-12-01', '2026-12-31', NULL, $2, $5),
                ($7, $2, $3, '2026-10-01', '2026-10-31', NULL, $2, $5)`,
        [id, absent.personId, deputy.personId, handed, world.region.now(), testId(), testId()],
      ),
    );
    const toldTo = async (desk: Desk) => {
      const page = await pageOf(desk, { begun: testId() });
      return page.directory?.absences.map(({ caseIds }) => caseIds);
    };
    for (const desk of [absent, deputy, lead, administrator]) {
      expect(await toldTo(desk)).toEqual([handed, null]);
    }
    for (const desk of [colleague, otherLead]) expect(await toldTo(desk)).toEqual([[], null]);
  });

  it('L1 is sent again for what it shows, not for rights alone', async () => {
    const nurse = await world.desk('nurse');
    const begun = testId();
    const first = await pageOf(nurse, { begun });
    const directoryRevision = first.directory?.revision ?? 0;
    await world.database.db.query(
      'UPDATE person SET rights_version = rights_version + 1 WHERE id = $1',
      [nurse.personId],
    );
    const same = await pageOf(nurse, { begun, cursor: first.cursor, directoryRevision });
    expect(same.directory).toBeNull();
    await world.change(async (tx) => {
      const person = await findPerson(tx, nurse.personId);
      if (person) await savePeople(tx, [{ ...person, registerNumber: '01234567890' }]);
    });
    const later = await pageOf(nurse, { begun, cursor: same.cursor, directoryRevision });
    expect(later.directory?.people.find(({ id }) => id === nurse.personId)?.registerNumber).toBe(
      '01234567890',
    );
  });
});
