import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foundClient } from '../region/wire-device.ts';
import { eventually, syncedStatus } from './desks.ts';
import { groupIn, opened, settledAs, startPair, status, write, type Pair } from './pair.ts';

/** Two desks on lines that lie, stall and break, and clocks that do; each test has a client of its own. */

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

describe('a line that lies', () => {
  it.each([
    ['html', 'trouble', 'not-a-region'],
    ['error-500', 'trouble', 'server-trouble'],
    ['error-502', 'trouble', 'server-trouble'],
    ['cut', 'offline', null],
    ['drop-reply', 'offline', null],
    ['drop-request', 'offline', null],
  ] as const)(
    'D2 T1 scenario 20: %s is told as %s, nothing is lost, nothing is green',
    async (fate, state, problem) => {
      const { caseId, recordId } = await sharedClient();
      one.line.decide(() => fate);
      const changeId = await write(one, caseId, recordId, 'status', status(fate));
      const told = await eventually('the trouble told', async () => {
        const now = await one.desk().get('sync.status', {});
        return now.state === state && now;
      });
      expect(told).toMatchObject({ waiting: 1, regionHasAll: false, problem });
      const view = await one.desk().get('clients.open', { caseId, from: 'list' });
      expect(groupIn(view, recordId, 'status')?.heads).toMatchObject([{ changeId, waiting: true }]);
      one.line.decide(() => 'pass');
      await one.desk().get('sync.now', {});
      expect(await syncedStatus(one.desk())).toMatchObject({ waiting: 0, problem: null });
      await opened(two, caseId, (seen) => settledAs(seen, recordId, 'status', { reason: fate }));
    },
  );

  it('D2 a reply lost after the region stored it: the receipt comes with the pull', async () => {
    const { caseId, recordId } = await sharedClient();
    one.line.decide((path) => (path === '/v1/push' ? 'drop-reply' : 'pass'));
    await write(one, caseId, recordId, 'status', status('Kerran'));
    await eventually('stored at the region', async () => (await logOf(caseId)) === 5);
    expect(await one.desk().get('sync.status', {})).toMatchObject({
      waiting: 1,
      regionHasAll: false,
    });
    one.line.decide(() => 'pass');
    await one.desk().get('sync.now', {});
    await syncedStatus(one.desk());
    expect(await logOf(caseId)).toBe(5);
  });

  it('locking does not wait for a line that has stalled, and unsent work is there after it', async () => {
    const { caseId, recordId } = await sharedClient();
    one.line.decide(() => 'stall');
    const before = one.line.seen();
    await write(one, caseId, recordId, 'status', status('Jumissa'));
    await eventually('the request under way', async () => one.line.seen() > before);
    const began = performance.now();
    await one.desk().get('session.lock', {});
    expect(performance.now() - began).toBeLessThan(5_000);
    one.line.decide(() => 'pass');
    const { personId, secret } = one.person;
    await one.desk().get('session.unlock', { personId, secret });
    await opened(two, caseId, (view) => settledAs(view, recordId, 'status', { reason: 'Jumissa' }));
  });

  it('C1 C3 scenario 20: a clock set years back or ahead, to 1970 or to 2099, loses nothing', async () => {
    let clock = Date.now();
    const odd = await world.newDesk(await world.newPerson('kellossa vika'), () => clock);
    const { caseId, recordId } = await sharedClient();
    await world.letIn(founder, caseId, odd.person);
    await opened(odd, caseId);
    let last = '';
    const moments = {
      'three years ahead': Date.now() + 3 * 365 * 86_400_000,
      'five years behind': Date.now() - 5 * 365 * 86_400_000,
      'in 1970': Date.UTC(1970, 0, 1, 0, 0, 1),
      'in 2099': Date.UTC(2099, 11, 31, 23, 59),
      'a day ahead': Date.now() + 86_400_000,
    };
    for (const [name, moment] of Object.entries(moments)) {
      clock = moment;
      last = `The clock stood ${name}`;
      // Years ahead, the region's word is asked for before anything is shown.
      await opened(odd, caseId);
      await write(odd, caseId, recordId, 'status', status(last));
      for (const lined of [one, two]) {
        await opened(lined, caseId, (view) =>
          settledAs(view, recordId, 'status', { reason: last }),
        );
      }
    }
    await write(one, caseId, recordId, 'status', status('Oikeassa ajassa'));
    const view = await opened(odd, caseId, (seen) =>
      settledAs(seen, recordId, 'status', { reason: 'Oikeassa ajassa' }),
    );
    expect(view.refused).toEqual([]);
  });

  it('L1 scenario 27: a first sync cut again and again goes on where it was', async () => {
    const made = await foundClient(founder);
    for (let batch = 0; batch < 5; batch += 1) {
      const text = 'ä'.repeat(45_000);
      await founder.push(
        ...[1, 2, 3, 4, 5, 6].map(() => founder.change({ caseId: made.caseId, value: { text } })),
      );
    }
    const person = await world.newPerson('alkaja');
    await world.letIn(founder, made.caseId, person);
    const first = await world.newDesk(person);
    let number = 0;
    first.line.decide((path) => {
      number += 1;
      return path === '/v1/pull' && number % 2 === 1 ? 'drop-reply' : 'pass';
    });
    const view = await opened(first, made.caseId, (seen) => seen.records.length >= 32);
    expect(view.records.filter((record) => record.kind === 'need')).toHaveLength(31);
    first.line.decide(() => 'pass');
    await first.desk().get('sync.now', {});
    expect(await syncedStatus(first.desk())).toMatchObject({ firstSync: null });
  });
});
