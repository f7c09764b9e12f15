import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dutyIds } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { administrationCalls } from '#shared/protocol/online/administration.ts';
import type { OnlineInput } from '#shared/protocol/online/online-calls.ts';
import {
  answerWord,
  askingRegion,
  membershipOf,
  valueOf,
  type AskingRegion,
} from '../../../../tests/region/asking-region.ts';
import { signInAs, testId } from '../../../../tests/region/test-app.ts';
import { wireDevice, type WireDevice } from '../../../../tests/region/wire-device.ts';

let region: AskingRegion;
let admin: WireDevice;
let people = 0;

beforeAll(async () => {
  region = await askingRegion();
  admin = await region.person('paakayttaja', { duties: ['administrator'] });
});
afterAll(async () => {
  await region.close();
});

const worker = () => region.person(`tyontekija${(people += 1)}`, { profession: 'nurse' });
const idOf = ({ person }: WireDevice): Id => person.personId;

const list = async (more: Partial<OnlineInput<'people.list'>> = {}) =>
  valueOf(
    await region.ask(admin, 'people.list', {
      search: '',
      unitId: null,
      activity: 'all',
      sort: 'name',
      descending: false,
      offset: 0,
      limit: 200,
      ...more,
    }),
  );
const rowOf = async (id: Id) => {
  const row = (await list()).rows.find((each) => each.id === id);
  if (!row) throw new Error('not listed');
  return row;
};

type Save = OnlineInput<'people.save'>;

/** Saves the person as listed, but for what is told. */
const save = async (id: Id, more: Partial<Save> = {}) => {
  const { revision, givenName, familyName, registerNumber, tasks, duties, partnerSector } =
    await rowOf(id);
  const person = { givenName, familyName, registerNumber, tasks, duties, partnerSector };
  return region.ask(admin, 'people.save', { id, revision, ...person, ...more });
};

const task = (more: Partial<Save['tasks'][number]> = {}): Save['tasks'][number] => ({
  unitId: null,
  profession: 'nurse',
  taskClass: 'broad-health',
  services: [],
  round: false,
  validFrom: '2026-01-01',
  validTo: null,
  ...more,
});

const change = (personId: Id, more: Partial<OnlineInput<'relations.change'>> = {}) =>
  region.ask(admin, 'relations.change', {
    personId,
    membershipIds: null,
    action: 'end',
    toPersonId: null,
    lastDay: region.today(),
    reason: 'Siirtyy toisiin tehtäviin',
    dryRun: false,
    ...more,
  });

const relations = async (personId: Id, onlyCurrent = false) =>
  valueOf(
    await region.ask(admin, 'relations.list', {
      personId,
      onlyCurrent,
      search: '',
      offset: 0,
      limit: 200,
    }),
  );

describe('the duty', () => {
  it('A13 refuses every call to everybody but administrators, and changes nothing', async () => {
    const [id, other] = [testId(), testId()];
    const reason = 'Kokeilu';
    const page = { offset: 0, limit: 10 };
    const inputs: { readonly [N in keyof typeof administrationCalls]: OnlineInput<N> } = {
      'people.list': {
        search: '',
        unitId: null,
        activity: 'all',
        sort: 'name',
        descending: false,
        ...page,
      },
      'people.save': {
        id: null,
        revision: null,
        givenName: 'Uusi',
        familyName: 'Luvaton',
        registerNumber: null,
        tasks: [task()],
        duties: [],
        partnerSector: null,
      },
      'people.end': { id: idOf(admin), reason },
      'people.newSecret': { id: idOf(admin), login: 'kaapattu' },
      'people.linkClient': { id: idOf(admin), personalIdentityCode: region.code() },
      'units.save': { id: null, name: 'Luvaton', municipality: 'Koeseutu', sector: 'joint' },
      'relations.list': { personId: id, onlyCurrent: false, search: '', ...page },
      'relations.change': {
        personId: id,
        membershipIds: null,
        action: 'end',
        toPersonId: null,
        lastDay: region.today(),
        reason,
        dryRun: false,
      },
      'devices.list': { search: '', personId: null, ...page },
      'devices.revoke': { id: admin.id, reason },
      'clients.sameCode': {},
      'clients.merge': { fromCaseId: id, intoCaseId: other, reason },
    };
    const others = [
      await worker(),
      await region.person('muut', { duties: dutyIds.filter((duty) => duty !== 'administrator') }),
    ];
    const before = await list();
    for (const asker of others) {
      for (const name of Object.keys(inputs) as (keyof typeof inputs)[]) {
        const answer = await region.ask(asker, name, inputs[name]);
        expect([name, answerWord(answer)]).toEqual([name, 'no-access']);
      }
    }
    const { lastSeenMs: _seen, ...mine } = await rowOf(idOf(admin));
    expect(before.rows.find(({ id: each }) => each === idOf(admin))).toMatchObject(mine);
    expect((await list()).total).toBe(before.total);
  });
});

describe('people', () => {
  it('adds one with tasks, who is found by name and unit', async () => {
    const { id: unitId } = valueOf(
      await region.ask(admin, 'units.save', {
        id: null,
        name: 'Uusi yksikkö',
        municipality: 'Koeseutu',
        sector: 'joint',
      }),
    );
    const input: Save = {
      id: null,
      revision: null,
      givenName: 'Helmi',
      familyName: 'Uusi_100%',
      registerNumber: null,
      tasks: [task({ unitId })],
      duties: ['unit-lead'],
      partnerSector: null,
    };
    const { id } = valueOf(await region.ask(admin, 'people.save', input));
    const found = await list({ search: 'i_100%', unitId });
    expect(found).toMatchObject({
      total: 1,
      rows: [{ id, tasks: input.tasks, duties: ['unit-lead'], active: true, login: null }],
    });
    // The signs that a pattern would read as "anything" are letters like others.
    expect((await list({ search: 'Uusi%100_' })).total).toBe(0);
  });

  it('refuses unknown units and tasks that end before they begin', async () => {
    const id = idOf(await worker());
    const word = async (tasks: Save['tasks']) => answerWord(await save(id, { tasks }));
    expect(await word([task({ unitId: testId() })])).toBe('unknown-unit');
    expect(await word([task({ validTo: '2025-12-31' })])).toBe('ends-before-it-begins');
    expect(await word([task({ validTo: '2026-01-01' })])).toBe('ok');
  });

  it('notices that another administrator saved meanwhile', async () => {
    const id = idOf(await worker());
    const { revision } = await rowOf(id);
    expect(answerWord(await save(id, { familyName: 'Ensin' }))).toBe('ok');
    expect(await save(id, { familyName: 'Sitten', revision })).toMatchObject({
      error: { path: 'revision', problem: 'changed-meanwhile' },
    });
    const row = await rowOf(id);
    expect(row.familyName).toBe('Ensin');
    expect(row.revision).toBeGreaterThan(revision);
  });

  it('never loses the last administrator, and nobody gives oneself a duty', async () => {
    const me = idOf(admin);
    expect(answerWord(await save(me, { duties: [] }))).toBe('last-administrator');
    expect(answerWord(await save(me, { duties: ['administrator', 'unit-lead'] }))).toBe('own-duty');
    const end = (id: Id) => region.ask(admin, 'people.end', { id, reason: 'Lähtee' });
    expect(answerWord(await end(me))).toBe('own-duty');
    const second = await region.person('toinen', { duties: ['administrator'] });
    expect(answerWord(await end(idOf(second)))).toBe('ok');
    // One who has left does not count.
    expect(answerWord(await save(me, { duties: [] }))).toBe('last-administrator');
  });

  it('ends somebody with their sessions at once, and says so in the log', async () => {
    const leaver = await worker();
    expect(answerWord(await region.ask(leaver, 'absences.list', {}))).toBe('ok');
    const end = () => region.ask(admin, 'people.end', { id: idOf(leaver), reason: 'Eläke' });
    expect(answerWord(await end())).toBe('ok');
    expect(await region.ask(leaver, 'absences.list', {})).toMatchObject({ status: 401 });
    expect((await signInAs(region.region, leaver.person)).statusCode).toBe(401);
    expect(answerWord(await end())).toBe('already-ended');
    expect((await list({ activity: 'active' })).rows.map(({ id }) => id)).not.toContain(
      idOf(leaver),
    );
    const told = (await region.log({ action: 'administration' })).filter(
      ({ what }) => what.subjectId === idOf(leaver),
    );
    expect(told).toMatchObject([{ personId: idOf(admin), what: { reason: 'Eläke' } }]);
  });

  it('gives a new secret once: it signs in, the old one and the old session do not', async () => {
    const one = await worker();
    const give = (login: string) => region.ask(admin, 'people.newSecret', { id: idOf(one), login });
    expect(answerWord(await give('PAAKAYTTAJA '))).toBe('login-taken');
    const { secret } = valueOf(await give('uusi.tunnus'));
    expect(secret).toMatch(/^(?:[a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/u);
    expect(await region.ask(one, 'absences.list', {})).toMatchObject({ status: 401 });
    expect((await signInAs(region.region, one.person)).statusCode).toBe(401);
    const again = await wireDevice(region.region, {
      ...one.person,
      login: 'uusi.tunnus',
      secret,
    });
    expect(answerWord(await region.ask(again, 'absences.list', {}))).toBe('ok');
    expect(JSON.stringify(await region.log())).not.toContain(secret);
  });

  it('A13 links a colleague with the client whom they are: the own record closes', async () => {
    const code = region.code();
    const one = await worker();
    const caseId = await region.client({ code });
    const open = () =>
      region.ask(one, 'clients.openOnGround', { caseId, ground: 'life-or-health', reason: 'Oma' });
    const link = (personalIdentityCode: string | null) =>
      region.ask(admin, 'people.linkClient', { id: idOf(one), personalIdentityCode });
    expect(answerWord(await link('010190-000X'))).toBe('personal-identity-code');
    expect(answerWord(await link(` ${code.toLowerCase()} `))).toBe('ok');
    expect((await rowOf(idOf(one))).isClient).toBe(true);
    expect(answerWord(await open())).toBe('no-access');
    expect(JSON.stringify(await region.log({ action: 'administration' }))).not.toContain(code);
    await link(null);
    expect((await rowOf(idOf(one))).isClient).toBe(false);
    expect(answerWord(await open())).toBe('ok');
  });
});

describe('relations in bulk', () => {
  it('changes what can be changed and tells why the rest is left', async () => {
    const [from, to] = [await worker(), await worker()];
    const caseId = await region.client({ familyName: 'Koivu', team: [{ desk: from }] });
    await region.client({ team: [{ desk: from, validTo: region.day(-1) }] });
    await region.client({ team: [{ desk: from, validFrom: region.day(5) }] });
    const torn = await region.client();
    const [first] = await region.write(membershipOf(torn, { desk: from }));
    // Two versions, neither knowing of the other.
    await region.write({
      ...membershipOf(torn, { desk: from, role: 'custodian' }),
      recordId: first?.recordId ?? '',
    });
    const move = { action: 'move', toPersonId: idOf(to) } as const;
    const expected = {
      changed: 1,
      left: expect.arrayContaining(
        ['conflict', 'already-ended', 'not-begun'].map((problem) => ({ problem, count: 1 })),
      ) as unknown,
    };
    const before = await relations(idOf(from));
    expect(valueOf(await change(idOf(from), { ...move, dryRun: true }))).toEqual(expected);
    expect(await relations(idOf(from))).toEqual(before);
    expect((await relations(idOf(to))).total).toBe(0);

    expect(valueOf(await change(idOf(from), move))).toEqual(expected);
    const old = before.rows.find((row) => row.caseId === caseId);
    expect((await relations(idOf(from))).rows).toContainEqual({ ...old, validTo: region.today() });
    expect((await relations(idOf(to))).rows).toMatchObject([
      { caseId, role: 'participant', validFrom: region.day(1), validTo: null },
    ]);
    expect(await region.log({ action: 'permission', caseId })).toHaveLength(1);
  });

  it('moves to somebody else who works here only', async () => {
    const [from, gone] = [await worker(), await worker()];
    await region.ask(admin, 'people.end', { id: idOf(gone), reason: 'Lähti' });
    const word = async (toPersonId: Id | null) =>
      answerWord(await change(idOf(from), { action: 'move', toPersonId }));
    expect(await word(null)).toBe('required');
    expect(await word(testId())).toBe('required');
    expect(await word(idOf(gone))).toBe('required');
    expect(await word(idOf(from))).toBe('same-person');
  });

  it('lists as current what is so by the Finnish day', async () => {
    const one = await worker();
    await region.client({ team: [{ desk: one, validTo: region.today() }] });
    expect((await relations(idOf(one), true)).total).toBe(1);
    // 22.30 UTC, by winter time half past midnight in Finland: the day has turned.
    const untilNight = Date.parse(`${region.today()}T22:30:00Z`) - region.region.now().getTime();
    region.region.pass(untilNight);
    try {
      expect((await relations(idOf(one), true)).total).toBe(0);
    } finally {
      region.region.pass(-untilNight);
    }
  });

  it('moves and ends 5,000 in one call each', { timeout: 180_000 }, async () => {
    const [from, to] = [await worker(), await worker()];
    await region.write(
      ...Array.from({ length: 5_000 }, () => membershipOf(testId(), { desk: from })),
    );
    const timed = async (what: string, more: Partial<OnlineInput<'relations.change'>>) => {
      const begun = performance.now();
      const answer = await change(what === 'move' ? idOf(from) : idOf(to), more);
      console.log(`${what} of 5,000: ${Math.round(performance.now() - begun)} ms`);
      return valueOf(answer);
    };
    const all = { changed: 5_000, left: [] };
    expect(await timed('move', { action: 'move', toPersonId: idOf(to) })).toEqual(all);
    expect(await timed('end', { lastDay: region.day(10) })).toEqual(all);
    const ended = await region.database.db.query<{ id: Id; count: number }>(
      `SELECT person_id AS id, count(*) AS count FROM membership_current
       WHERE (person_id = $1 AND valid_to = $3)
          OR (person_id = $2 AND valid_from = $4 AND valid_to = $5) GROUP BY person_id`,
      [idOf(from), idOf(to), region.today(), region.day(1), region.day(10)],
    );
    expect(new Map(ended.map(({ id, count }) => [id, count]))).toEqual(
      new Map([
        [idOf(from), 5_000],
        [idOf(to), 5_000],
      ]),
    );
    const log = await region.log();
    const acts = log.filter(({ what }) => what.count === 5_000);
    expect(acts.map(({ what }) => what.subjectId)).toEqual([idOf(from), idOf(to)]);
    const times = new Set(acts.map(({ atMs }) => atMs));
    expect(
      log.filter(({ action, atMs }) => action === 'permission' && times.has(atMs)),
    ).toHaveLength(10_000);
  });
});

describe('devices and clients entered twice', () => {
  it('revokes a device: its session ends and the person’s other device goes on', async () => {
    const lost = await worker();
    const other = await region.again(lost);
    const list = async () =>
      valueOf(
        await region.ask(admin, 'devices.list', {
          search: '',
          personId: idOf(lost),
          offset: 0,
          limit: 10,
        }),
      );
    expect(await list()).toMatchObject({
      total: 2,
      rows: [{ signedIn: true }, { signedIn: true }],
    });
    const revoke = () => region.ask(admin, 'devices.revoke', { id: lost.id, reason: 'Kadonnut' });
    expect(answerWord(await revoke())).toBe('ok');
    expect(answerWord(await revoke())).toBe('already-ended');
    expect(await region.ask(lost, 'absences.list', {})).toMatchObject({ status: 401 });
    expect(answerWord(await region.ask(other, 'absences.list', {}))).toBe('ok');
    const row = (await list()).rows.find(({ id }) => id === lost.id);
    expect(row).toMatchObject({ signedIn: false, revokedMs: expect.any(Number) as unknown });
  });

  it('shows two clients of one code, and joins them', async () => {
    const code = region.code();
    const [from, into] = [await region.client({ code }), await region.client({ code })];
    const joined = async () =>
      valueOf(await region.ask(admin, 'clients.sameCode', {}))
        .rows.find((row) => row.personalIdentityCode === code)
        ?.clients.map((client) => [client.caseId, client.joined] as const) ?? [];
    expect(new Map(await joined())).toEqual(
      new Map([
        [from, false],
        [into, false],
      ]),
    );
    const merge = { fromCaseId: from, intoCaseId: into, reason: 'Kirjattu kahdesti' };
    expect(answerWord(await region.ask(admin, 'clients.merge', merge))).toBe('ok');
    expect(new Map(await joined())).toEqual(
      new Map([
        [from, true],
        [into, true],
      ]),
    );
  });
});
