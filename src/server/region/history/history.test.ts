import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import {
  removal,
  replaced,
  startRightsWorld,
  stored,
  type Desk,
  type RightsWorld,
} from '../../../../tests/region/rights-world.ts';
import { findPerson } from '../directory.ts';

let world: RightsWorld;
beforeAll(async () => {
  world = await startRightsWorld();
});
afterAll(() => world.end());

const uses = async (desk: Desk, action: string): Promise<number> => {
  const [row] = await world.database.db.query<{ count: number }>(
    'SELECT count(*) AS count FROM use_entry WHERE person_id = $1 AND action = $2',
    [desk.personId, action],
  );
  return row?.count ?? 0;
};

describe('history', () => {
  it('tells every version to those who may see the part, after logging the look', async () => {
    const client = await world.client();
    const nurse = await world.desk('nurse');
    await client.letIn(nurse);
    const first = await client.write(client.custodian, 'joint/plan');
    const second = replaced(nurse, first, { text: 'Kävely on varmempaa.' });
    await stored(nurse, second);
    const { caseId } = client;
    const asked = { caseId, recordId: first.recordId, group: 'assessment' };
    const answer = await nurse.ask('history.group', asked);
    const { versions } = answer.body as OnlineOutput<'history.group'>;
    expect(versions.map(({ changeId }) => changeId)).toEqual([second.id, first.id]);
    expect(versions[0]).toMatchObject({
      value: { text: 'Kävely on varmempaa.' },
      parents: [first.id],
      authorId: nurse.personId,
    });
    expect(await uses(nurse, 'history')).toBe(1);
  });

  it('says the same of what is hidden, of another client’s, and of what does not exist', async () => {
    const client = await world.client();
    const [nurse, stranger] = [await world.desk('nurse'), await world.desk('nurse')];
    await client.letIn(nurse);
    const hidden = await client.write(client.custodian, 'social/older-people');
    const open = await client.write(client.custodian, 'joint/plan');
    const own = await world.client();
    await own.letIn(stranger);
    const { caseId } = client;
    const group = 'assessment';
    const answers = [
      await nurse.ask('history.group', { caseId, recordId: hidden.recordId, group }),
      await nurse.ask('history.group', { caseId, recordId: testId(), group }),
      await stranger.ask('history.group', { caseId, recordId: open.recordId, group }),
      await stranger.ask('history.group', { caseId: own.caseId, recordId: open.recordId, group }),
      await stranger.ask('history.group', { caseId: testId(), recordId: open.recordId, group }),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ code: 'no-access' });
    expect([await uses(nurse, 'history'), await uses(stranger, 'history')]).toEqual([0, 0]);
  });
});

type Page = OnlineOutput<'history.client'>;

const askLog = async (
  desk: Desk,
  caseId: string,
  asked: Partial<OnlineInput<'history.client'>> = {},
): Promise<Page> => {
  const answer = await desk.ask('history.client', {
    caseId,
    purpose: 'look',
    compartments: everyPart,
    after: 0,
    ...asked,
  });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body as Page;
};

const everyPart = ['joint/plan', 'joint/permissions', 'social/older-people', 'patient/home-care'];

describe('a client’s whole log', () => {
  it('Y1 is told within the parts that the person may see, with when the region received it', async () => {
    const client = await world.client();
    const nurse = await world.desk('nurse');
    await client.letIn(nurse);
    const hidden = await client.write(client.custodian, 'social/older-people');
    const first = await client.write(client.custodian, 'joint/plan');
    const second = replaced(client.custodian, first, { text: 'Kävely on varmempaa.' });
    await stored(client.custodian, second);
    const ofCustodian = await askLog(client.custodian, client.caseId);
    const ofNurse = await askLog(nurse, client.caseId);
    const ids = ({ versions }: Page) => versions.map(({ change }) => change.id);
    expect(ids(ofCustodian)).toEqual(expect.arrayContaining([hidden.id, first.id, second.id]));
    expect(ids(ofNurse)).toEqual(expect.arrayContaining([first.id, second.id]));
    expect(ids(ofNurse)).not.toContain(hidden.id);
    expect(ofNurse.compartments).not.toContain('social/older-people');
    const told = ofNurse.versions.find(({ change }) => change.id === second.id);
    expect(told?.change).toEqual(second);
    const [row] = await world.database.db.query<{ at: Date }>(
      'SELECT received_at AS at FROM change_log WHERE change_id = $1',
      [second.id],
    );
    expect(told?.receivedMs).toBe(row?.at.getTime());
    expect(ofNurse.versions.map(({ seq }) => seq)).toEqual(
      ofNurse.versions.map(({ seq }) => seq).toSorted((a, b) => a - b),
    );
  });

  it('Y1 comes in pages that together are the whole, however long the texts', async () => {
    const client = await world.client();
    const need = await client.write(client.custodian, 'joint/plan');
    const written = [need];
    for (let count = 0; count < 25; count += 1) {
      const last = written.at(-1) ?? need;
      const next = replaced(client.custodian, last, {
        text: `${count} ${'pitkä '.repeat(15_000)}`,
      });
      await stored(client.custodian, next);
      written.push(next);
    }
    const pages: Page[] = [];
    for (let after = 0, more = true; more;) {
      const page = await askLog(client.custodian, client.caseId, { after });
      pages.push(page);
      ({ through: after, more } = page);
    }
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(JSON.stringify(page).length).toBeLessThan(1_100_000);
    const told = pages.flatMap(({ versions }) => versions.map(({ change }) => change.id));
    expect(told).toEqual([...new Set(told)]);
    expect(told).toEqual(expect.arrayContaining(written.map(({ id }) => id)));
    const last = pages.at(-1);
    const beyond = await askLog(client.custodian, client.caseId, { after: last?.through ?? 0 });
    expect(beyond).toMatchObject({ versions: [], more: false });
  });

  it('Y1 says the same of what is hidden, of what has ended, and of what does not exist', async () => {
    const client = await world.client();
    const [stranger, leaver] = [await world.desk('nurse'), await world.desk('nurse')];
    const membership = await client.letIn(leaver);
    await client.write(client.custodian, 'social/older-people');
    expect((await askLog(leaver, client.caseId)).versions.length).toBeGreaterThan(0);
    await stored(client.custodian, removal(client.custodian, membership));
    const ask = (desk: Desk, caseId: string, compartments = everyPart) =>
      desk.ask('history.client', { caseId, purpose: 'look', compartments, after: 0 });
    const before = await uses(leaver, 'history');
    const answers = [
      await ask(stranger, client.caseId),
      await ask(stranger, testId()),
      await ask(leaver, client.caseId),
      await ask(client.custodian, client.caseId, ['patient/home-care']),
      await ask(client.custodian, client.caseId, ['ei/olemassa']),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 403, body: { code: 'no-access' } });
    expect([await uses(stranger, 'history'), await uses(leaver, 'history')]).toEqual([0, before]);
  });

  it('Y2 is logged before it is told: each look, and once what comes to lie on a device', async () => {
    const client = await world.client();
    const { custodian, caseId } = client;
    await client.write(custodian, 'social/older-people');
    const keep = { purpose: 'keep' } as const;
    const hasNothing = await custodian.ask('history.client', {
      caseId,
      compartments: everyPart,
      after: 0,
      ...keep,
    });
    // A device keeps the history of what it holds, and it holds nothing yet.
    expect(hasNothing).toMatchObject({ status: 403, body: { code: 'no-access' } });
    await custodian.pullAll();
    const brought = await uses(custodian, 'prefetch');
    await askLog(custodian, caseId, keep);
    const registers = 2;
    expect(await uses(custodian, 'prefetch')).toBe(brought + registers);
    await askLog(custodian, caseId, keep);
    await askLog(custodian, caseId, { ...keep, after: 1 });
    expect(await uses(custodian, 'prefetch')).toBe(brought + registers);
    expect(await uses(custodian, 'history')).toBe(0);
    await askLog(custodian, caseId);
    await askLog(custodian, caseId, { after: 1 });
    expect(await uses(custodian, 'history')).toBe(2 * registers);
  });
});

describe('statistics', () => {
  it('tells leads of their own units and administrators of all, and no number below five', async () => {
    const lead = await world.desk('nurse', { duties: ['unit-lead'] });
    const administrator = await world.desk('nurse', { duties: ['administrator'] });
    const nurse = await world.desk('nurse');
    const unitOf = async (desk: Desk) =>
      (await findPerson(world.database.db, desk.personId))?.unitId ?? '';
    const [large, small] = [await unitOf(lead), await unitOf(administrator)];
    for (const unitId of [large, large, large, large, large, small]) {
      const { caseId, custodian } = await world.client();
      const care = { caseId, recordId: caseId, kind: 'client', group: 'care', value: { unitId } };
      await stored(custodian, custodian.change(care));
    }
    const rowsFor = async (desk: Desk) => {
      const answer = await desk.ask('statistics.caseload', {});
      return (answer.body as OnlineOutput<'statistics.caseload'>).rows;
    };
    const few = { clients: null, withoutCustodian: null };
    expect(await rowsFor(lead)).toEqual([{ ...few, unitId: large, clients: 5 }]);
    expect(await rowsFor(administrator)).toEqual(
      expect.arrayContaining([
        { ...few, unitId: large, clients: 5 },
        { ...few, unitId: small },
      ]),
    );
    expect(await nurse.ask('statistics.caseload', {})).toMatchObject({
      status: 403,
      body: { code: 'no-access' },
    });
    expect(await uses(lead, 'statistics')).toBe(1);
  });
});
