import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import {
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
