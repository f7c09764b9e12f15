import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id } from '#shared/domain/ids.ts';
import { clientNamed, eventually, recordOf, syncedStatus } from './desks.ts';
import { anId, opened, settledAs, startPair, write, type Pair } from './pair.ts';

/** Two desks of a region that has gone back to a backup. */

let world: Pair['world'];
let one: Pair['one'];
let both: Pair['both'];
let sharedClient: Pair['sharedClient'];
let logOf: Pair['logOf'];

beforeAll(async () => {
  ({ world, one, both, sharedClient, logOf } = await startPair());
});
afterAll(() => world.end());

describe('a region restored from a backup', () => {
  it('L5 scenario 18: own work goes again, what the backup has not is dropped, and all converge', async () => {
    const { caseId, need, recordId } = await sharedClient();
    for (const lined of both) await syncedStatus(lined.desk());
    const { owner } = world.database;
    const [{ last } = { last: 0 }] = await owner.query<{ last: number }>(
      'SELECT last_seq AS last FROM region_state',
    );
    // After the backup: an edit, and a whole client made here.
    await write(one, caseId, recordId, 'assessment', { text: 'Varmuuskopion jälkeen.' }, [need.id]);
    const made = await one.desk().get('clients.create', clientNamed('Palautus', 'Aili'));
    for (const lined of both) {
      await opened(lined, caseId, (view) =>
        settledAs(view, recordId, 'assessment', { text: 'Varmuuskopion jälkeen.' }),
      );
    }
    await syncedStatus(one.desk());
    await world.stopRegion();
    await restoreTo(last, caseId, need.id);
    await world.startRegion();
    for (const lined of both) {
      await opened(lined, caseId, (view) =>
        settledAs(view, recordId, 'assessment', { text: 'Varmuuskopion jälkeen.' }),
      );
      await syncedStatus(lined.desk());
    }
    await eventually('the new client sent again', async () => {
      await one.desk().get('sync.now', {});
      return (await logOf(made.caseId)) === 8;
    });
    await syncedStatus(one.desk());
    const view = await opened(one, made.caseId);
    expect(recordOf(view, 'client').groups['identity']).toMatchObject({
      value: { familyName: 'Palautus' },
    });
    expect(await one.desk().get('sync.status', {})).toMatchObject({ refused: 0, waiting: 0 });
  });

  /** As an older copy of the database would be: nothing after `last`, and an epoch of its own. */
  const restoreTo = async (last: number, caseId: Id, headBefore: Id): Promise<void> => {
    const { owner } = world.database;
    await owner.query(
      `DELETE FROM change_receipt WHERE change_id IN (SELECT change_id FROM change_log WHERE seq > $1)`,
      [last],
    );
    await owner.query(
      `DELETE FROM record_identity WHERE record_id IN (
         SELECT record_id FROM change_log GROUP BY record_id HAVING min(seq) > $1)`,
      [last],
    );
    await owner.query('DELETE FROM membership_current WHERE seq > $1', [last]);
    await owner.query('DELETE FROM head WHERE seq > $1', [last]);
    await owner.query(
      `INSERT INTO head (case_id, record_id, grp, change_id, kind, compartment, seq)
       SELECT case_id, record_id, grp, change_id, kind, compartment, seq FROM change_log
       WHERE case_id = $1 AND change_id = $2 ON CONFLICT DO NOTHING`,
      [caseId, headBefore],
    );
    await owner.query('DELETE FROM named_parent WHERE parent_id = $1', [headBefore]);
    await owner.query('DELETE FROM change_log WHERE seq > $1', [last]);
    await owner.query(
      `DELETE FROM case_compartment WHERE NOT EXISTS (
         SELECT 1 FROM change_log WHERE change_log.case_id = case_compartment.case_id)`,
    );
    await owner.query('DELETE FROM device_scope');
    await owner.query(`UPDATE device SET pull_begun = NULL, pull_page = NULL, pull_offered = '{}'`);
    await owner.query('UPDATE region_state SET last_seq = $1, epoch = $2', [last, anId()]);
  };
});
