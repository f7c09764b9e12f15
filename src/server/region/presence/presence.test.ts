import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Id } from '#shared/domain/ids.ts';
import { presence as rules, type HereMessage, type LiveSaying } from '#shared/protocol/live.ts';
import {
  removal,
  startRightsWorld,
  stored,
  type Desk,
  type RightsWorld,
  type TestClient,
} from '../../../../tests/region/rights-world.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import { eventually } from '../../../../tests/story/desks.ts';
import { startPresence, type Presence } from './presence.ts';

let world: RightsWorld;
/** Two server processes of one region: each hears of the other only over the database. */
let one: Presence;
let other: Presence;
const troubles: string[] = [];

/** A client and a nurse by whom it is seen that everything said before has been told. */
let quiet: { readonly client: TestClient; readonly nurse: Desk };

beforeAll(async () => {
  world = await startRightsWorld();
  quiet = { client: await world.client(), nurse: await world.desk('nurse') };
  await quiet.client.letIn(quiet.nurse);
});
afterAll(() => world.end());
beforeEach(async () => {
  const options = {
    now: world.region.now,
    onLost: (reason: string) => void troubles.push(reason),
    // Only the test sweeps, by its own clock.
    sweepEveryMs: 3_600_000,
  };
  one = await startPresence(world.database.db, options);
  other = await startPresence(world.database.db, options);
});
afterEach(async () => {
  await one.end();
  await other.end();
  const [trouble] = troubles.splice(0);
  if (trouble !== undefined) throw new Error(trouble);
});

/** A live line of the desk at one of the processes. */
const lineOf = (at: Presence, desk: Desk) => {
  const told: HereMessage[] = [];
  const { say, leave } = at.join(desk.personId, (message) => void told.push(message));
  return {
    desk,
    leave,
    told: () => told,
    say: (caseId: Id, part: LiveSaying['part'] = null) =>
      say({ type: 'here', caseId, open: true, part }),
    close: (caseId: Id) => say({ type: 'here', caseId, open: false, part: null }),
    /** Who is there by the last word. */
    sees: (): readonly Id[] => (told.at(-1)?.people ?? []).map(({ personId }) => personId),
    parts: () => (told.at(-1)?.people ?? []).map(({ part }) => part),
  };
};
type Line = ReturnType<typeof lineOf>;

const until = (what: string, holds: () => boolean) => eventually(what, async () => holds());

const sees = (line: Line, ...whom: readonly Line[]) =>
  until('who is here as expected', () => {
    const expected = whom.map(({ desk }) => desk.personId).toSorted();
    return line.told().length > 0 && JSON.stringify(line.sees()) === JSON.stringify(expected);
  });

/** What anybody says after it has been told here: what was said before has been told too, or never is. */
const settle = async (): Promise<void> => {
  const { client, nurse } = quiet;
  const [a, b] = [lineOf(one, client.custodian), lineOf(other, client.custodian)];
  for (const line of [a, b]) line.say(client.caseId);
  await until('both lines answered', () => a.told().length > 0 && b.told().length > 0);
  const [c, d] = [lineOf(one, nurse), lineOf(other, nurse)];
  c.say(client.caseId);
  await sees(b, c);
  c.leave();
  await sees(b);
  d.say(client.caseId);
  await sees(a, d);
  for (const line of [a, b, d]) line.leave();
};

const team = async (...professions: readonly string[]) => {
  const client = await world.client();
  const desks: Desk[] = [];
  for (const profession of professions) {
    const desk = await world.desk(profession);
    await client.letIn(desk);
    desks.push(desk);
  }
  return { client, desks: desks as [Desk, ...Desk[]] };
};

const partOf = (change: { readonly recordId: Id; readonly group: string }) => ({
  recordId: change.recordId,
  group: change.group,
});

describe('who is here', () => {
  it('W1 W4 is told to those who have the same plan open, at any process', async () => {
    const { client, desks } = await team('nurse', 'doctor');
    const [nurse, doctor] = [lineOf(one, desks[0]), lineOf(other, desks[1] as Desk)];
    const elsewhere = lineOf(other, client.custodian);
    const another = await world.client();
    nurse.say(client.caseId);
    await sees(nurse);
    doctor.say(client.caseId);
    await sees(nurse, doctor);
    await sees(doctor, nurse);
    elsewhere.say(another.caseId);
    await settle();
    expect(elsewhere.told()).toEqual([]);
    expect(nurse.told().every(({ caseId }) => caseId === client.caseId)).toBe(true);
  });

  it('W1 is one person, also at two computers, and never oneself', async () => {
    const { client, desks } = await team('nurse', 'doctor');
    const [here, there] = [lineOf(one, desks[0]), lineOf(other, desks[0])];
    const doctor = lineOf(one, desks[1] as Desk);
    for (const line of [here, there, doctor]) line.say(client.caseId);
    await sees(doctor, here);
    await sees(here, doctor);
    await sees(there, doctor);
    here.leave();
    await settle();
    expect(doctor.sees()).toEqual([there.desk.personId]);
  });

  it('W3 is over at once when the plan is closed or the line ends', async () => {
    const { client, desks } = await team('nurse', 'doctor');
    const [nurse, doctor] = [lineOf(one, desks[0]), lineOf(other, desks[1] as Desk)];
    for (const line of [nurse, doctor]) line.say(client.caseId);
    await sees(nurse, doctor);
    doctor.close(client.caseId);
    await sees(nurse);
    doctor.say(client.caseId);
    await sees(nurse, doctor);
    doctor.leave();
    await sees(nurse);
    expect(nurse.told().map(({ people }) => people.length)).toEqual([0, 1, 0, 1, 0]);
  });

  it('W3 a plan opened and closed in one breath leaves nothing behind', async () => {
    const { client, desks } = await team('nurse', 'doctor');
    const [nurse, doctor] = [lineOf(one, desks[0]), lineOf(one, desks[1] as Desk)];
    nurse.say(client.caseId);
    doctor.say(client.caseId);
    doctor.close(client.caseId);
    await settle();
    expect(nurse.sees()).toEqual([]);
  });

  it('W3 lives 45 seconds after it was last said, at both processes', async () => {
    const { client, desks } = await team('nurse', 'doctor');
    const [nurse, doctor] = [lineOf(one, desks[0]), lineOf(other, desks[1] as Desk)];
    for (const line of [nurse, doctor]) line.say(client.caseId);
    await sees(nurse, doctor);
    world.region.pass(rules.livesMs - 1);
    nurse.say(client.caseId);
    await one.sweep();
    await other.sweep();
    expect(nurse.sees()).toEqual([doctor.desk.personId]);
    world.region.pass(1);
    await one.sweep();
    await sees(nurse);
  });

  it('W3 a sign of life reaches the other process with its sweep', async () => {
    const { client, desks } = await team('nurse', 'doctor');
    const [nurse, doctor] = [lineOf(one, desks[0]), lineOf(other, desks[1] as Desk)];
    for (const line of [nurse, doctor]) line.say(client.caseId);
    await sees(nurse, doctor);
    for (let round = 0; round < 4; round += 1) {
      world.region.pass(rules.sayEveryMs);
      for (const line of [nurse, doctor]) line.say(client.caseId);
      await one.settled();
      await other.settled();
      await one.sweep();
      await other.sweep();
      await settle();
    }
    expect(nurse.sees()).toEqual([doctor.desk.personId]);
  });

  it('W3 stands in no table and in no log of the region', async () => {
    const { client, desks } = await team('nurse', 'doctor');
    const [nurse, doctor] = [lineOf(one, desks[0]), lineOf(other, desks[1] as Desk)];
    await settle();
    const before = await rowsEverywhere();
    for (const line of [nurse, doctor]) line.say(client.caseId);
    await sees(nurse, doctor);
    await sees(doctor, nurse);
    doctor.leave();
    await sees(nurse);
    expect(await rowsEverywhere()).toEqual(before);
    expect(world.region.logged()).not.toContain(client.caseId);
  });

  it('W5 of one line is of so many plans at most, the one said longest ago giving way', async () => {
    const nurse = await world.desk('nurse');
    const clients: TestClient[] = [];
    for (let n = 0; n <= rules.plansOfLine; n += 1) {
      const client = await world.client();
      await client.letIn(nurse);
      clients.push(client);
    }
    const [first, second] = clients as [TestClient, TestClient];
    const line = lineOf(one, nurse);
    const custodians = [first, second].map((client) => lineOf(one, client.custodian));
    custodians[0]?.say(first.caseId);
    custodians[1]?.say(second.caseId);
    for (const { caseId } of clients) line.say(caseId);
    await settle();
    custodians[0]?.say(first.caseId);
    custodians[1]?.say(second.caseId);
    await settle();
    expect(custodians.map((each) => each.sees())).toEqual([[], [nurse.personId]]);
  });
});

/** How many rows each table holds. */
const rowsEverywhere = async (): Promise<readonly unknown[]> => {
  const tables = await world.database.owner.query<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const counted: unknown[] = [];
  for (const { name } of tables) {
    const [row] = await world.database.owner.query<{ rows: number }>(
      `SELECT count(*)::int AS rows FROM ${name}`,
    );
    counted.push([name, row?.rows]);
  }
  return counted;
};

describe('what is told of who is here', () => {
  it('W2 is the group only to those who may see its part now', async () => {
    const { client, desks } = await team('nurse', 'social-counsellor', 'social-counsellor');
    const [nurse, writer, colleague] = [
      lineOf(one, desks[0]),
      lineOf(one, desks[1] as Desk),
      lineOf(other, desks[2] as Desk),
    ];
    const social = await client.write(client.custodian, 'social/families');
    const joint = await client.write(client.custodian, 'joint/plan');
    for (const line of [nurse, colleague]) line.say(client.caseId);
    writer.say(client.caseId, partOf(social));
    await sees(nurse, writer, colleague);
    await until('the colleague sees the group', () =>
      colleague.parts().some((part) => part?.recordId === social.recordId),
    );
    expect(nurse.parts()).toEqual([null, null]);
    writer.say(client.caseId, partOf(joint));
    await until('the nurse sees what both may see', () =>
      nurse.parts().some((part) => part?.recordId === joint.recordId),
    );
  });

  it('W2 is no group that the writer may not see, nor one of another client', async () => {
    const { client, desks } = await team('nurse', 'social-counsellor');
    const [nurse, counsellor] = [lineOf(one, desks[0]), lineOf(one, desks[1] as Desk)];
    const social = await client.write(client.custodian, 'social/families');
    const another = await world.client();
    const strange = await another.write(another.custodian, 'joint/plan');
    counsellor.say(client.caseId);
    for (const part of [partOf(social), partOf(strange), { recordId: testId(), group: 'status' }]) {
      nurse.say(client.caseId, part);
      await settle();
      expect(counsellor.sees()).toEqual([nurse.desk.personId]);
      expect(counsellor.parts()).toEqual([null]);
    }
  });

  it('W2 is silence to who may not see the client, as for one that does not exist', async () => {
    const { client, desks } = await team('nurse');
    const [nurse, outsider] = [lineOf(one, desks[0]), lineOf(one, await world.desk('doctor'))];
    const joint = await client.write(client.custodian, 'joint/plan');
    nurse.say(client.caseId);
    for (const caseId of [client.caseId, testId()]) {
      outsider.say(caseId);
      outsider.say(caseId, partOf(joint));
    }
    await settle();
    nurse.say(client.caseId);
    await settle();
    expect(outsider.told()).toEqual([]);
    expect(nurse.sees()).toEqual([]);
    expect(world.region.logged()).not.toContain(client.caseId);
  });

  it('W2 ends with the right, on both sides, at the next saying', async () => {
    const client = await world.client();
    const nurse = await world.desk('nurse');
    const place = await client.letIn(nurse);
    const [leaving, staying] = [lineOf(one, nurse), lineOf(other, client.custodian)];
    for (const line of [leaving, staying]) line.say(client.caseId);
    await sees(staying, leaving);
    await sees(leaving, staying);
    await stored(client.custodian, removal(client.custodian, place));
    const before = leaving.told().length;
    for (const line of [leaving, staying]) line.say(client.caseId);
    await sees(staying);
    await settle();
    expect(leaving.told().length).toBe(before);
  });
});
