import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withTransaction } from '#server/db/pool.ts';
import { appendChanges } from '#server/region/syncing/append.ts';
import { foundClient } from '../region/wire-device.ts';
import { eventually, syncedStatus } from './desks.ts';
import {
  anId,
  heading,
  opened,
  settledAs,
  startPair,
  stateIn,
  status,
  write,
  type Pair,
} from './pair.ts';

/** What goes on in the region's log while a desk reads it. */

let world: Pair['world'];
let founder: Pair['founder'];
let one: Pair['one'];
let two: Pair['two'];
let both: Pair['both'];
let sharedClient: Pair['sharedClient'];
let setOnline: Pair['setOnline'];

beforeAll(async () => {
  ({ world, founder, one, two, both, sharedClient, setOnline } = await startPair());
});
afterAll(() => world.end());

const highWater = async (): Promise<number> => {
  const [row] = await world.database.db.query<{ last: number }>(
    'SELECT last_seq AS last FROM region_state',
  );
  return row?.last ?? 0;
};

describe('the region’s log while desks read it', () => {
  it('Q1 scenario 11: what a transaction holds back across a pull is not skipped when it commits', async () => {
    const { caseId, recordId } = await sharedClient();
    const other = await sharedClient();
    for (const lined of both) await syncedStatus(lined.desk());
    const slow = founder.change({
      caseId,
      recordId,
      group: 'client-words',
      value: { text: 'Hitaasta istunnosta.' },
    });
    let commit = (): void => {};
    const allowed = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const before = await highWater();
    let numbered = (): void => {};
    const hasNumber = new Promise<void>((resolve) => {
      numbered = resolve;
    });
    const transaction = withTransaction(world.database.db, async (tx) => {
      await appendChanges(tx, [{ change: slow, device: null }], new Date());
      numbered();
      await allowed;
    });
    await hasNumber;
    // A whole pull ends while the number is given and the row is nobody's yet.
    const pulled = await two.desk().get('sync.status', {});
    await two.desk().get('sync.now', {});
    await eventually('a pull that ended meanwhile', async () => {
      const now = await two.desk().get('sync.status', {});
      return now.lastCompletePull !== pulled.lastCompletePull && now.state === 'idle';
    });
    // An edit of another client waits for its number behind the open one.
    await write(one, other.caseId, other.recordId, 'status', status('Jonossa'));
    expect(await highWater()).toBe(before);
    commit();
    await transaction;
    for (const lined of both) {
      await opened(lined, caseId, (view) =>
        settledAs(view, recordId, 'client-words', { text: 'Hitaasta istunnosta.' }),
      );
      await opened(lined, other.caseId, (view) =>
        settledAs(view, other.recordId, 'status', { reason: 'Jonossa' }),
      );
    }
    const numbers = await world.database.db.query<{ seq: number }>(
      'SELECT seq FROM change_log WHERE seq > $1 ORDER BY seq',
      [before],
    );
    expect(numbers.map(({ seq }) => seq)).toEqual([before + 1, before + 2]);
  });

  it('L1 P2 scenario 12: another session writes during a pull, into what has come and into what has not', async () => {
    const clients = [];
    for (let number = 0; number < 4; number += 1) {
      const made = await foundClient(founder);
      const text = 'ä'.repeat(90_000);
      await founder.push(
        ...[1, 2, 3, 4, 5].map(() => founder.change({ caseId: made.caseId, value: { text } })),
      );
      await world.letIn(founder, made.caseId, two.person);
      await opened(two, made.caseId);
      clients.push(made);
    }
    const person = await world.newPerson('ensikertalainen');
    for (const { caseId } of clients) await world.letIn(founder, caseId, person);
    // At each page that the newcomer asks for, the colleague has written into every one of the clients.
    const newcomer = await world.newDesk(person);
    let pages = 0;
    newcomer.line.decide((path) => {
      if (path === '/v1/pull') pages += 1;
      return 'pass';
    });
    const written = new Map<string, string>();
    for (let round = 0; round < 3; round += 1) {
      const from = pages;
      await newcomer.desk().get('sync.now', {});
      for (const { caseId, need } of clients) {
        const reason = `Kierros ${round}`;
        await write(two, caseId, need.recordId, 'status', status(reason));
        written.set(caseId, reason);
      }
      await two.desk().get('sync.now', {});
      await eventually('another page', async () => pages > from);
    }
    for (const { caseId, need } of clients) {
      for (const lined of [newcomer, two]) {
        const view = await opened(
          lined,
          caseId,
          (seen) =>
            settledAs(seen, need.recordId, 'status', { reason: written.get(caseId) }) &&
            seen.records.filter((record) => record.kind === 'need').length === 6,
        );
        expect(view.refused).toEqual([]);
      }
    }
  });

  it('H1 scenario 7: rounds in any order and number give one plan', async () => {
    const { caseId, recordId } = await sharedClient();
    setOnline(false);
    await write(one, caseId, recordId, 'assessment', { text: 'Kaisan arvio.' });
    await write(two, caseId, recordId, 'assessment', { text: 'Villen arvio.' });
    const [rowA, rowB] = [anId(), anId()];
    await write(one, caseId, rowA, 'heading', heading('A'));
    await write(two, caseId, rowB, 'heading', heading('B'));
    // Two first, one after, two again and again; then the other way round.
    for (const order of [
      [two, one, two, two],
      [one, two, one],
    ]) {
      for (const lined of order) {
        lined.line.setOnline(true);
        await eventually('a round', async () => {
          await lined.desk().get('sync.now', {});
          return (await lined.desk().get('sync.status', {})).regionHasAll;
        });
        lined.line.setOnline(false);
      }
    }
    setOnline(true);
    const shown = [];
    for (const lined of both) {
      const view = await opened(
        lined,
        caseId,
        (seen) =>
          stateIn(seen, recordId, 'assessment') === 'conflict' &&
          [rowA, rowB].every((row) => seen.records.some((record) => record.id === row)),
      );
      shown.push(
        Object.fromEntries(
          view.records.map(({ id, groups }) => [
            id,
            Object.entries(groups).map(([group, { state, heads }]) => [
              group,
              state,
              heads.map((head) => head.changeId),
            ]),
          ]),
        ),
      );
    }
    expect(shown[0]).toEqual(shown[1]);
  });
});
