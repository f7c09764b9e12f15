import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finnishDate } from '#shared/domain/civil-date.ts';
import { contactIdOf } from '#shared/domain/ids.ts';
import { checkCharacterFor } from '#shared/domain/personal-identity-code.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import { wordOf } from '../../../../tests/region/wire-device.ts';
import {
  follow,
  removal,
  replaced,
  startRightsWorld,
  stored,
  taskOf,
  type Desk,
  type RightsWorld,
  type TestClient,
} from '../../../../tests/region/rights-world.ts';
import { findPerson, savePeople } from '../directory.ts';
import { readRegionState } from '../region-state.ts';
import { identityCodeHash } from '../rights/own-record.ts';
import { touchCaseRights, touchPersonRights } from '../rights/touch-rights.ts';

let world: RightsWorld;
beforeAll(async () => {
  world = await startRightsWorld();
});
afterAll(() => world.end());

const social = 'social/older-people';
const outpatient = 'patient/outpatient';
const hour = 3_600_000;
const day = 24 * hour;

/** A client known on both sides: a nurse and a social worker have written in their own registers. */
const bothSides = async (): Promise<TestClient & { readonly nurse: Desk }> => {
  const client = await world.client();
  const nurse = await world.desk('nurse');
  await client.letIn(nurse);
  await client.write(client.custodian, social);
  await client.write(nurse, outpatient);
  return { ...client, nurse };
};

const words = async (desk: Desk, caseId: string, compartment: string) =>
  (await desk.push(desk.change({ caseId, compartment }))).map(wordOf);

describe('what a relation opens', () => {
  it('P1 P7 the own register and the joint plan, each with its ground', async () => {
    const { caseId, custodian, nurse } = await bothSides();
    const here = follow(nurse, caseId);
    const { grants } = await here.pull();
    expect(here.holds()).toEqual(['joint/plan', outpatient]);
    expect(
      grants.map(({ compartment, basis, relation, role, writes }) => [
        compartment,
        basis,
        relation,
        role,
        writes,
      ]),
    ).toEqual([
      ['joint/plan', 'relation', 'team', 'participant', true],
      [outpatient, 'relation', 'team', 'participant', true],
    ]);
    const there = follow(custodian, caseId);
    await there.pull();
    expect(there.holds()).toEqual(['joint/plan', social]);
    expect(await words(nurse, caseId, social)).toEqual(['no-access']);
  });

  it('P1 a joint service opens the other side to read; it ends by the clock', async () => {
    const { caseId, nurse, record } = await bothSides();
    const here = follow(nurse, caseId);
    await here.pull();
    await record('joint-service', {
      compartments: [social, outpatient],
      validFrom: '2026-11-01',
      validTo: '2026-11-30',
    });
    const opened = await here.pull();
    expect(opened.entered).toEqual(['joint/permissions', social]);
    const grant = opened.grants.find(({ compartment }) => compartment === social);
    expect(grant).toMatchObject({ basis: 'joint-service', writes: false, manages: false });
    // The last day ends in Finland at 22:00 UTC.
    expect(grant?.untilMs).toBe(Date.parse('2026-11-30T22:00:00Z'));
    expect(await words(nurse, caseId, social)).toEqual(['read-only']);
    const { region } = world;
    region.pass(Date.parse('2026-12-01T08:00:00Z') - region.now().getTime());
    expect((await here.pull()).left).toEqual([social]);
    // Once given, what is written on it after the end is for a reviewer.
    expect(await words(nurse, caseId, social)).toEqual(['review']);
  });

  it('P1 a permission opens, a prohibition closes, until its removal is settled', async () => {
    const { caseId, custodian, nurse, record } = await bothSides();
    const here = follow(nurse, caseId);
    await record('permission', { direction: 'social-to-health', compartments: [social] });
    await here.pull();
    expect(here.holds()).toContain(social);
    const ban = await record('prohibition', { level: 'all' });
    expect((await here.pull()).left).toEqual([social]);
    // Removed by one and edited apart by another: unsettled, it still forbids.
    const edit = replaced(custodian, ban, { text: 'Kaikki kielletty.' });
    await stored(custodian, edit);
    const first = removal(custodian, ban);
    await stored(custodian, first);
    await here.pull();
    expect(here.holds()).not.toContain(social);
    const anew = { ...removal(custodian, ban, [edit.id]), parents: [first.id] };
    await stored(custodian, anew);
    await here.pull();
    expect(here.holds()).toContain(social);
  });

  it('P1 a removed permission opens nothing', async () => {
    const { caseId, custodian, nurse, record } = await bothSides();
    const permission = await record('permission', {
      direction: 'social-to-health',
      compartments: [social],
    });
    const here = follow(nurse, caseId);
    await here.pull();
    expect(here.holds()).toContain(social);
    await stored(custodian, removal(custodian, permission));
    expect((await here.pull()).left).toEqual([social]);
  });

  it('P1 a partner of another sector takes part with the client’s consent alone', async () => {
    const client = await world.client();
    const partner = await world.desk('external-partner', { partnerSector: 'association' });
    await client.letIn(partner, { role: 'external' });
    const here = follow(partner, client.caseId);
    await here.pull();
    expect(here.holds()).toEqual([]);
    expect(await words(partner, client.caseId, 'joint/plan')).toEqual(['no-access']);
    const consent = await client.record('consent', { sectors: ['association'] });
    await here.pull();
    expect(here.holds()).toEqual(['joint/plan']);
    expect(await words(partner, client.caseId, 'joint/plan')).toEqual(['read-only']);
    await stored(client.custodian, removal(client.custodian, consent));
    expect((await here.pull()).left).toEqual(['joint/plan']);
  });

  it('P1 a student sees while the supervisor is in the team, and has a task', async () => {
    const client = await world.client();
    const [guide, student] = [await world.desk('nurse'), await world.desk('nurse')];
    const place = await client.letIn(guide);
    await client.letIn(student, { role: 'student', supervisorId: guide.personId });
    const here = follow(student, client.caseId);
    await here.pull();
    expect(here.holds()).toEqual(['joint/plan']);
    await stored(client.custodian, removal(client.custodian, place));
    expect((await here.pull()).left).toEqual(['joint/plan']);
    await client.letIn(guide);
    await here.pull();
    expect((await here.pull()).entered).toEqual([]);
    expect(here.holds()).toEqual(['joint/plan']);
    // The supervisor’s work task ends: nothing of the client’s has changed.
    await world.change(async (tx) => {
      const person = await findPerson(tx, guide.personId);
      if (person) {
        const ended = taskOf('nurse', { validTo: '2026-10-31' });
        await savePeople(tx, [{ ...person, tasks: [ended] }]);
      }
    });
    expect((await here.pull()).left).toEqual(['joint/plan']);
  });

  it('P1 a student’s right begins by the clock with the supervisor’s task', async () => {
    const { region } = world;
    const client = await world.client();
    const begins = finnishDate(region.now().getTime() + day);
    const guide = await world.desk('nurse', { tasks: [taskOf('nurse', { validFrom: begins })] });
    const student = await world.desk('nurse');
    await client.letIn(guide);
    await client.letIn(student, { role: 'student', supervisorId: guide.personId });
    const here = follow(student, client.caseId);
    await here.pull();
    expect(here.holds()).toEqual([]);
    region.pass(day);
    await here.pull();
    expect(here.holds()).toEqual(['joint/plan']);
  });

  it('P1 a consultant does not get contact details under a restraint on disclosure', async () => {
    const client = await world.client();
    const consultant = await world.desk('doctor');
    await client.letIn(consultant, { role: 'consultant' });
    await stored(
      client.custodian,
      client.custodian.change({
        caseId: client.caseId,
        recordId: contactIdOf(client.caseId),
        kind: 'contact',
        compartment: 'joint/contact',
        group: 'contact',
        value: {
          phone: '040 1234567',
          email: '',
          streetAddress: 'Piilopolku 3',
          postalCode: '33100',
          town: 'Tampere',
          municipality: 'Tampere',
        },
      }),
    );
    const here = follow(consultant, client.caseId);
    await here.pull();
    expect(here.holds()).toEqual(['joint/contact', 'joint/plan']);
    const restraint = {
      caseId: client.caseId,
      recordId: client.caseId,
      kind: 'client',
      group: 'protection',
      value: { restraintOnDisclosure: true },
    };
    expect((await consultant.push(consultant.change(restraint))).map(wordOf)).toEqual([
      'read-only',
    ]);
    await stored(client.custodian, client.custodian.change(restraint));
    expect((await here.pull()).left).toEqual(['joint/contact']);
  });
});

describe('relations outside the team', () => {
  it('P1 the unit’s round comes and goes with the client’s unit', async () => {
    const client = await world.client();
    const unitId = (await findPerson(world.database.db, client.custodian.personId))?.unitId ?? '';
    const goer = await world.desk('home-care-nurse', {
      tasks: [taskOf('home-care-nurse', { unitId, round: true })],
    });
    const other = await world.desk('home-care-nurse', {
      tasks: [taskOf('home-care-nurse', { unitId, round: false })],
    });
    const [here, there] = [follow(goer, client.caseId), follow(other, client.caseId)];
    await here.pull();
    expect(here.holds()).toEqual([]);
    const unit = client.custodian.change({
      caseId: client.caseId,
      recordId: client.caseId,
      kind: 'client',
      group: 'care',
      value: { unitId },
    });
    await stored(client.custodian, unit);
    expect((await here.pull()).grants).toMatchObject([{ relation: 'round', role: 'round' }]);
    expect(here.holds()).toEqual(['joint/plan']);
    await there.pull();
    expect(there.holds()).toEqual([]);
    await stored(client.custodian, replaced(client.custodian, unit, { unitId: null }));
    expect((await here.pull()).left).toEqual(['joint/plan']);
  });

  it('P1 a deputy stands in for the days of an absence, and for the clients handed over', async () => {
    const { region } = world;
    const [first, second] = [await world.client(), await world.client()];
    const absent = await world.desk('doctor');
    const deputy = await world.desk('doctor');
    await first.letIn(absent);
    await second.letIn(absent);
    const tomorrow = new Date(region.now().getTime() + day).toISOString().slice(0, 10);
    await world.change(async (tx) => {
      await tx.query(
        `INSERT INTO absence
           (id, person_id, deputy_id, valid_from, valid_to, case_ids, created_by, created_at)
         VALUES ($1, $2, $3, $4, $4, $5, $2, $6)`,
        [testId(), absent.personId, deputy.personId, tomorrow, [first.caseId], region.now()],
      );
      await touchPersonRights(tx, [deputy.personId]);
    });
    const [here, there] = [follow(deputy, first.caseId), follow(deputy, second.caseId)];
    await here.pull();
    expect(here.holds()).toEqual([]);
    region.pass(day);
    const begun = await here.pull();
    expect(begun.grants).toMatchObject([{ relation: 'absence', role: 'participant' }]);
    expect(here.holds()).toEqual(['joint/plan']);
    const written = await first.write(absent, outpatient);
    expect((await here.pull()).changes.has(written.id)).toBe(true);
    expect(there.holds()).toEqual([]);
    region.pass(day);
    expect((await here.pull()).left).toEqual(['joint/plan', outpatient]);
  });

  it('P1 an opening lasts until its time, or until it is ended', async () => {
    const { region } = world;
    const client = await world.client();
    const doctor = await world.desk('doctor');
    const here = follow(doctor, client.caseId);
    await here.pull();
    const open = async (untilMs: number) => {
      const id = testId();
      await world.change(async (tx) => {
        await tx.query(
          `INSERT INTO opening (id, kind, person_id, case_id, ground, reason, from_at, until_at,
             offline, received_at)
           VALUES ($1, 'emergency', $2, $3, 'life-or-health', 'Kaatunut.', $4, $5, false, $4)`,
          [id, doctor.personId, client.caseId, region.now(), new Date(untilMs)],
        );
        await touchPersonRights(tx, [doctor.personId]);
      });
      return id;
    };
    await open(region.now().getTime() + hour);
    expect((await here.pull()).grants).toMatchObject([
      { relation: 'emergency', untilMs: region.now().getTime() + hour, manages: false },
    ]);
    region.pass(hour - 1);
    expect((await here.pull()).left).toEqual([]);
    region.pass(1);
    expect((await here.pull()).left).toEqual(['joint/plan']);
    const second = await open(region.now().getTime() + hour);
    await here.pull();
    expect((await here.pull()).left).toEqual([]);
    expect(here.holds()).toEqual(['joint/plan']);
    await world.change(async (tx) => {
      await tx.query(`UPDATE opening SET ended_at = $2 WHERE id = $1`, [second, region.now()]);
      await touchPersonRights(tx, [doctor.personId]);
    });
    expect((await here.pull()).left).toEqual(['joint/plan']);
  });

  it('P1 a protected part opens to others than its specialty by a confirmation of its own', async () => {
    const { region } = world;
    const client = await world.client();
    const [psychologist, nurse] = [await world.desk('psychologist'), await world.desk('nurse')];
    await client.letIn(psychologist);
    await client.letIn(nurse);
    await client.write(psychologist, 'patient/psychologist');
    const here = follow(nurse, client.caseId);
    await here.pull();
    expect(here.holds()).toEqual(['joint/plan']);
    await world.change(async (tx) => {
      await tx.query(
        `INSERT INTO opening (id, kind, person_id, case_id, ground, reason, compartments, from_at,
           until_at, offline, received_at)
         VALUES ($1, 'confirmation', $2, $3, 'protected-needed-in-care', 'Lääkitys.', $4, $5, $6,
           false, $5)`,
        [
          testId(),
          nurse.personId,
          client.caseId,
          ['patient/psychologist'],
          region.now(),
          new Date(region.now().getTime() + 12 * hour),
        ],
      );
      await touchPersonRights(tx, [nurse.personId]);
    });
    expect((await here.pull()).grants).toMatchObject([
      { compartment: 'patient/psychologist', basis: 'confirmation' },
    ]);
    region.pass(12 * hour);
    expect((await here.pull()).left).toEqual(['patient/psychologist']);
  });
});

describe('who is who', () => {
  it('P1 nobody holds their own record, once the region knows whose it is', async () => {
    const client = await world.client();
    const nurse = await world.desk('nurse');
    await client.letIn(nurse);
    const here = follow(nurse, client.caseId);
    await here.pull();
    expect(here.holds()).toEqual(['joint/plan']);
    const code = `010190-901${checkCharacterFor('010190', '901')}`;
    const { regionId } = await readRegionState(world.database.db);
    await world.change(async (tx) => {
      await tx.query('UPDATE person SET identity_code_hash = $2 WHERE id = $1', [
        nurse.personId,
        identityCodeHash(regionId, ` ${code.toLowerCase()}`),
      ]);
      await touchPersonRights(tx, [nurse.personId]);
    });
    expect((await here.pull()).left).toEqual([]);
    await stored(
      client.custodian,
      client.custodian.change({
        caseId: client.caseId,
        recordId: client.caseId,
        kind: 'client',
        group: 'identity',
        value: {
          familyName: 'Hoitaja',
          givenNames: 'Aino',
          preferredName: '',
          personalIdentityCode: code,
          temporaryId: null,
          birthDate: '1990-01-01',
        },
      }),
    );
    expect((await here.pull()).left).toEqual(['joint/plan']);
    expect(await words(nurse, client.caseId, 'joint/plan')).toEqual(['review']);
  });

  it('P1 a relation to a client counts for the same person entered twice', async () => {
    const { region } = world;
    const [main, twin] = [await world.client(), await world.client()];
    const nurse = await world.desk('nurse');
    await main.letIn(nurse);
    const here = follow(nurse, twin.caseId);
    await here.pull();
    expect(here.holds()).toEqual([]);
    await world.change(async (tx) => {
      await tx.query(
        `INSERT INTO case_alias (case_id, main_case_id, reason, merged_by, merged_at)
         VALUES ($1, $2, 'Sama henkilö.', $3, $4)`,
        [twin.caseId, main.caseId, main.custodian.personId, region.now()],
      );
      await touchCaseRights(tx, [twin.caseId]);
    });
    await here.pull();
    expect(here.holds()).toEqual(['joint/plan']);
    // What happens to the one client afterwards reaches the other too.
    const late = await world.desk('nurse');
    const there = follow(late, twin.caseId);
    await there.pull();
    const place = await main.letIn(late);
    await there.pull();
    expect(there.holds()).toEqual(['joint/plan']);
    await stored(main.custodian, removal(main.custodian, place));
    expect((await there.pull()).left).toEqual(['joint/plan']);
    await world.change(async (tx) => {
      await touchCaseRights(tx, [twin.caseId]);
      await tx.query('DELETE FROM case_alias WHERE case_id = $1', [twin.caseId]);
    });
    expect((await here.pull()).left).toEqual(['joint/plan']);
  });

  it('P1 a work task that begins later opens by the clock', async () => {
    const { region } = world;
    const client = await world.client();
    const begins = new Date(region.now().getTime() + 2 * day).toISOString().slice(0, 10);
    const nurse = await world.desk('nurse', { tasks: [taskOf('nurse', { validFrom: begins })] });
    await client.letIn(nurse);
    const here = follow(nurse, client.caseId);
    await here.pull();
    expect(here.holds()).toEqual([]);
    region.pass(2 * day);
    await here.pull();
    expect(here.holds()).toEqual(['joint/plan']);
  });
});
