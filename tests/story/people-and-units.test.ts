import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { openCaseFile } from '#main/db/file/open-case-file.ts';
import { migrations } from '#main/db/migrations/index.ts';
import { caseFilePath } from '#main/core/session/desk-cards.ts';
import { identityOf } from '#server/demo/identity-codes.ts';
import { withTransaction } from '#server/db/pool.ts';
import { storeOwnChanges } from '#server/region/syncing/store-changes.ts';
import { addPerson } from '../region/test-app.ts';
import { foundClient } from '../region/wire-device.ts';
import { decryptedPages } from '../sync/decrypted-pages.ts';
import { clientNamed, eventually, syncedStatus } from './desks.ts';
import type { LinedDesk } from './region-world.ts';
import { anId, groupIn, opened, settledAs, startPair, status, write, type Pair } from './pair.ts';

/** One person entered twice, parts that are not for everybody, a client who moves, a file in two versions. */

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

/** Works on the desk's closed case file with its own secret; the desk is open again afterwards. */
const withCaseFile = async (
  lined: LinedDesk,
  work: (path: string, secrets: { secret: string; keyChainSecret: null }) => Promise<void>,
): Promise<void> => {
  const path = caseFilePath(lined.desk().folder, lined.person.personId);
  await lined.close();
  await work(path, { secret: lined.person.secret, keyChainSecret: null });
  await lined.reopen();
};

/** Each test begins with both desks on the line, whatever the one before left. */
beforeEach(() => setOnline(true));

const byRegion = (...changes: readonly Change[]) =>
  withTransaction(world.database.db, (tx) => storeOwnChanges(tx, changes, new Date()));

describe('people and units', () => {
  it('scenario 23: one personal identity code entered on two computers is two clients until they are joined', async () => {
    const administrator = await world.wire(
      await addPerson(world.database.db, 'pääkäyttäjä', { duties: ['administrator'] }),
    );
    const { code: personalIdentityCode, birthDate } = identityOf('older', 77, 5, '2026-11-02');
    setOnline(false);
    const made: Id[] = [];
    for (const lined of both) {
      const { identity, ...rest } = clientNamed('Kaksoset', lined.person.login);
      const { caseId } = await lined.desk().get('clients.create', {
        ...rest,
        identity: { ...identity, personalIdentityCode, birthDate },
      });
      made.push(caseId);
    }
    const [first = '', second = ''] = made;
    expect(first).not.toBe(second);
    setOnline(true);
    for (const lined of both)
      expect(await syncedStatus(lined.desk())).toMatchObject({ refused: 0 });
    expect(await administrator.ask('clients.sameCode', {})).toMatchObject({
      body: { rows: [{ personalIdentityCode, clients: [{ joined: false }, { joined: false }] }] },
    });
    expect(
      await administrator.ask('clients.merge', {
        fromCaseId: second,
        intoCaseId: first,
        reason: 'Sama henkilö kirjattu kahdesti.',
      }),
    ).toMatchObject({ status: 200 });
    // Both histories stay, and who cared for either sees both.
    for (const lined of both) {
      for (const [index, caseId] of made.entries()) {
        const view = await opened(lined, caseId);
        expect(groupIn(view, caseId, 'identity')).toMatchObject({
          state: 'settled',
          value: { personalIdentityCode, givenNames: both[index]?.person.login },
        });
      }
    }
  });

  it('scenario 24: of a part that is not for them nothing lies in any table, nor anywhere in the file', async () => {
    const { caseId } = await sharedClient();
    const hidden = await foundClient(founder);
    const closed = 'Kanarialintu turvakodista';
    const elsewhere = 'Kanarialintu toisesta yksiköstä';
    await byRegion(
      founder.change({
        caseId,
        kind: 'note',
        compartment: 'social/shelter',
        group: 'entry',
        value: { kind: 'other', text: closed, happenedAt: '2026-11-01T10:00', corrects: null },
      }),
      founder.change({ caseId: hidden.caseId, value: { text: elsewhere } }),
    );
    const shown = 'Kanarialintu yhteisessä suunnitelmassa';
    await byRegion(founder.change({ caseId, value: { text: shown } }));
    await opened(two, caseId, (view) => JSON.stringify(view).includes(shown));
    await syncedStatus(two.desk());
    for (const query of ['turvakodista', 'toisesta yksiköstä']) {
      expect(await two.desk().get('text.search', { query, limit: 50 })).toEqual({ hits: [] });
    }
    await withCaseFile(two, async (path, secrets) => {
      const opening = await openCaseFile({ path, secrets });
      if (!opening.ok) throw new Error(JSON.stringify(opening.error));
      const { db, key, close } = opening.value;
      const tables = db.all<{ name: string }>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'text_index_%'`,
      );
      expect(tables.length).toBeGreaterThan(20);
      const holding = (word: string): readonly string[] =>
        tables
          .filter(({ name }) =>
            db
              .all<Record<string, unknown>>(`SELECT * FROM "${name}"`)
              .some((row) =>
                Object.values(row).some((cell) =>
                  Buffer.isBuffer(cell) ? cell.includes(word) : String(cell).includes(word),
                ),
              ),
          )
          .map(({ name }) => name);
      expect(holding(shown)).toContain('change');
      for (const word of [closed, elsewhere, hidden.caseId]) expect(holding(word)).toEqual([]);
      const pages = Buffer.concat([...decryptedPages(path, key)]);
      expect(pages.includes(shown)).toBe(true);
      for (const word of [closed, elsewhere]) expect(pages.includes(word)).toBe(false);
      close();
    });
  });

  it('P3 scenario 25: a client moves to another unit and worker: what is pending moves, what is done stays', async () => {
    const { caseId, own } = await foundClient(founder);
    const membershipOfOne = await world.letIn(founder, caseId, one.person);
    await opened(one, caseId);
    const action = (reason: string, done: boolean) => {
      const recordId = anId();
      const of = (group: string, value: Change['value']) =>
        founder.change({ caseId, recordId, kind: 'action', group, value });
      return {
        recordId,
        responsibility: of('responsibility', {
          responsibleId: one.person.personId,
          deputyId: null,
        }),
        status: of('status', { status: done ? 'done' : 'agreed', reason, date: null }),
      };
    };
    const pending = action('Odottaa', false);
    const done = action('Tehty keväällä', true);
    await founder.push(pending.responsibility, pending.status, done.responsibility, done.status);
    await opened(one, caseId, (view) => groupIn(view, done.recordId, 'status') !== undefined);
    // The one who leaves is without a network and has just written of a task that moves.
    one.line.setOnline(false);
    const writtenLast = await one.desk().get('records.write', {
      caseId,
      edits: [
        {
          recordId: pending.recordId,
          kind: 'action',
          compartment: jointPlan,
          group: 'status',
          value: { status: 'in-progress', reason: 'Aloitin eilen', date: null },
          basedOn: [pending.status.id],
        },
      ],
    });
    const unitId = anId();
    await founder.push(
      founder.change({
        caseId,
        recordId: caseId,
        kind: 'client',
        group: 'care',
        value: { unitId },
      }),
      founder.change({
        caseId,
        recordId: pending.recordId,
        kind: 'action',
        group: 'responsibility',
        value: { responsibleId: two.person.personId, deputyId: null },
        parents: [pending.responsibility.id],
      }),
    );
    await world.letIn(founder, caseId, two.person);
    const ends = founder.change({
      caseId,
      recordId: membershipOfOne,
      kind: 'membership',
      group: 'existence',
      value: { state: 'removed', reason: 'Asiakas muutti.', covers: [] },
    });
    await founder.push(ends);
    one.line.setOnline(true);
    // What was written before the move was known is neither lost nor put into the plan unseen.
    await eventually('the move known at the old desk', async () => {
      await one.desk().get('sync.now', {});
      const view = await one.desk().call('clients.open', { caseId, from: 'list' });
      return !view.ok && view.error.code === 'not-on-this-device';
    });
    const reviewed = await eventually('the last words with a reviewer', async () => {
      const { rows } = await one.desk().get('sync.reviewed', {});
      return rows.find((row) => row.changeId === writtenLast.changes[0]?.changeId);
    });
    expect(reviewed.state).toBe('review');
    const view = await opened(two, caseId);
    expect(settledAs(view, caseId, 'care', { unitId })).toBe(true);
    expect(
      settledAs(view, pending.recordId, 'responsibility', {
        responsibleId: two.person.personId,
      }),
    ).toBe(true);
    expect(
      settledAs(view, done.recordId, 'responsibility', { responsibleId: one.person.personId }),
    ).toBe(true);
    expect(settledAs(view, done.recordId, 'status', { reason: 'Tehty keväällä' })).toBe(true);
    expect(own.caseId).toBe(caseId);
  });

  it('scenario 30: a newer program that never brings the file over leaves it to the present one, unsent work and all', async () => {
    const { caseId, recordId } = await sharedClient();
    one.line.setOnline(false);
    await write(one, caseId, recordId, 'status', status('Ennen uutta ohjelmaa'));
    const newest = migrations.length + 1;
    let begun = 0;
    const never = {
      number: newest,
      name: 'interrupted',
      up: () => {
        begun += 1;
        throw new Error('the power went');
      },
    };
    await withCaseFile(one, async (path, secrets) => {
      const kinds: string[] = [];
      for (let start = 0; start < 6; start += 1) {
        const opening = await openCaseFile({ path, secrets, migrations: [...migrations, never] });
        kinds.push(opening.ok ? 'opened' : opening.error.kind);
      }
      expect(kinds).toEqual([
        ...Array<string>(3).fill('migration-failed'),
        ...Array<string>(3).fill('migration-stuck'),
      ]);
      expect(begun).toBe(3);
    });
    one.line.setOnline(true);
    await opened(two, caseId, (view) =>
      settledAs(view, recordId, 'status', { reason: 'Ennen uutta ohjelmaa' }),
    );
    expect(await syncedStatus(one.desk())).toMatchObject({ waiting: 0, refused: 0 });
  });
});
