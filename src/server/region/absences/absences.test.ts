import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planIdOf, type Id } from '#shared/domain/ids.ts';
import type { OnlineInput } from '#shared/protocol/online/online-calls.ts';
import { readAccess } from '../rights/read-access.ts';
import {
  answerWord,
  askingRegion,
  membershipOf,
  valueOf,
  type AskingRegion,
} from '../../../../tests/region/asking-region.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import type { WireDevice } from '../../../../tests/region/wire-device.ts';

let region: AskingRegion;
let deputy: WireDevice;
let admin: WireDevice;
let lead: WireDevice;
let unitId: Id;
let people = 0;

beforeAll(async () => {
  region = await askingRegion();
  unitId = await region.unit();
  deputy = await region.person('sijainen', { profession: 'social-worker' });
  admin = await region.person('paakayttaja', {
    taskClass: 'support-and-administration',
    duties: ['administrator'],
  });
  lead = await region.person('esihenkilo', {
    profession: 'social-worker',
    unitId,
    duties: ['unit-lead'],
  });
});
afterAll(async () => {
  await region.close();
});

/** Somebody of the lead's unit, without any absence yet. */
const worker = () =>
  region.person(`tyontekija${(people += 1)}`, { profession: 'social-worker', unitId });

type Save = OnlineInput<'absences.save'>;

const save = (asker: WireDevice, absent: WireDevice, more: Partial<Save> = {}) =>
  region.ask(asker, 'absences.save', {
    id: null,
    personId: absent.person.personId,
    deputyId: deputy.person.personId,
    validFrom: region.today(),
    validTo: region.day(7),
    caseIds: null,
    ...more,
  });

const saved = async (
  asker: WireDevice,
  absent: WireDevice,
  more: Partial<Save> = {},
): Promise<Id> => valueOf(await save(asker, absent, more)).id;

const listed = async (desk: WireDevice) => valueOf(await region.ask(desk, 'absences.list', {}));
const rowOf = async (desk: WireDevice, id: Id) =>
  (await listed(desk)).rows.find((row) => row.id === id);
const uncovered = async (desk: WireDevice, id: Id) =>
  valueOf(await region.ask(desk, 'absences.uncovered', { id })).rows;

const isOpenTo = async (desk: WireDevice, caseId: Id): Promise<boolean> => {
  const nowMs = region.region.now().getTime();
  const access = await readAccess(region.database.db, desk.person.personId, [caseId], nowMs);
  return access.get(caseId)?.decide('joint/plan').allowed === true;
};

const rightsVersion = async ({ person }: WireDevice): Promise<number> => {
  const [row] = await region.database.db.query<{ version: number }>(
    'SELECT rights_version AS version FROM person WHERE id = $1',
    [person.personId],
  );
  return row?.version ?? 0;
};

describe('recording an absence', () => {
  it('opens the absent person’s clients to the deputy, from a device’s next pull on', async () => {
    const absent = await worker();
    const caseId = await region.client({ team: [{ desk: absent, role: 'custodian' }] });
    expect(await isOpenTo(deputy, caseId)).toBe(false);
    const versions = [await rightsVersion(absent), await rightsVersion(deputy)];
    const id = await saved(absent, absent);
    expect(await isOpenTo(deputy, caseId)).toBe(true);
    expect(await rightsVersion(absent)).toBeGreaterThan(versions[0] ?? 0);
    expect(await rightsVersion(deputy)).toBeGreaterThan(versions[1] ?? 0);
    const { pages } = await (await region.again(deputy)).pullAll();
    const grant = pages.flatMap(({ grants }) => grants).find((each) => each.caseId === caseId);
    expect(grant).toMatchObject({ relation: 'absence', role: 'custodian', basisId: id });
    expect(pages.flatMap(({ directory }) => directory?.absences ?? [])).toContainEqual(
      expect.objectContaining({ id, deputyId: deputy.person.personId }),
    );
  });

  it('A14 is logged as administration, ended or changed too', async () => {
    const absent = await worker();
    const id = await saved(absent, absent);
    await saved(lead, absent, { id, deputyId: null });
    await region.ask(admin, 'absences.end', { id });
    const entries = (await region.log({ action: 'administration' })).filter(
      ({ basisId }) => basisId === id,
    );
    expect(entries.map(({ personId }) => personId)).toEqual(
      [absent, lead, admin].map(({ person }) => person.personId),
    );
    expect(entries.every(({ what }) => what.subjectId === absent.person.personId)).toBe(true);
  });

  it('A13 is for oneself, for one’s unit’s lead and for administrators', async () => {
    const absent = await worker();
    const outsider = await region.person('ulkopuolinen', {
      profession: 'social-worker',
      duties: ['unit-lead'],
      unitId: await region.unit(),
    });
    for (const asker of [deputy, outsider]) {
      const answer = await save(asker, absent);
      expect(answer).toEqual(
        await save(asker, { ...absent, person: { ...absent.person, personId: testId() } }),
      );
      expect(answerWord(answer)).toBe('no-access');
    }
    const id = await saved(lead, absent);
    expect(answerWord(await region.ask(outsider, 'absences.end', { id }))).toBe('no-access');
    expect(answerWord(await region.ask(outsider, 'absences.uncovered', { id }))).toBe('no-access');
    expect(answerWord(await region.ask(deputy, 'absences.end', { id }))).toBe('no-access');
    // Moving it to somebody else is no change of it.
    const other = await worker();
    expect(answerWord(await save(lead, other, { id }))).toBe('no-access');
    expect(await saved(admin, absent, { id, validTo: region.day(3) })).toBe(id);
    expect((await listed(outsider)).personIds).toEqual([outsider.person.personId]);
    expect((await listed(lead)).personIds).toEqual(
      expect.arrayContaining([lead.person.personId, absent.person.personId]),
    );
    expect((await listed(lead)).personIds).not.toContain(outsider.person.personId);
  });

  it.each<[string, (day: (by: number) => string) => Partial<Save>]>([
    ['ends-before-it-begins', (day) => ({ validFrom: day(3), validTo: day(2) })],
    ['too-long', (day) => ({ validTo: day(400) })],
    ['over', (day) => ({ validFrom: day(-9), validTo: day(-1) })],
  ])('A15 is refused with %s', async (problem, dates) => {
    const absent = await worker();
    expect(answerWord(await save(absent, absent, dates(region.day)))).toBe(problem);
  });

  it('A15 a day that does not exist never gets so far', async () => {
    const absent = await worker();
    const answer = await save(absent, absent, { validTo: '2026-11-31' });
    expect(answer).toMatchObject({ ok: false, status: 400 });
  });

  it('a day, and four hundred, are not too few or too many', async () => {
    const absent = await worker();
    const id = await saved(absent, absent, { validTo: region.today() });
    expect(await saved(absent, absent, { id, validTo: region.day(399) })).toBe(id);
  });

  it('refuses a deputy who cannot step in', async () => {
    const absent = await worker();
    const left = await region.person('lahtenyt', { profession: 'nurse', active: true });
    await region.database.owner.query('UPDATE person SET active = false WHERE id = $1', [
      left.person.personId,
    ]);
    const partner = await region.person('kumppani', {
      profession: 'external-partner',
      partnerSector: 'association',
    });
    const away = await region.person('poissa', { profession: 'nurse' });
    await saved(away, away, { deputyId: null, validFrom: region.day(-2), validTo: region.day(3) });
    await saved(away, away, { deputyId: null, validFrom: region.day(4), validTo: region.day(30) });
    const word = async (deputyId: Id) => answerWord(await save(absent, absent, { deputyId }));
    expect(await word(absent.person.personId)).toBe('same-person');
    expect(await word(testId())).toBe('not-active');
    expect(await word(left.person.personId)).toBe('not-active');
    expect(await word(partner.person.personId)).toBe('not-suitable');
    expect(await word(admin.person.personId)).toBe('not-suitable');
    expect(await word(away.person.personId)).toBe('deputy-absent');
    // There on one day of it.
    const longer = { deputyId: away.person.personId, validTo: region.day(31) };
    expect(answerWord(await save(absent, absent, longer))).toBe('ok');
  });

  it('refuses one that overlaps another, also when both come at once', async () => {
    const absent = await worker();
    const words = await Promise.all([1, 2, 3].map(() => save(absent, absent)));
    expect(words.map(answerWord).toSorted()).toEqual(['ok', 'overlaps', 'overlaps']);
    const dates = { validFrom: region.day(7), validTo: region.day(9) };
    expect(answerWord(await save(lead, absent, dates))).toBe('overlaps');
    expect(answerWord(await save(lead, absent, { ...dates, validFrom: region.day(8) }))).toBe('ok');
  });
});

describe('clients handed over', () => {
  it('are those named, and nothing else opens', async () => {
    const absent = await worker();
    const [one, other] = [
      await region.client({ team: [{ desk: absent }] }),
      await region.client({ team: [{ desk: absent }] }),
    ];
    const id = await saved(absent, absent, { caseIds: [one, one] });
    expect(await isOpenTo(deputy, one)).toBe(true);
    expect(await isOpenTo(deputy, other)).toBe(false);
    expect(await rowOf(absent, id)).toMatchObject({ caseIds: [one], clients: 1, mayChange: true });
  });

  it('A13 are the absent person’s own, and none but theirs', async () => {
    const absent = await worker();
    const foreign = await region.client({ team: [{ desk: deputy }] });
    const former = await region.client({ team: [{ desk: absent, validTo: '2026-10-01' }] });
    for (const caseId of [foreign, former, testId()]) {
      expect(answerWord(await save(absent, absent, { caseIds: [caseId] }))).toBe('not-a-client');
    }
    expect(answerWord(await save(absent, absent, { caseIds: [] }))).toBe('required');
  });

  it('A13 a lead neither names nor learns of, nor loses, clients who are hidden from the lead', async () => {
    const absent = await worker();
    const hidden = await region.client({ team: [{ desk: absent }] });
    const known = await region.client({ team: [{ desk: absent }, { desk: lead }] });
    expect(answerWord(await save(lead, absent, { caseIds: [hidden] }))).toBe('not-a-client');
    const id = await saved(absent, absent, { caseIds: [hidden, known] });
    expect(await rowOf(lead, id)).toMatchObject({ caseIds: [known], clients: 2 });
    await saved(lead, absent, { id, caseIds: [], validTo: region.day(5) });
    expect(await rowOf(absent, id)).toMatchObject({ caseIds: [hidden], validTo: region.day(5) });
    expect(await isOpenTo(deputy, hidden)).toBe(true);
    expect(await isOpenTo(deputy, known)).toBe(false);
  });
});

describe('ending an absence', () => {
  it('takes the deputy’s rights back after today', async () => {
    const absent = await worker();
    const caseId = await region.client({ team: [{ desk: absent }] });
    const id = await saved(absent, absent);
    expect(answerWord(await region.ask(absent, 'absences.end', { id }))).toBe('ok');
    expect(await rowOf(absent, id)).toMatchObject({ validTo: region.today() });
    const tomorrow = region.region.now().getTime() + 86_400_000;
    const access = await readAccess(region.database.db, deputy.person.personId, [caseId], tomorrow);
    expect(access.get(caseId)?.decide('joint/plan').allowed).toBe(false);
    expect(answerWord(await region.ask(absent, 'absences.end', { id }))).toBe('ok');
  });

  it('removes one that has not begun', async () => {
    const absent = await worker();
    const id = await saved(absent, absent, { validFrom: region.day(1) });
    expect(answerWord(await region.ask(lead, 'absences.end', { id }))).toBe('ok');
    expect(await rowOf(absent, id)).toBeUndefined();
    expect(answerWord(await region.ask(lead, 'absences.end', { id }))).toBe('no-access');
  });

  it('one that is over is changed by nobody', async () => {
    const absent = await worker();
    const id = testId();
    await region.database.owner.query(
      `INSERT INTO absence (id, person_id, valid_from, valid_to, created_by, created_at)
       VALUES ($1, $2, $3, $4, $2, now())`,
      [id, absent.person.personId, region.day(-9), region.day(-2)],
    );
    expect(answerWord(await save(absent, absent, { id }))).toBe('over');
    expect(answerWord(await region.ask(absent, 'absences.end', { id }))).toBe('ok');
    expect(await rowOf(absent, id)).toMatchObject({ validTo: region.day(-2), mayChange: false });
  });
});

describe('responsibilities that nobody covers', () => {
  const responsibility = (caseId: Id, desk: WireDevice, more: object = {}) => ({
    caseId,
    kind: 'action',
    group: 'responsibility',
    value: { responsibleId: desk.person.personId, deputyId: null, ...more },
  });

  it('are actions under way and plans, named to who may see them and counted for the others', async () => {
    const absent = await worker();
    const other = await worker();
    const caseId = await region.client({
      familyName: 'Koivu',
      team: [{ desk: absent, role: 'custodian' }],
    });
    const [walking] = await region.write(
      responsibility(caseId, absent),
      responsibility(caseId, other),
      responsibility(caseId, absent, { deputyId: other.person.personId }),
    );
    const [done] = await region.write(responsibility(caseId, absent));
    const [removed] = await region.write(responsibility(caseId, absent));
    if (!walking || !done || !removed) throw new Error('nothing written');
    await region.write(
      {
        caseId,
        recordId: walking.recordId,
        kind: 'action',
        group: 'content',
        value: { kind: 'rehabilitation', title: 'Kävelyharjoittelu', description: '' },
      },
      {
        caseId,
        recordId: done.recordId,
        kind: 'action',
        group: 'status',
        value: { status: 'done', reason: '', date: null },
      },
      {
        caseId,
        recordId: removed.recordId,
        kind: 'action',
        group: 'existence',
        value: { state: 'removed', reason: 'Kahdesti', covers: [removed.id] },
      },
      {
        caseId,
        recordId: planIdOf(caseId),
        kind: 'plan',
        group: 'custodian',
        value: { personId: absent.person.personId },
      },
    );
    const id = await saved(absent, absent, { deputyId: null });
    expect(await uncovered(absent, id)).toEqual([
      {
        caseId,
        clientName: 'Koivu Aino Maria',
        recordId: planIdOf(caseId),
        kind: 'custodian',
        title: '',
      },
      {
        caseId,
        clientName: 'Koivu Aino Maria',
        recordId: walking.recordId,
        kind: 'action',
        title: 'Kävelyharjoittelu',
      },
    ]);
    expect(
      (await region.log({ caseId, action: 'view' })).map(({ personId, what }) => [
        personId,
        what.screen,
        what.count,
      ]),
    ).toEqual([[absent.person.personId, 'absences', 2]]);
    // The lead has no relation to the client: a number, and no name.
    expect(await rowOf(lead, id)).toMatchObject({ uncovered: 2, clients: 1 });
    expect(await uncovered(lead, id)).toEqual([]);
    expect((await region.log({ caseId, action: 'view' })).length).toBe(1);

    await saved(absent, absent, { id });
    expect(await rowOf(absent, id)).toMatchObject({ uncovered: 0, clients: 1 });
    expect(await uncovered(absent, id)).toEqual([]);
  });

  it('stay uncovered where the deputy does not reach, is not given the client, or is the client', async () => {
    const absent = await worker();
    const code = region.code();
    const itself = await region.person('itse', { profession: 'social-worker' });
    await region.isWhoHas(itself, code);
    const [own, kept] = [
      await region.client({ code, team: [{ desk: absent }] }),
      await region.client({ team: [{ desk: absent }] }),
    ];
    await region.write(
      responsibility(own, absent),
      { ...responsibility(own, absent), compartment: 'social/working-age' },
      responsibility(kept, absent),
    );
    const id = await saved(absent, absent, { deputyId: null });
    const count = async (deputyId: Id, caseIds: Id[] | null = null) => {
      await saved(absent, absent, { id, deputyId, caseIds });
      return (await rowOf(absent, id))?.uncovered;
    };
    const nurse = await region.person('hoitaja', { profession: 'nurse' });
    expect(await count(deputy.person.personId)).toBe(0);
    expect(await count(deputy.person.personId, [own])).toBe(1);
    expect(await count(nurse.person.personId)).toBe(1);
    expect(await count(itself.person.personId)).toBe(2);
  });

  it('a person with two thousand clients is listed in a moment', async () => {
    const absent = await worker();
    const caseIds = Array.from({ length: 2_000 }, () => testId());
    for (let from = 0; from < caseIds.length; from += 500) {
      const some = caseIds.slice(from, from + 500);
      await region.write(
        ...some.flatMap((caseId) => [
          membershipOf(caseId, { desk: absent }),
          responsibility(caseId, absent),
        ]),
      );
    }
    const id = await saved(absent, absent, { deputyId: null });
    const begun = performance.now();
    expect(await rowOf(absent, id)).toMatchObject({ uncovered: 2_000, clients: 2_000 });
    expect(await uncovered(absent, id)).toHaveLength(2_000);
    const ms = performance.now() - begun;
    process.stdout.write(`Absence with 2,000 clients: listed and named in ${Math.round(ms)} ms\n`);
  });
});
