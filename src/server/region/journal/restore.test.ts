import { randomBytes } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id } from '#shared/domain/ids.ts';
import {
  addPerson,
  newDevice,
  signInAs,
  type TestPerson,
} from '../../../../tests/region/test-app.ts';
import { overHttp } from '../../../../tests/region/over-http.ts';
import {
  restorableRegion,
  type RestorableRegion,
} from '../../../../tests/region/restorable-region.ts';
import {
  foundClient,
  membership,
  wireDevice,
  wordOf,
} from '../../../../tests/region/wire-device.ts';
import { eventually } from '../../../../tests/story/desks.ts';
import { openDatabase, withTransaction, type Database } from '../../db/pool.ts';
import { saveAccount } from '../identity/accounts.ts';
import { revokeDevice } from '../identity/devices.ts';
import { readRegionState } from '../region-state.ts';
import { openJournal, type JournalEntry } from './journal-file.ts';
import { journaledTables } from './journaled-tables.ts';
import { markOf, readJournalState } from './journal-state.ts';
import { replayJournal } from './replay-journal.ts';
import { startJournal } from './start-journal.ts';

/** A real region over a database that is copied and put back under it. */

let region: RestorableRegion;
let people = 0;
beforeAll(async () => {
  region = await restorableRegion();
});
afterAll(() => region.end());

const newPerson = (): Promise<TestPerson> => addPerson(region.db(), `henkilo${(people += 1)}`);
const http = overHttp(() => region.running().url);
const deviceOf = (person: TestPerson) => wireDevice(http, person);
/** All that was committed stands in the journal. */
const written = () =>
  eventually('everything in the journal', async () => {
    const [row] = await region
      .db()
      .query<{ count: number }>('SELECT count(*) AS count FROM rights_entry');
    return row?.count === 0;
  });

/** Stops, goes back, and starts again. */
const goBack = async (copy: string): Promise<void> => {
  await region.stop();
  await region.restore(copy);
  await region.start();
};
const restored = () => region.told().find(({ kind }) => kind === 'restored');
const epochNow = async () => (await readRegionState(region.db())).epoch;
const journalFile = (): string =>
  path.join(
    region.anchorsFolder,
    readdirSync(region.anchorsFolder).find((name) => name.startsWith('rights-')) ?? '',
  );

/** The clients that a device of the person is given anything of, from nothing. */
const given = async (person: TestPerson): Promise<ReadonlySet<Id>> => {
  const device = await deviceOf(person);
  const { changes } = await device.pullAll();
  return new Set([...changes.values()].map(({ caseId }) => caseId));
};

describe('what is noted', () => {
  it('E2 comes back: each table brings back the columns that its trigger notes', async () => {
    const noted = await region.db().query<{ table: string; columns: string }>(
      `SELECT tgrelid::regclass::text AS "table",
         replace(encode(tgargs, 'escape'), '\\000', ' ') AS columns
       FROM pg_trigger WHERE tgfoid = 'note_rights'::regproc`,
    );
    expect(
      Object.fromEntries(
        noted
          .filter(({ table }) => table !== 'review')
          .map(({ table, columns }) => [table, columns.trim().split(' ')]),
      ),
    ).toEqual(
      Object.fromEntries(
        Object.entries(journaledTables).map(([table, { columns }]) => [table, [...columns]]),
      ),
    );
  });
});

describe('a region that was restored from a copy', () => {
  it('E1 E3 E4 begins a new epoch by itself; what ended stays ended, what was given stays given', async () => {
    const founder = await deviceOf(await newPerson());
    const { caseId } = await foundClient(founder);
    const [removed, added, barredOwner, left] = [
      await newPerson(),
      await newPerson(),
      await newPerson(),
      await newPerson(),
    ];
    const place = membership(founder, caseId, { personId: removed.personId });
    const leaver = membership(founder, caseId, { personId: left.personId });
    expect((await founder.push(place, leaver)).map(wordOf)).toEqual(['stored', 'stored']);
    expect(await given(removed)).toContain(caseId);
    const lost = newDevice();
    await signInAs(http, barredOwner, lost);
    const copy = await region.backUp();
    const before = await epochNow();

    // After the copy: one leaves the team, one comes, a device is barred, a person ends, a secret changes.
    const end = founder.change({
      ...place,
      id: founder.change({ caseId }).id,
      group: 'existence',
      parents: [],
      value: { state: 'removed', reason: 'Siirtyi.', covers: [place.id] },
    });
    const newcomer = membership(founder, caseId, { personId: added.personId });
    expect((await founder.push(end, newcomer)).map(wordOf)).toEqual(['stored', 'stored']);
    await withTransaction(region.db(), async (tx) => {
      await revokeDevice(tx, lost.id, new Date());
      await tx.query('UPDATE person SET active = false WHERE id = $1', [left.personId]);
      await saveAccount(
        tx,
        { login: removed.login, secret: 'uusi-salasana', personId: removed.personId },
        new Date(),
      );
    });
    const madeLater = await newPerson();
    await written();

    await goBack(copy);
    expect(restored()).toMatchObject({ broughtBack: 2, missing: 0 });
    expect(await epochNow()).not.toBe(before);
    const open = await region.db().query('SELECT id FROM session WHERE ended_at IS NULL');
    expect(open).toEqual([]);
    expect((await signInAs(http, removed, newDevice())).statusCode).toBe(401);
    expect(await given({ ...removed, secret: 'uusi-salasana' })).toEqual(new Set());
    expect(await given(added)).toContain(caseId);
    expect((await signInAs(http, barredOwner, lost)).statusCode).toBe(403);
    expect((await signInAs(http, left, newDevice())).statusCode).toBe(401);
    expect((await signInAs(http, madeLater, newDevice())).statusCode).toBe(200);
  });

  it('E3 absences, openings, aliases and own records come back as they were', async () => {
    const [person, deputy] = [await newPerson(), await newPerson()];
    const founder = await deviceOf(person);
    const [one, other] = [await foundClient(founder), await foundClient(founder)];
    const facts = async () => {
      const db = region.db();
      return [
        await db.query(
          'SELECT person_id, deputy_id, valid_from, valid_to, case_ids FROM absence ORDER BY id',
        ),
        await db.query('SELECT id, case_id, ground, until_at, ended_at FROM opening ORDER BY id'),
        await db.query('SELECT case_id, main_case_id FROM case_alias ORDER BY case_id'),
        await db.query('SELECT id, identity_code_hash, duties FROM person ORDER BY id'),
      ];
    };
    const { db } = region.running();
    const opening = async (ended: boolean) =>
      db.query(
        `INSERT INTO opening (id, kind, person_id, case_id, ground, reason, from_at, until_at, ended_at,
           offline, received_at)
         VALUES (gen_random_uuid(), 'emergency', $1, $2, 'life', 'Sairaskohtaus.', now(),
           now() + interval '1 hour', CASE WHEN $3 THEN now() END, false, now())`,
        [person.personId, one.caseId, ended],
      );
    const absence = (from: string) =>
      db.query(
        `INSERT INTO absence (id, person_id, deputy_id, valid_from, valid_to, case_ids, created_by, created_at)
         VALUES (gen_random_uuid(), $1, $2, $3, $3, ARRAY[$4::uuid], $1, now())`,
        [person.personId, deputy.personId, from, one.caseId],
      );
    await opening(false);
    await absence('2030-01-01');
    const copy = await region.backUp();
    await db.query('UPDATE opening SET ended_at = now() WHERE ended_at IS NULL');
    await opening(false);
    await db.query('DELETE FROM absence');
    await absence('2031-01-01');
    await db.query(
      `INSERT INTO case_alias (case_id, main_case_id, reason, merged_by, merged_at)
       VALUES ($1, $2, 'Sama henkilö.', $3, now())`,
      [one.caseId, other.caseId, person.personId],
    );
    await db.query(
      `UPDATE person SET identity_code_hash = '\\x01', duties = '{unit-lead}' WHERE id = $1`,
      [deputy.personId],
    );
    await written();
    const before = await facts();
    await goBack(copy);
    expect(await facts()).toEqual(before);
    // The words about the client stayed out of the journal.
    expect(readFileSync(journalFile(), 'utf8')).not.toContain('Sairaskohtaus');
  });

  it('E1 is noticed by the numbers of the log alone, when no right has changed', async () => {
    const founder = await deviceOf(await newPerson());
    const { caseId } = await foundClient(founder);
    await written();
    const copy = await region.backUp();
    const before = await epochNow();
    await founder.push(founder.change({ caseId }));
    await goBack(copy);
    expect(restored()).toMatchObject({ entries: 0 });
    expect(await epochNow()).not.toBe(before);
  });

  it('E1 a copy of an epoch before the last restore is noticed too, twice over', async () => {
    const copy = await region.backUp();
    await newPerson();
    await written();
    await goBack(copy);
    const second = await epochNow();
    await goBack(copy);
    expect(restored()).toBeDefined();
    expect(await epochNow()).not.toBe(second);
  });

  it('E1 a region that only stopped, or was killed while it wrote, keeps its epoch', async () => {
    const before = await epochNow();
    await region.stop();
    await region.start();
    expect(restored()).toBeUndefined();
    expect(await epochNow()).toBe(before);
  });

  it('E2 a server that runs on when an older copy is put under it answers nobody and ends', async () => {
    const copy = await region.backUp();
    await newPerson();
    await written();
    const { lost, url } = region.running();
    await region.restore(copy);
    expect(await lost).toBe('replaced');
    await eventually('nobody answers', () =>
      fetch(`${url}/health`).then(
        () => false,
        () => true,
      ),
    );
    await region.stop();
    await region.start();
    expect(restored()).toBeDefined();
  });
});

describe('the journal of rights', () => {
  const journal = () => openJournal(region.anchorsFolder);
  const numbersOf = async (personId: Id): Promise<readonly number[]> => {
    const numbers: number[] = [];
    for await (const { no, kind, value } of journal().after(0)) {
      if (kind === 'person' && value['id'] === personId) numbers.push(no);
    }
    return numbers;
  };
  /** With the servers stopped, as if they had been killed. */
  const whileStopped = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
    await region.stop();
    const db = openDatabase({ url: region.url });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  };
  const addTo = (db: Database): Promise<TestPerson> => addPerson(db, `henkilo${(people += 1)}`);
  const number = (db: Database) =>
    db.query(
      `WITH given AS (UPDATE rights_journal SET last_no = last_no +
           (SELECT count(*) FROM rights_entry) RETURNING last_no)
       UPDATE rights_entry SET no = given.last_no - (SELECT count(*) FROM rights_entry) + numbered.step
       FROM given, (SELECT place, row_number() OVER (ORDER BY place) AS step FROM rights_entry) AS numbered
       WHERE rights_entry.place = numbered.place`,
    );
  const startRefused = (options = {}): Promise<string> =>
    region.start(options).then(
      () => 'started',
      (error: unknown) => (error as Error).message,
    );

  it('E2 killed between commit and writing: the next server writes it, and nothing counts as restored', async () => {
    const [unnumbered, numbered] = await whileStopped(async (db) => {
      const second = await addTo(db);
      await number(db);
      return [await addTo(db), second] as const;
    });
    await region.start();
    await written();
    expect(restored()).toBeUndefined();
    expect(await numbersOf(numbered.personId)).toHaveLength(1);
    expect(await numbersOf(unnumbered.personId)).toHaveLength(1);
  });

  it('E2 killed between writing and noting it: written twice, read once, under the same number', async () => {
    const person = await whileStopped(async (db) => {
      const made = await addTo(db);
      await number(db);
      const entries = await db.query<JournalEntry>(
        'SELECT no, id, kind, value FROM rights_entry ORDER BY no',
      );
      const state = await readJournalState(db);
      await journal().add(entries, markOf(state), new Date());
      return made;
    });
    await region.start();
    await written();
    expect(restored()).toBeUndefined();
    expect(await numbersOf(person.personId)).toHaveLength(1);
    const lines = readFileSync(journalFile(), 'utf8').split('\n');
    expect(lines.filter((line) => line.includes(`"id":"${person.personId}"`))).toHaveLength(2);
  });

  it('E2 half a line at the end is passed by, and the next one stands on its own', async () => {
    await region.stop();
    appendFileSync(journalFile(), '{"no":99999999,"id":"0000');
    await region.start();
    const person = await newPerson();
    await written();
    expect(restored()).toBeUndefined();
    expect(await numbersOf(person.personId)).toHaveLength(1);
  });

  it('E3 what waited in the copy is not written again after what followed it', async () => {
    const person = await newPerson();
    await written();
    await region.stop();
    const db = openDatabase({ url: region.url });
    await db.query(`UPDATE person SET duties = '{unit-lead}' WHERE id = $1`, [person.personId]);
    await db.close();
    const copy = await region.backUp();
    await region.start();
    await written();
    await region.db().query('UPDATE person SET active = false WHERE id = $1', [person.personId]);
    await written();
    for (const round of [1, 2]) {
      await goBack(copy);
      await written();
      const [row] = await region
        .db()
        .query<{ active: boolean }>('SELECT active FROM person WHERE id = $1', [person.personId]);
      expect([round, row?.active]).toEqual([round, false]);
    }
    expect(await numbersOf(person.personId)).toHaveLength(3);
  });

  it('E3 a crash in the middle of the replay leaves the copy as it was, one after it begins no second epoch', async () => {
    await written();
    const copy = await region.backUp();
    const person = await newPerson();
    await written();
    await region.stop();
    await region.restore(copy);
    const db = openDatabase({ url: region.url });
    const parts = { db, journal: journal(), now: () => new Date(), random: randomBytes };
    const options = { ...parts, isRestored: false, trustDatabase: false };
    const state = await readJournalState(db);
    const crash = withTransaction(db, async (tx) => {
      const tail = await journal().tail();
      if (!tail) throw new Error('no journal');
      await replayJournal(tx, journal(), tail, state, { now: new Date(), random: randomBytes });
      throw new Error('crash');
    });
    await expect(crash).rejects.toThrow('crash');
    expect(await readJournalState(db)).toEqual(state);
    // Committed, and killed before the mark of the new epoch was written.
    const deaf = { ...journal(), add: () => Promise.reject(new Error('killed')) };
    await expect(startJournal({ ...options, journal: deaf })).rejects.toThrow('killed');
    const { epoch } = await readRegionState(db);
    expect(epoch).not.toBe(state.epoch);
    await db.close();
    await region.start();
    expect(restored()).toBeUndefined();
    expect(await epochNow()).toBe(epoch);
    expect((await signInAs(http, person, newDevice())).statusCode).toBe(200);
  });

  it('E6 a journal that lost lines, or is another region’s, is refused in words, and nothing changes', async () => {
    await newPerson();
    await written();
    const file = journalFile();
    const whole = readFileSync(file, 'utf8');
    const before = await readJournalState(region.db());
    const copy = await region.backUp();
    await newPerson();
    await written();
    const longer = readFileSync(file, 'utf8');
    await region.stop();

    renameSync(file, `${file}.away`);
    expect(await startRefused()).toContain('--trust-database');
    writeFileSync(file, whole.replaceAll(before.region, '01a19b45-b800-7d31-bba7-975aa5acbd69'));
    expect(await startRefused({ trustDatabase: true })).toContain('another region');
    // Restored, and a line that came after the copy is unreadable.
    await region.restore(copy);
    const damaged =
      longer.slice(0, whole.length) + longer.slice(whole.length).replace('"no"', '"ni"');
    writeFileSync(file, damaged);
    expect(await startRefused()).toMatch(/lacks \d of the entries/u);
    const db = openDatabase({ url: region.url });
    expect(await readJournalState(db)).toEqual(before);
    await db.close();
    await region.start({ trustDatabase: true });
    expect(restored()).toMatchObject({ missing: 3 });
  });

  it('E1 the operator’s word alone begins a new epoch', async () => {
    const before = await epochNow();
    await region.stop();
    await region.start({ isRestored: true });
    expect(restored()).toMatchObject({ entries: 0 });
    expect(await epochNow()).not.toBe(before);
  });
});
