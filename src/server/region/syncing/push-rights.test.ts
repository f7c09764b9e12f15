import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/domain/change.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import { grantOf, wireDevice, wordOf } from '../../../../tests/region/wire-device.ts';
import {
  follow,
  removal,
  startRightsWorld,
  stored,
  type Desk,
  type RightsWorld,
} from '../../../../tests/region/rights-world.ts';
import { storeReviewed } from './accept-reviewed.ts';

let world: RightsWorld;
beforeAll(async () => {
  world = await startRightsWorld();
});
afterAll(() => world.end());

const words = async (desk: Desk, ...changes: readonly Change[]) =>
  (await desk.push(...changes)).map(wordOf);

/** What the log of use has of a client, in the order of its making. */
const usesOf = async (caseId: Id, action: UseEntry['action']): Promise<readonly UseEntry[]> => {
  const rows = await world.database.db.query<{ body: string }>(
    'SELECT body FROM use_entry WHERE case_id = $1 AND action = $2 ORDER BY register, id',
    [caseId, action],
  );
  return rows.map(({ body }) => JSON.parse(body) as UseEntry);
};

describe('U4 U7 the right to write', () => {
  it('U7 the team and the permissions are for those who answer for the client', async () => {
    const client = await world.client();
    const { caseId } = client;
    const [nurse, doctor] = [await world.desk('nurse'), await world.desk('doctor')];
    await client.letIn(nurse);
    await client.letIn(doctor, { role: 'consultant' });
    const team = (desk: Desk) =>
      desk.change({
        caseId,
        kind: 'membership',
        group: 'grant',
        value: grantOf({ personId: desk.personId }),
      });
    const restraint = (desk: Desk) =>
      desk.change({
        caseId,
        recordId: caseId,
        kind: 'client',
        group: 'protection',
        value: { restraintOnDisclosure: false },
      });
    expect(await words(doctor, team(doctor), restraint(doctor), doctor.change({ caseId }))).toEqual(
      ['read-only', 'read-only', 'stored'],
    );
    expect(await words(nurse, team(nurse), restraint(nurse))).toEqual(['stored', 'stored']);
  });

  it('U8 records of some kinds lie in one compartment only', async () => {
    const { caseId, custodian } = await world.client();
    const consent = {
      sectors: ['association'],
      validFrom: '2026-01-01',
      validTo: null,
      text: 'Sopii.',
      givenBy: 'Asiakas',
      way: 'phone',
    };
    const of = (kind: string, group: string, compartment: string, value: object) =>
      custodian.change({ caseId, kind, group, compartment, value: { ...value } });
    expect(
      await words(
        custodian,
        of('consent', 'scope', 'joint/plan', consent),
        of('consent', 'scope', 'social/working-age', consent),
        of('consent', 'scope', 'joint/permissions', consent),
        of('membership', 'grant', 'joint/permissions', grantOf({ personId: custodian.personId })),
        of('client', 'protection', 'joint/contact', { restraintOnDisclosure: true }),
      ),
    ).toEqual(['bad-change', 'bad-change', 'stored', 'bad-change', 'bad-change']);
  });

  it('U4 a client is founded by somebody who may answer for one, in the own register', async () => {
    const found = async (profession: string, role: 'participant' | 'consultant' | 'external') => {
      const desk = await world.desk(profession);
      const caseId = testId();
      const own = desk.change({
        caseId,
        kind: 'membership',
        group: 'grant',
        value: grantOf({ personId: desk.personId, profession, role }),
      });
      return words(
        desk,
        own,
        desk.change({ caseId }),
        desk.change({ caseId, compartment: 'patient/outpatient' }),
        desk.change({ caseId, compartment: 'social/families' }),
      );
    };
    const nothing = Array.from({ length: 4 }, () => 'no-access');
    expect(await found('nurse', 'participant')).toEqual([
      'stored',
      'stored',
      'stored',
      'no-access',
    ]);
    expect(await found('nurse', 'consultant')).toEqual(nothing);
    expect(await found('external-partner', 'external')).toEqual(nothing);
  });

  it('U4 what was once given is reviewed, what never was is refused, with or without a client', async () => {
    const client = await world.client();
    const nurse = await world.desk('nurse');
    const place = await client.letIn(nurse);
    await client.write(nurse, 'patient/outpatient');
    await client.write(client.custodian, 'social/older-people');
    const joint = await client.record('joint-service', {
      compartments: ['social/older-people', 'patient/outpatient'],
    });
    await follow(nurse, client.caseId).pull();
    await stored(client.custodian, removal(client.custodian, joint));
    await stored(client.custodian, removal(client.custodian, place));
    const at = (caseId: Id) =>
      ['joint/plan', 'patient/hospital', 'social/older-people', 'social/families'].map(
        (compartment) => nurse.change({ caseId, compartment }),
      );
    // The own register would be open to a member still; the other one was delivered.
    expect(await words(nurse, ...at(client.caseId))).toEqual([
      'review',
      'review',
      'review',
      'no-access',
    ]);
    expect(await words(nurse, ...at(testId()))).toEqual(
      Array.from({ length: 4 }, () => 'no-access'),
    );
  });

  it('U7 somebody who never had a task reaches nothing by a membership', async () => {
    const client = await world.client();
    const clerk = await world.desk('other-professional', {
      taskClass: 'support-and-administration',
    });
    await client.letIn(clerk, { role: 'custodian', taskClass: 'broad-client-responsibility' });
    const here = follow(clerk, client.caseId);
    await here.pull();
    expect(here.holds()).toEqual([]);
    expect(await words(clerk, clerk.change({ caseId: client.caseId }))).toEqual(['no-access']);
  });
});

describe('U9 what became of a change in review', () => {
  const inReview = async () => {
    const client = await world.client();
    const nurse = await world.desk('nurse');
    const place = await client.letIn(nurse);
    await stored(client.custodian, removal(client.custodian, place));
    const late = nurse.change({ caseId: client.caseId });
    expect(await words(nurse, late)).toEqual(['review']);
    return { client, nurse, late };
  };
  const decided = (changeId: Id, reviewerId: Id, decision: string) =>
    world.database.db.query(
      `UPDATE review SET decision = $2, decided_by = $3, decided_at = $4, reason = 'Ei kuulu tänne.'
       WHERE change_id = $1`,
      [changeId, decision, reviewerId, world.region.now()],
    );

  it('U9 L3 returned: the receipt names reason, moment and reviewer, at a pull and when sent again', async () => {
    const { client, nurse, late } = await inReview();
    const { personId } = client.custodian;
    await decided(late.id, personId, 'returned');
    const receipt = {
      changeId: late.id,
      verdict: 'returned',
      reason: 'Ei kuulu tänne.',
      atMs: world.region.now().getTime(),
      reviewerId: personId,
    };
    expect(await nurse.push(late)).toEqual([receipt]);
    const page = await nurse.pull({ awaiting: [late.id] });
    expect(page.ok && page.page.receipts).toEqual([receipt]);
  });

  it('U9 accepted: stored with a number, and it comes to those who hold the plan', async () => {
    const { client, nurse, late } = await inReview();
    const here = follow(client.custodian, client.caseId);
    await here.pull();
    await world.change(async (tx) => {
      const signature = randomBytes(64);
      const device = { id: nurse.id, counter: 1, signature };
      await storeReviewed(tx, { change: late, device }, world.region.now());
    });
    const [receipt] = await nurse.push(late);
    expect(receipt?.verdict).toBe('stored');
    expect((await here.pull()).changes.has(late.id)).toBe(true);
    await expect(
      world.change((tx) => storeReviewed(tx, { change: late, device: null }, world.region.now())),
    ).rejects.toThrow('not waiting');
  });
});

describe('the log of use', () => {
  it('U10 has one entry for each client, register and manner of writing of a batch, once', async () => {
    const client = await world.client();
    const nurse = await world.desk('nurse');
    const place = await client.letIn(nurse);
    const { caseId } = client;
    const membership = nurse.change({
      caseId,
      kind: 'membership',
      group: 'grant',
      value: grantOf({ personId: newId(0, (length) => randomBytes(length)) }),
    });
    const batch = [
      nurse.change({ caseId }),
      nurse.change({ caseId }),
      nurse.change({ caseId, compartment: 'patient/outpatient' }),
      nurse.change({ caseId, compartment: 'patient/hospital' }),
      nurse.change({ caseId, compartment: 'social/families' }),
      membership,
    ];
    await nurse.push(...batch);
    await nurse.push(...batch);
    const mine = async (action: UseEntry['action']) =>
      (await usesOf(caseId, action)).filter((entry) => entry.personId === nurse.personId);
    const writes = await mine('write');
    expect(writes.map(({ register, compartments }) => [register, compartments])).toEqual([
      ['joint', ['joint/plan']],
      ['patient', ['patient/outpatient', 'patient/hospital']],
    ]);
    expect(writes[0]).toMatchObject({
      role: 'participant',
      ground: 'relation',
      basisId: place.recordId,
      deviceId: nurse.id,
      what: { records: [{ kind: 'need', group: 'assessment' }, { kind: 'need' }], count: 2 },
    });
    expect(await mine('permission')).toMatchObject([
      { what: { records: [{ id: membership.recordId, kind: 'membership', group: 'grant' }] } },
    ]);
  });

  it('P10 L4 has one entry for each client and register that is brought to a device, a retry none', async () => {
    const client = await world.client();
    const nurse = await world.desk('nurse');
    await client.letIn(nurse);
    await client.write(nurse, 'patient/outpatient');
    await client.write(nurse, 'patient/hospital');
    const begun = testId();
    const lost = await nurse.pull({ begun });
    const again = await nurse.pull({ begun });
    const next = await nurse.pull({ begun, cursor: again.ok ? again.page.cursor : null });
    expect([lost.ok, next.ok]).toEqual([true, true]);
    const fetched = await usesOf(client.caseId, 'prefetch');
    const mine = fetched.filter(({ deviceId }) => deviceId === nurse.id);
    expect(mine.map(({ register, compartments }) => [register, compartments])).toEqual([
      ['joint', ['joint/plan']],
      ['patient', ['patient/hospital', 'patient/outpatient']],
    ]);
    expect(mine[0]).toMatchObject({ role: 'participant', ground: 'relation' });
    const second = await wireDevice(world.region, nurse.person);
    await second.pullAll();
    expect(await usesOf(client.caseId, 'prefetch')).toHaveLength(fetched.length + 2);
  });
});
