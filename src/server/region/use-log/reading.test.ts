import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import type {
  OnlineCallName,
  OnlineInput,
  OnlineOutput,
} from '#shared/protocol/online/online-calls.ts';
import { withTransaction } from '#server/db/pool.ts';
import { identityOf } from '#server/demo/identity-codes.ts';
import { savePeople } from '../directory.ts';
import { identityCodeHash } from '../rights/own-record.ts';
import { readRegionState } from '../region-state.ts';
import { writeUse } from './write-use.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/region/test-database.ts';
import {
  addPerson,
  signInAs,
  testApp,
  testId,
  type TestApp,
} from '../../../../tests/region/test-app.ts';

let test: TestDatabase;
let region: TestApp;

const month = { from: '2026-11-01', to: '2026-11-30' };
const page = { offset: 0, limit: 100 };
const start = Date.parse('2026-11-02T08:00:00Z');

beforeAll(async () => {
  test = await testDatabase();
  region = await testApp(test.db);
});
afterAll(async () => {
  await region.app.close();
  await test.close();
});

type Caller = {
  readonly personId: Id;
  readonly ask: <N extends OnlineCallName>(
    name: N,
    input: OnlineInput<N>,
  ) => Promise<{ readonly status: number; readonly body: OnlineOutput<N> }>;
};

const caller = async (login: string, content: Partial<Person> = {}): Promise<Caller> => {
  const account = await addPerson(test.db, login);
  const { personId } = account;
  const [known] = await test.db.query<{ unitId: Id }>(
    'SELECT unit_id AS "unitId" FROM person WHERE id = $1',
    [personId],
  );
  await withTransaction(test.db, (tx) =>
    savePeople(tx, [
      {
        id: personId,
        givenName: 'Aino',
        familyName: login,
        profession: 'social-worker',
        taskClass: 'broad-client-responsibility',
        unitId: known?.unitId ?? null,
        registerNumber: null,
        tasks: [],
        duties: [],
        partnerSector: null,
        active: true,
        ...content,
      },
    ]),
  );
  const signedIn = await signInAs(region, account);
  const { token } = signedIn.json<{ token: string }>();
  return {
    personId,
    ask: async (name, input) => {
      const response = await region.app.inject({
        method: 'POST',
        url: `/v1/ask/${name}`,
        headers: { authorization: `Bearer ${token}` },
        payload: input,
      });
      return { status: response.statusCode, body: response.json() };
    },
  };
};

const client = async (familyName: string, code: string | null = null): Promise<Id> => {
  const caseId = testId();
  await test.db.query(
    `INSERT INTO client_standing (case_id, family_name, given_names, personal_identity_code)
     VALUES ($1, $2, 'Aune', $3)`,
    [caseId, familyName, code],
  );
  return caseId;
};

const join = (personId: Id, caseId: Id, role = 'custodian', validTo: string | null = null) =>
  test.db.query(
    `INSERT INTO membership_current
       (membership_id, person_id, case_id, role, valid_from, valid_to, seq, task_class)
     VALUES ($1, $2, $3, $4, '2026-01-01', $5, 1, '')`,
    [testId(), personId, caseId, role, validTo],
  );

const look = async (content: Partial<UseEntry> & Pick<UseEntry, 'personId' | 'caseId'>) => {
  const entry: UseEntry = {
    id: testId(),
    atMs: start,
    action: 'view',
    profession: 'social-worker',
    taskClass: 'broad-client-responsibility',
    unitId: null,
    role: 'custodian',
    register: 'joint',
    compartments: ['joint/plan'],
    what: { screen: 'client' },
    ground: 'relation',
    basisId: null,
    deviceId: null,
    offline: false,
    ...content,
  };
  await withTransaction(test.db, (tx) => writeUse(tx, [entry]));
  return entry.id;
};

const readings = (personId: Id) =>
  test.owner.query<{ screen: string; caseId: Id | null; reason: string | null }>(
    `SELECT body::jsonb #>> '{what,screen}' AS screen, case_id AS "caseId",
       body::jsonb #>> '{what,reason}' AS reason
     FROM use_entry WHERE person_id = $1 AND action = 'log-read' ORDER BY at, id`,
    [personId],
  );

describe('log.own', () => {
  it("gives one's own entries by pages, the newest first, and is itself logged", async () => {
    const own = await caller('oma');
    const other = await caller('toinen');
    const caseId = await client('Kivi');
    const ids: Id[] = [];
    for (let hour = 0; hour < 5; hour += 1) {
      ids.push(await look({ personId: own.personId, caseId, atMs: start + hour * 3_600_000 }));
    }
    await look({ personId: other.personId, caseId });
    const first = await own.ask('log.own', { ...month, offset: 0, limit: 2 });
    // Signing in is an entry too, at the clock's first moment.
    expect(first.body.rows.map(({ id }) => id)).toEqual([ids[4], ids[3]]);
    expect(first.body.rows[0]).toMatchObject({
      personName: 'Aino oma',
      receivedMs: start + 14_400_000,
    });
    const second = await own.ask('log.own', { ...month, offset: 2, limit: 2 });
    expect(second.body.rows.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const none = await own.ask('log.own', { from: '2026-10-01', to: '2026-10-31', ...page });
    expect(none.body).toEqual({ total: 0, rows: [] });
    expect(await readings(own.personId)).toHaveLength(3);
    expect((await own.ask('log.own', { ...month, offset: -1, limit: 2 })).status).toBe(400);
  });
});

describe('log.client', () => {
  it('opens to who manages the permissions and to the privacy officer, to nobody else', async () => {
    const custodian = await caller('vastaava');
    const participant = await caller('osallinen');
    const stranger = await caller('ulkopuolinen');
    const officer = await caller('tietosuoja', { duties: ['privacy-officer'] });
    const caseId = await client('Kivimetsä');
    await join(custodian.personId, caseId);
    await join(participant.personId, caseId, 'consultant');
    const seen = await look({ personId: participant.personId, caseId, register: 'patient' });
    const asked = { caseId, ...month, ...page, request: 'Asiakkaan pyyntö 2.11.2026' };

    const mine = await custodian.ask('log.client', asked);
    expect(mine).toMatchObject({
      status: 200,
      body: { client: { familyName: 'Kivimetsä' }, total: 1, rows: [{ id: seen }] },
    });
    const theirs = await officer.ask('log.client', asked);
    // The custodian's reading is in the client's log by then.
    expect(theirs.body.rows.map(({ action }) => action).toSorted()).toEqual(['log-read', 'view']);
    for (const who of [participant, stranger]) {
      const refused = await who.ask('log.client', asked);
      const unknown = await who.ask('log.client', { ...asked, caseId: testId() });
      expect(refused).toEqual({ status: 403, body: { code: 'no-access' } });
      expect(unknown).toEqual(refused);
      expect(await readings(who.personId)).toEqual([]);
    }
    expect(await readings(custodian.personId)).toEqual([
      { screen: 'client-log', caseId, reason: 'Asiakkaan pyyntö 2.11.2026' },
    ]);
  });

  it('tells of looks at the same person under another entry', async () => {
    const officer = await caller('tietosuoja2', { duties: ['privacy-officer'] });
    const [main, other] = [await client('Kaksi'), await client('Kaksi')];
    await test.db.query(
      `INSERT INTO case_alias (case_id, main_case_id, reason, merged_by, merged_at)
       VALUES ($1, $2, 'sama henkilö', $3, now())`,
      [other, main, officer.personId],
    );
    const ids = [
      await look({ personId: officer.personId, caseId: main }),
      await look({ personId: officer.personId, caseId: other }),
    ];
    for (const caseId of [main, other]) {
      const { body } = await officer.ask('log.client', { caseId, ...month, ...page, request: '' });
      const looks = body.rows.filter(({ action }) => action === 'view');
      expect(looks.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    }
  });
});

describe("the privacy officer's review", () => {
  it('lists emergencies with the looks made, and takes one note each', async () => {
    const officer = await caller('valvoja', { duties: ['privacy-officer'] });
    const opener = await caller('avaaja');
    const caseId = await client('Hätä');
    const own = testId();
    const other = testId();
    for (const [id, personId] of [
      [own, officer.personId],
      [other, opener.personId],
    ] as const) {
      await test.db.query(
        `INSERT INTO opening (id, kind, person_id, case_id, ground, reason, from_at, until_at,
           offline, received_at)
         VALUES ($1, 'emergency', $2, $3, 'vital-interest', 'syy', $4, $5, true, $4)`,
        [id, personId, caseId, new Date(start), new Date(start + 3_600_000)],
      );
    }
    await look({ personId: opener.personId, caseId, atMs: start + 60_000 });
    await look({ personId: opener.personId, caseId, atMs: start + 7_200_000 });
    const listed = await officer.ask('log.emergencies', { ...month, onlyOpen: true });
    expect(listed.body.rows.find(({ openingId }) => openingId === other)).toMatchObject({
      clientName: 'Hätä Aune',
      looks: 1,
      reviewedBy: null,
      fromMs: start,
    });
    const review = (openingId: Id) =>
      officer.ask('log.reviewEmergency', { openingId, note: 'Ok.' });
    expect((await review(other)).status).toBe(200);
    expect(await review(other)).toMatchObject({ body: { problem: 'already-reviewed' } });
    expect(await review(own)).toMatchObject({ body: { problem: 'own-opening' } });
    expect((await review(testId())).status).toBe(403);
    const left = await officer.ask('log.emergencies', { ...month, onlyOpen: true });
    expect(left.body.rows.map(({ openingId }) => openingId)).not.toContain(other);
    expect((await opener.ask('log.emergencies', { ...month, onlyOpen: true })).status).toBe(403);
    expect((await opener.ask('log.unusual', month)).status).toBe(403);
    expect((await opener.ask('log.verify', month)).status).toBe(403);
  });

  it('finds looks without a relation that day, whatever the device said of them', async () => {
    const officer = await caller('katsoja', { duties: ['privacy-officer'] });
    const person = await caller('epäilty');
    const { personId } = person;
    const absent = await caller('poissa');
    const cases = Object.fromEntries(
      await Promise.all(
        ['none', 'member', 'ended', 'opened', 'late', 'round', 'deputy', 'alias', 'main'].map(
          async (name) => [name, await client(`Asiakas ${name}`)] as const,
        ),
      ),
    ) as Readonly<Record<string, Id>>;
    await join(personId, cases['member'] ?? '');
    await join(personId, cases['ended'] ?? '', 'custodian', '2026-11-01');
    await join(absent.personId, cases['deputy'] ?? '');
    await join(personId, cases['main'] ?? '');
    await test.db.query(
      `INSERT INTO case_alias (case_id, main_case_id, reason, merged_by, merged_at)
       VALUES ($1, $2, '', $3, now())`,
      [cases['alias'], cases['main'], personId],
    );
    await test.db.query(
      `INSERT INTO absence (id, person_id, deputy_id, valid_from, valid_to, created_by, created_at)
       VALUES ($1, $2, $3, '2026-11-01', '2026-11-30', $2, now())`,
      [testId(), absent.personId, personId],
    );
    for (const [name, from] of [
      ['opened', start],
      ['late', start + 3 * 3_600_000],
    ] as const) {
      await test.db.query(
        `INSERT INTO opening (id, kind, person_id, case_id, ground, reason, from_at, until_at,
           offline, received_at)
         VALUES ($1, 'ground', $2, $3, 'x', 'syy', $4, $5, false, $4)`,
        [testId(), personId, cases[name], new Date(from), new Date(from + 3_600_000)],
      );
    }
    for (const [name, caseId] of Object.entries(cases)) {
      // The same claim of a relation for all of them.
      await look({
        personId,
        caseId,
        atMs: start + 60_000,
        role: name === 'round' ? 'round' : 'custodian',
      });
    }
    const { body } = await officer.ask('log.unusual', month);
    const found = body.rows.filter(
      (row) => row.pattern === 'no-relation' && row.personId === personId,
    );
    expect(found.map(({ clientName }) => clientName).toSorted()).toEqual([
      'Asiakas ended Aune',
      'Asiakas late Aune',
      'Asiakas none Aune',
    ]);
  });

  it('finds many clients in an hour, looks at night, a namesake and a colleague', async () => {
    const officer = await caller('vahti', { duties: ['privacy-officer'] });
    const busy = await caller('kiireinen');
    const rounds = await caller('kierros');
    const byDay = await caller('päivä');
    const byNight = await caller('yö');
    const colleague = await caller('kollega');
    for (let count = 0; count < 41; count += 1) {
      const caseId = testId();
      await look({ personId: busy.personId, caseId, atMs: start + count * 1_000 });
      await look({ personId: rounds.personId, caseId, atMs: start + count * 1_000, role: 'round' });
    }
    const night = Date.parse('2026-11-03T00:30:00Z');
    const caseId = await client('Öinen');
    for (let day = 0; day < 20; day += 1) {
      await look({ personId: byDay.personId, caseId, atMs: start + day * 3_600_000 * 24 });
      await look({ personId: byNight.personId, caseId, atMs: night + day * 3_600_000 * 24 });
    }
    await look({ personId: byDay.personId, caseId, atMs: night });
    const namesake = await client('VAHTI');
    await look({ personId: officer.personId, caseId: namesake });
    const { code } = identityOf('adult', 1, 1, '2026-11-02');
    const { regionId } = await readRegionState(test.db);
    await test.db.query('UPDATE person SET identity_code_hash = $2 WHERE id = $1', [
      colleague.personId,
      identityCodeHash(regionId, code),
    ]);
    const own = await client('Työtoveri', code);
    await look({ personId: busy.personId, caseId: own });
    await look({ personId: colleague.personId, caseId: own });

    const { body } = await officer.ask('log.unusual', month);
    const of = (pattern: string) =>
      body.rows.filter((row) => row.pattern === pattern).map(({ personId }) => personId);
    expect(of('many-clients')).toEqual([busy.personId]);
    expect(of('at-night')).toEqual([byDay.personId]);
    expect(of('same-name')).toEqual([officer.personId]);
    expect(of('colleague')).toEqual([busy.personId]);
    expect(body.rows.find(({ pattern }) => pattern === 'many-clients')).toMatchObject({
      count: 42,
    });
  });

  it('says of an unanchored log that it is not anchored', async () => {
    const officer = await caller('tarkastaja', { duties: ['privacy-officer'] });
    const { body } = await officer.ask('log.verify', month);
    expect(body.problems.map(({ code }) => code)).toEqual(['no-anchors']);
  });
});
