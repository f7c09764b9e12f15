import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import type { ClientView, GroupView, RecordView } from '#shared/contract/views.ts';
import { foundClient, membership, wordOf, type WireDevice } from '../region/wire-device.ts';
import { eventually, recordOf, shownHeads, syncedStatus, type TestDesk } from './desks.ts';
import { startRegionWorld, type LinedDesk, type RegionWorld } from './region-world.ts';

/** Two desks, a region and lines between them; each test has a client of its own. */

let world: RegionWorld;
let founder: WireDevice;
let one: LinedDesk;
let two: LinedDesk;

beforeAll(async () => {
  world = await startRegionWorld();
  founder = await world.wire(await world.newPerson('perustaja'));
  one = await world.newDesk(await world.newPerson('kaisa'));
  two = await world.newDesk(await world.newPerson('ville'));
});
afterAll(() => world.end());

const id = (): Id => newId(Date.now(), (length) => randomBytes(length));
const desksOf = (): readonly LinedDesk[] => [one, two];

/** The client as the desk has it, once it fits. */
const opened = (lined: LinedDesk, caseId: Id, fits: (view: ClientView) => boolean = () => true) =>
  eventually('the plan as expected', async () => {
    await lined.desk().get('sync.now', {});
    const view = await lined.desk().call('clients.open', { caseId, from: 'list' });
    return view.ok && fits(view.value) ? view.value : null;
  });

/** A client of both desks with one need. */
const sharedClient = async () => {
  const { caseId, need } = await foundClient(founder);
  for (const { person } of desksOf()) await world.letIn(founder, caseId, person);
  for (const lined of desksOf()) await opened(lined, caseId);
  return { caseId, need, recordId: need.recordId };
};

const offline = (): void => {
  for (const { line } of desksOf()) line.setOnline(false);
};
const online = (): void => {
  for (const { line } of desksOf()) line.setOnline(true);
};

const write = async (
  lined: LinedDesk,
  caseId: Id,
  recordId: Id,
  group: string,
  value: object,
  basedOn?: readonly Id[],
): Promise<Id> => {
  const view = await lined.desk().get('clients.open', { caseId, from: 'list' });
  const record = view.records.find((known) => known.id === recordId);
  const written = await lined.desk().get('records.write', {
    caseId,
    edits: [
      {
        recordId,
        kind: 'need',
        compartment: jointPlan,
        group,
        value: value as never,
        basedOn: [...(basedOn ?? (record ? shownHeads(record, group) : []))],
      },
    ],
  });
  return written.changes[0]?.changeId ?? '';
};
const heading = (title: string) => ({ lifeArea: 'everyday-life', title });
const status = (reason: string) => ({ status: 'open', reason, date: null });
const needOf = (view: ClientView, recordId: Id): RecordView =>
  recordOf(view, 'need', (record) => record.id === recordId);
const groupIn = (view: ClientView, recordId: Id, group: string): GroupView | undefined =>
  view.records.find((record) => record.id === recordId)?.groups[group];
const stateIn = (view: ClientView, recordId: Id, group: string) =>
  groupIn(view, recordId, group)?.state;
const settledAs = (view: ClientView, recordId: Id, group: string, value: object): boolean => {
  const shown = groupIn(view, recordId, group);
  return (
    shown?.state === 'settled' &&
    Object.entries(value).every(([field, held]) => shown.value[field] === held)
  );
};
const logOf = async (caseId: Id): Promise<number> => {
  const [row] = await world.database.db.query<{ count: number }>(
    'SELECT count(*) AS count FROM change_log WHERE case_id = $1',
    [caseId],
  );
  return row?.count ?? 0;
};
const statusOf = (desk: TestDesk) => desk.get('sync.status', {});

describe('two who edit apart', () => {
  it('scenarios 1 2 3 8: other groups both stand, the same group shows both, equal values settle, a third sees it so too', async () => {
    const { caseId, recordId } = await sharedClient();
    offline();
    await write(one, caseId, recordId, 'status', status('Kaisa'));
    await write(two, caseId, recordId, 'client-words', { text: 'Villen kuulemaa.' });
    await write(one, caseId, recordId, 'assessment', { text: 'Aivan toinen arvio.' });
    await write(two, caseId, recordId, 'assessment', { text: 'Kokonaan muuta.' });
    await write(one, caseId, recordId, 'order', { key: 'a5' });
    await write(two, caseId, recordId, 'order', { key: 'a5' });
    online();
    const third = await world.newDesk(await world.newPerson('kolmas'));
    await world.letIn(founder, caseId, third.person);
    for (const lined of [one, two, third]) {
      const view = await opened(
        lined,
        caseId,
        (seen) =>
          stateIn(seen, recordId, 'assessment') === 'conflict' &&
          settledAs(seen, recordId, 'status', { reason: 'Kaisa' }) &&
          settledAs(seen, recordId, 'client-words', { text: 'Villen kuulemaa.' }),
      );
      expect(groupIn(view, recordId, 'assessment')).toMatchObject({
        ancestor: { value: { text: 'Kävely on epävarmaa.' } },
      });
      expect(settledAs(view, recordId, 'order', { key: 'a5' })).toBe(true);
    }
    // No ping-pong: rounds without edits write nothing.
    const before = await logOf(caseId);
    for (const lined of [one, two, third]) await syncedStatus(lined.desk());
    for (const lined of [one, two, third]) await opened(lined, caseId);
    expect(await logOf(caseId)).toBe(before);
  });

  it('scenarios 4 5 6: rows added on both sides stay; edit against removal is shown whichever comes first', async () => {
    for (const [remover, editor] of [
      [one, two],
      [two, one],
    ] as const) {
      const { caseId, recordId } = await sharedClient();
      offline();
      await remover.desk().get('records.remove', { caseId, recordId, reason: 'Kahteen kertaan.' });
      await write(editor, caseId, recordId, 'status', status('Jatkuu'));
      const [rowA, rowB] = [id(), id()];
      await write(remover, caseId, rowA, 'heading', heading('Uusi A'));
      await write(editor, caseId, rowB, 'heading', heading('Uusi B'));
      online();
      for (const lined of desksOf()) {
        const view = await opened(
          lined,
          caseId,
          (seen) =>
            needOf(seen, recordId).existence.state === 'removed-and-edited' &&
            [rowA, rowB].every((row) => seen.records.some((record) => record.id === row)),
        );
        expect(view.records.filter((record) => record.kind === 'need')).toHaveLength(3);
      }
    }
  });

  it('R2 R3 a removal taken back is standing on both desks', async () => {
    const { caseId, recordId } = await sharedClient();
    await one.desk().get('records.remove', { caseId, recordId, reason: 'Vahinko.' });
    await opened(two, caseId, (view) => needOf(view, recordId).existence.state === 'removed');
    await two.desk().get('records.restore', { caseId, recordId });
    const back = (view: ClientView) => needOf(view, recordId).existence.state === 'standing';
    expect(needOf(await opened(one, caseId, back), recordId).groups['assessment']).toBeDefined();
  });

  it('scenarios 9 29: opening, searching and dismissing write nothing', async () => {
    const { caseId, recordId } = await sharedClient();
    const before = await logOf(caseId);
    for (const lined of desksOf()) {
      await opened(lined, caseId);
      await lined.desk().get('text.search', { query: 'kävely', limit: 10 });
      const view = await opened(lined, caseId);
      // Saving what is already so is no change.
      await write(lined, caseId, recordId, 'assessment', { text: 'Kävely on epävarmaa.' });
      expect(view.waiting).toBe(0);
      expect((await syncedStatus(lined.desk())).waiting).toBe(0);
    }
    expect(await logOf(caseId)).toBe(before);
  });

  it('H5 scenario 14: a child that arrives before its parent, and the parent after it', async () => {
    const { caseId, need, recordId } = await sharedClient();
    const parent = founder.change({
      caseId,
      recordId,
      parents: [need.id],
      value: { text: 'Väli.' },
    });
    const child = founder.change({
      caseId,
      recordId,
      parents: [parent.id],
      value: { text: 'Uusin.' },
    });
    await founder.push(child);
    for (const lined of desksOf()) {
      await opened(lined, caseId, (view) => stateIn(view, recordId, 'assessment') === 'conflict');
    }
    await founder.push(parent);
    for (const lined of desksOf()) {
      const view = await opened(lined, caseId, (seen) =>
        settledAs(seen, recordId, 'assessment', { text: 'Uusin.' }),
      );
      expect(shownHeads(needOf(view, recordId), 'assessment')).toEqual([child.id]);
    }
  });
});

describe('what the region does not take', () => {
  it('D3 T1 scenario 15: a refused change is shown with its words, the rest goes, and its author puts it away', async () => {
    const { caseId, recordId } = await sharedClient();
    one.line.setOnline(false);
    const changeId = await write(one, caseId, recordId, 'status', status('Ei mene läpi'));
    await write(one, caseId, recordId, 'client-words', { text: 'Menee läpi.' });
    // Somebody else's change has taken the id.
    expect((await founder.push(founder.change({ caseId, id: changeId }))).map(wordOf)).toEqual([
      'stored',
    ]);
    one.line.setOnline(true);
    const view = await opened(one, caseId, (seen) => seen.refused.length === 1);
    expect(view.refused[0]).toMatchObject({
      changeId,
      code: 'id-taken',
      value: { reason: 'Ei mene läpi' },
    });
    expect(groupIn(view, recordId, 'status')).toBeUndefined();
    await opened(two, caseId, (seen) =>
      settledAs(seen, recordId, 'client-words', { text: 'Menee läpi.' }),
    );
    const { rows } = await one.desk().get('sync.outbox', { limit: 10 });
    expect(rows).toMatchObject([{ changeId, code: 'id-taken' }]);
    expect(await statusOf(one.desk())).toMatchObject({
      refused: 1,
      waiting: 0,
      regionHasAll: false,
    });
    await one.desk().get('sync.dismissRefused', { changeId });
    expect(await syncedStatus(one.desk())).toMatchObject({ refused: 0 });
  });

  it('P3 P4 scenario 16: access withdrawn with unsent edits and a text left in the middle', async () => {
    const { caseId, recordId, need } = await sharedClient();
    one.line.setOnline(false);
    await write(one, caseId, recordId, 'status', status('Kirjoitin ennen kuin tiesin'));
    await one.desk().get('drafts.save', {
      caseId,
      recordId,
      kind: 'need',
      compartment: jointPlan,
      group: 'client-words',
      value: { text: 'Jäi kesken' },
      basedOn: [],
    });
    const grants = await world.database.db.query<{ id: Id; recordId: Id }>(
      `SELECT change_id AS id, record_id AS "recordId" FROM change_log
       WHERE case_id = $1 AND kind = 'membership' AND value ->> 'personId' = $2`,
      [caseId, one.person.personId],
    );
    await founder.push(
      founder.change({
        caseId,
        recordId: grants[0]?.recordId ?? '',
        kind: 'membership',
        group: 'existence',
        value: { state: 'removed', reason: 'Siirtyi.', covers: grants.map((grant) => grant.id) },
      }),
    );
    one.line.setOnline(true);
    await eventually('the client gone', async () => {
      await one.desk().get('sync.now', {});
      const view = await one.desk().call('clients.open', { caseId, from: 'list' });
      return !view.ok && view.error.code === 'not-on-this-device';
    });
    // The words are with the reviewer; here only that they are is kept (P4).
    const rows = await eventually('both in review', async () => {
      const reviewed = await one.desk().get('sync.reviewed', {});
      return reviewed.rows.length === 2 && reviewed.rows;
    });
    expect(rows.map(({ state }) => state)).toEqual(['review', 'review']);
    expect((await one.desk().get('sync.outbox', { limit: 10 })).rows).toEqual([]);
    const review = await world.database.db.query<{ value: Record<string, unknown> }>(
      `SELECT content -> 'value' AS value FROM review WHERE case_id = $1`,
      [caseId],
    );
    expect(review.flatMap(({ value }) => Object.values(value))).toEqual(
      expect.arrayContaining(['Kirjoitin ennen kuin tiesin', 'Jäi kesken']),
    );
    expect(
      (await one.desk().get('text.search', { query: 'kävely', limit: 200 })).hits.filter(
        (hit) => hit.caseId === caseId,
      ),
    ).toEqual([]);
    // P5: with a new membership everything comes again.
    await founder.push(membership(founder, caseId, { personId: one.person.personId }));
    await opened(
      one,
      caseId,
      (view) => needOf(view, need.recordId).groups['assessment'] !== undefined,
    );
    for (const row of rows)
      await one.desk().get('sync.dismissReviewed', { changeId: row.changeId });
  });

  it('P2 scenario 17: access gained brings old records', async () => {
    const { caseId, need } = await foundClient(founder);
    await syncedStatus(one.desk());
    expect(await one.desk().call('clients.open', { caseId, from: 'list' })).toMatchObject({
      ok: false,
    });
    await world.letIn(founder, caseId, one.person);
    const view = await opened(one, caseId);
    expect(settledAs(view, need.recordId, 'assessment', { text: 'Kävely on epävarmaa.' })).toBe(
      true,
    );
  });

  it('scenario 26: a plan ended by one and edited by the other without a network keeps both', async () => {
    const { caseId, recordId } = await sharedClient();
    one.line.setOnline(false);
    await write(one, caseId, recordId, 'status', status('Vielä kesken'));
    const ended = founder.change({
      caseId,
      kind: 'plan',
      group: 'course',
      value: { track: 'older-people', status: 'ended' },
    });
    await founder.push(ended);
    one.line.setOnline(true);
    for (const lined of desksOf()) {
      const view = await opened(
        lined,
        caseId,
        (seen) =>
          settledAs(seen, ended.recordId, 'course', { status: 'ended' }) &&
          settledAs(seen, recordId, 'status', { reason: 'Vielä kesken' }),
      );
      expect(view.refused).toEqual([]);
    }
  });
});

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
        const now = await statusOf(one.desk());
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
    expect(await statusOf(one.desk())).toMatchObject({ waiting: 1, regionHasAll: false });
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

  it('C1 C3 scenario 20: a clock set years back or ahead loses nothing', async () => {
    let clock = Date.now();
    const odd = await world.newDesk(await world.newPerson('kellossa vika'), () => clock);
    const { caseId, recordId } = await sharedClient();
    await world.letIn(founder, caseId, odd.person);
    await opened(odd, caseId);
    let last = '';
    for (const jump of [3 * 365, -5 * 365, 1]) {
      clock = Date.now() + jump * 86_400_000;
      last = `Päivien päässä ${jump}`;
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

describe('a region restored from a backup', () => {
  it('L5 scenario 18: own work goes again, what the backup has not is dropped, and all converge', async () => {
    const { caseId, need, recordId } = await sharedClient();
    for (const lined of desksOf()) await syncedStatus(lined.desk());
    const { owner } = world.database;
    const [{ last } = { last: 0 }] = await owner.query<{ last: number }>(
      'SELECT last_seq AS last FROM region_state',
    );
    // After the backup: an edit, and a whole client made here.
    await write(one, caseId, recordId, 'assessment', { text: 'Varmuuskopion jälkeen.' }, [need.id]);
    const made = await one.desk().get('clients.create', {
      identity: {
        familyName: 'Palautus',
        givenNames: 'Aili',
        preferredName: '',
        personalIdentityCode: null,
        temporaryId: null,
        birthDate: null,
      },
      language: {
        motherTongue: 'fi',
        serviceLanguage: 'fi',
        interpreter: false,
        communication: '',
      },
      unitId: null,
    });
    for (const lined of desksOf()) {
      await opened(lined, caseId, (view) =>
        settledAs(view, recordId, 'assessment', { text: 'Varmuuskopion jälkeen.' }),
      );
    }
    await syncedStatus(one.desk());
    await world.stopRegion();
    await restoreTo(last, caseId, need.id);
    await world.startRegion();
    for (const lined of desksOf()) {
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
    expect(await statusOf(one.desk())).toMatchObject({ refused: 0, waiting: 0 });
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
    await owner.query('UPDATE region_state SET last_seq = $1, epoch = $2', [last, id()]);
  };
});
