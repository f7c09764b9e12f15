import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/domain/change.ts';
import type { TeamRole } from '#shared/domain/access/team-membership.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import {
  answerWord,
  askingRegion,
  valueOf,
  type AskingRegion,
  type Member,
  type NewClient,
} from '../../../../tests/region/asking-region.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import { wordOf, type WireDevice } from '../../../../tests/region/wire-device.ts';

let region: AskingRegion;
let kaisa: WireDevice;
let doctor: WireDevice;
let stranger: WireDevice;

beforeAll(async () => {
  region = await askingRegion();
  kaisa = await region.person('kaisa', { profession: 'social-worker' });
  doctor = await region.person('laakari', { profession: 'doctor' });
  stranger = await region.person('vieras', { profession: 'social-worker' });
});
afterAll(async () => {
  await region.close();
});

type Late = {
  readonly caseId: Id;
  readonly author: WireDevice;
  readonly work: Change;
  readonly need: Change;
};

let authors = 0;

/**
 * Somebody whose place in the team ends while an edit is open: what they then send waits for review. The
 * edit is of a need of the joint plan, unless told otherwise.
 */
const lateWork = async (
  team: readonly Member[],
  {
    profession = 'nurse',
    unitId = null,
    work = {},
    ...client
  }: NewClient & { profession?: string; work?: Partial<Change> } = {},
): Promise<Late> => {
  const author = await region.person(`kirjoittaja${(authors += 1)}`, { profession, unitId });
  const compartment = work.compartment ?? jointPlan;
  const caseId = await region.client({ unitId, ...client, team });
  const [joined, need] = await region.write(membership(caseId, author, null), {
    caseId,
    kind: 'need',
    group: 'assessment',
    compartment,
    value: { text: 'Kävely on epävarmaa.' },
  });
  if (!joined || !need) throw new Error('nothing written');
  await author.pullAll();
  await region.write({
    ...membership(caseId, author, '2026-11-01'),
    recordId: joined.recordId,
    parents: [joined.id],
  });
  const edit = author.change({
    caseId,
    recordId: need.recordId,
    compartment,
    parents: [need.id],
    value: { text: 'Kävelee rollaattorilla.' },
    ...work,
  });
  expect((await author.push(edit)).map(wordOf)).toEqual(['review']);
  return { caseId, author, work: edit, need };
};

const membership = (
  caseId: Id,
  desk: WireDevice,
  validTo: string | null,
  role: TeamRole = 'participant',
) => ({
  caseId,
  kind: 'membership',
  group: 'grant',
  value: {
    personId: desk.person.personId,
    profession: 'nurse',
    taskClass: 'external-partner',
    role,
    validFrom: '2020-01-01',
    validTo,
    ground: '',
  },
});

const list = async (desk: WireDevice) => valueOf(await region.ask(desk, 'reviews.list', {})).rows;
const lists = async (desk: WireDevice, { work }: Late): Promise<boolean> =>
  (await list(desk)).some(({ changeId }) => changeId === work.id);
const decide = (
  desk: WireDevice,
  changeId: Id,
  decision: 'accepted' | 'returned' = 'accepted',
  reason = '',
) => region.ask(desk, 'reviews.decide', { changeId, decision, reason });

/** The reviewer's entries in the client's log. */
const looksOf = ({ person }: WireDevice, { caseId }: Late) =>
  region.log({ caseId, action: 'review', personId: person.personId });

const receiptOf = async ({ author, work }: Late) => {
  const fresh = await region.again(author);
  const { pages } = await fresh.pullAll({ awaiting: [work.id] });
  return pages.flatMap(({ receipts }) => receipts).find(({ changeId }) => changeId === work.id);
};

describe('work whose author’s relation ended in the middle of it', () => {
  it('is listed for the custodian, with what the plan says now, and logged as a look', async () => {
    const late = await lateWork([{ desk: kaisa, role: 'custodian' }], { familyName: 'Koivu' });
    const row = (await list(kaisa)).find(({ changeId }) => changeId === late.work.id);
    expect(row).toMatchObject({
      caseId: late.caseId,
      clientName: 'Koivu Aino Maria',
      recordId: late.need.recordId,
      kind: 'need',
      group: 'assessment',
      compartment: jointPlan,
      value: { text: 'Kävelee rollaattorilla.' },
      authorId: late.author.person.personId,
      current: [{ value: { text: 'Kävely on epävarmaa.' } }],
    });
    expect(await looksOf(kaisa, late)).toMatchObject([
      {
        personId: kaisa.person.personId,
        register: 'joint',
        compartments: [jointPlan],
        role: 'custodian',
        ground: 'relation',
        what: {
          count: 1,
          records: [{ id: late.need.recordId, kind: 'need', group: 'assessment' }],
        },
      },
    ]);
  });

  it('accepted: it stands in the plan as its author wrote and signed it, and the author is told', async () => {
    const late = await lateWork([{ desk: kaisa, role: 'custodian' }, { desk: doctor }]);
    expect(await receiptOf(late)).toEqual({ changeId: late.work.id, verdict: 'review' });
    expect(answerWord(await decide(kaisa, late.work.id))).toBe('ok');
    expect(await receiptOf(late)).toMatchObject({ verdict: 'stored' });
    const { changes } = await (await region.again(doctor)).pullAll();
    expect(changes.get(late.work.id)).toEqual(late.work);
    expect(changes.has(late.need.id)).toBe(false);
    const [signed] = await region.database.db.query<{ held: boolean }>(
      `SELECT log.signature = review.signature AND log.device_id = review.device_id AS held
       FROM change_log AS log JOIN review USING (change_id) WHERE change_id = $1`,
      [late.work.id],
    );
    expect(signed?.held).toBe(true);
    expect(await lists(kaisa, late)).toBe(false);
    // Sent again by the device that has not heard yet: the answer of now.
    expect((await late.author.push(late.work)).map(wordOf)).toEqual(['stored']);
  });

  it('returned: nothing of it stands in the plan, and the author is told by whom and why', async () => {
    const late = await lateWork([{ desk: kaisa, role: 'custodian' }]);
    const reason = 'Kirjattu jo tapaamisen muistioon.';
    expect(answerWord(await decide(kaisa, late.work.id, 'returned', `  ${reason} `))).toBe('ok');
    expect(await receiptOf(late)).toMatchObject({
      verdict: 'returned',
      reason,
      reviewerId: kaisa.person.personId,
    });
    const stored = await region.database.db.query(
      'SELECT 1 AS one FROM change_log WHERE change_id = $1',
      [late.work.id],
    );
    expect(stored).toEqual([]);
    expect(await lists(kaisa, late)).toBe(false);
    const last = (await looksOf(kaisa, late)).at(-1);
    expect(last).toMatchObject({ what: { subjectId: late.work.id, reason } });
  });

  it('A15 a return needs a reason', async () => {
    const late = await lateWork([{ desk: kaisa, role: 'custodian' }]);
    for (const reason of ['', '  ', '\n\t']) {
      const answer = await decide(kaisa, late.work.id, 'returned', reason);
      expect(answer).toMatchObject({ status: 422, error: { path: 'reason', problem: 'required' } });
    }
    expect(await lists(kaisa, late)).toBe(true);
  });

  it('is decided once, also by two reviewers at once', async () => {
    const other = await region.person('toinenvastuu', { profession: 'social-worker' });
    for (const decisions of [
      ['accepted', 'returned'],
      ['returned', 'accepted'],
      ['accepted', 'accepted'],
    ] as const) {
      const late = await lateWork([
        { desk: kaisa, role: 'custodian' },
        { desk: other, role: 'custodian' },
      ]);
      const words = await Promise.all([
        decide(kaisa, late.work.id, decisions[0], 'Syy'),
        decide(other, late.work.id, decisions[1], 'Syy'),
      ]);
      expect(words.map(answerWord).toSorted()).toEqual(['already-decided', 'ok']);
      expect(answerWord(await decide(kaisa, late.work.id))).toBe('already-decided');
      expect([...(await looksOf(kaisa, late)), ...(await looksOf(other, late))]).toHaveLength(1);
      const [row] = await region.database.db.query<{ stored: boolean; decision: string }>(
        `SELECT decision, EXISTS (SELECT FROM change_log AS log
           WHERE log.change_id = review.change_id) AS stored
         FROM review WHERE change_id = $1`,
        [late.work.id],
      );
      expect(row?.stored).toBe(row?.decision === 'accepted');
    }
  });

  it('goes on waiting when it can no longer stand in the plan', async () => {
    const recordId = testId();
    const late = await lateWork([{ desk: kaisa, role: 'custodian' }], {
      work: { recordId, parents: [] },
    });
    // Meanwhile the id of its record has become another client's.
    await region.write({
      caseId: await region.client(),
      recordId,
      kind: 'need',
      group: 'assessment',
      value: { text: 'Toisen asiakkaan.' },
    });
    expect(answerWord(await decide(kaisa, late.work.id))).toBe('identity-of-record');
    expect(await lists(kaisa, late)).toBe(true);
    expect(await receiptOf(late)).toMatchObject({ verdict: 'review' });
    expect(answerWord(await decide(kaisa, late.work.id, 'returned', 'Väärä asiakas'))).toBe('ok');
  });
});

describe('who reviews', () => {
  it('A13 nobody else sees or decides, and nothing tells whether it exists', async () => {
    const late = await lateWork([
      { desk: kaisa, role: 'custodian' },
      { desk: doctor, role: 'responsible' },
    ]);
    const author = await region.again(late.author);
    for (const desk of [doctor, stranger, author]) {
      expect(await lists(desk, late)).toBe(false);
      const answer = await decide(desk, late.work.id);
      expect(answer).toEqual(await decide(desk, testId()));
      expect(answerWord(answer)).toBe('no-access');
    }
  });

  it('the responsible members, when the custodian does not see the part', async () => {
    const late = await lateWork(
      [
        { desk: kaisa, role: 'custodian' },
        { desk: doctor, role: 'responsible' },
      ],
      { work: { compartment: 'patient/outpatient' } },
    );
    expect(await lists(kaisa, late)).toBe(false);
    expect(await lists(doctor, late)).toBe(true);
    expect(answerWord(await decide(kaisa, late.work.id))).toBe('no-access');
    expect(answerWord(await decide(doctor, late.work.id))).toBe('ok');
  });

  it('the unit’s lead, when nobody of the team does: by a task there that reaches the part', async () => {
    const unitId = await region.unit();
    const lead = await region.person('johtaja', {
      profession: 'nurse',
      unitId,
      duties: ['unit-lead'],
    });
    const elsewhere = await region.person('muualla', {
      profession: 'nurse',
      unitId: await region.unit(),
      duties: ['unit-lead'],
    });
    const late = await lateWork([], { unitId, work: { compartment: 'patient/outpatient' } });
    expect(await lists(lead, late)).toBe(true);
    expect(await lists(elsewhere, late)).toBe(false);
    const hidden = await lateWork([], {
      unitId,
      profession: 'psychologist',
      work: { compartment: 'patient/psychologist' },
    });
    expect(await lists(lead, hidden)).toBe(false);
    expect(answerWord(await decide(lead, hidden.work.id))).toBe('no-access');
    expect((await looksOf(lead, late)).at(-1)).toMatchObject({ role: 'unit-lead', ground: 'duty' });
  });

  it('the author’s own lead, when the client’s unit has none that reaches the part', async () => {
    const unitId = await region.unit();
    const late = await lateWork([], {
      unitId,
      profession: 'psychologist',
      work: { compartment: 'patient/psychologist' },
    });
    const lead = await region.person('psykologit', {
      profession: 'psychologist',
      unitId,
      duties: ['unit-lead'],
    });
    await region.write({
      ...unitOf(late.caseId, await region.unit()),
      parents: await headsOf(late.caseId, 'care'),
    });
    expect(await lists(lead, late)).toBe(true);
    expect(answerWord(await decide(lead, late.work.id))).toBe('ok');
  });

  it('A13 no lead who is the client', async () => {
    const unitId = await region.unit();
    const code = region.code();
    const lead = await region.person('itse', {
      profession: 'nurse',
      unitId,
      duties: ['unit-lead'],
    });
    await region.isWhoHas(lead, code);
    const late = await lateWork([], { unitId, code });
    expect(await lists(lead, late)).toBe(false);
    expect(answerWord(await decide(lead, late.work.id))).toBe('no-access');
  });

  it('A13 no privacy officer without a right of their own to the part', async () => {
    const officer = await region.person('tietosuoja', {
      taskClass: 'support-and-administration',
      duties: ['privacy-officer'],
    });
    const doctorOnDuty = await region.person('tietosuojalaakari', {
      profession: 'doctor',
      duties: ['privacy-officer'],
    });
    const late = await lateWork([{ desk: doctorOnDuty }]);
    expect(await lists(officer, late)).toBe(false);
    expect(await lists(doctorOnDuty, late)).toBe(true);
  });

  it('the deputy of a custodian who is away; without one the next in line as well', async () => {
    const custodian = await region.person('lomalla', { profession: 'social-worker' });
    const deputy = await region.person('sijainen', { profession: 'social-worker' });
    const team = [
      { desk: custodian, role: 'custodian' as const },
      { desk: doctor, role: 'responsible' as const },
    ];
    const [first, second] = [await lateWork(team), await lateWork(team)];
    const saved = valueOf(
      await region.ask(custodian, 'absences.save', {
        id: null,
        personId: custodian.person.personId,
        deputyId: deputy.person.personId,
        validFrom: region.today(),
        validTo: region.day(7),
        caseIds: [first.caseId],
      }),
    );
    expect(await lists(deputy, first)).toBe(true);
    expect(await lists(doctor, first)).toBe(false);
    expect(await lists(deputy, second)).toBe(false);
    expect(await lists(doctor, second)).toBe(true);
    expect(await lists(custodian, second)).toBe(true);
    expect(answerWord(await decide(deputy, first.work.id))).toBe('ok');
    expect((await looksOf(deputy, first)).at(-1)).toMatchObject({
      personId: deputy.person.personId,
      role: 'custodian',
      basisId: saved.id,
    });
  });

  it('A13 a place in the team is taken in only by whom one may ask to record it', async () => {
    const late = await lateWork([{ desk: kaisa, role: 'custodian' }], {
      profession: 'social-worker',
    });
    const author = await region.again(late.author);
    const own = author.change({
      ...membership(late.caseId, author, null),
      compartment: jointPlan,
      recordId: testId(),
    });
    expect((await author.push(own)).map(wordOf)).toEqual(['review']);
    expect(answerWord(await decide(author, own.id))).toBe('no-access');
    expect((await list(kaisa)).map(({ changeId }) => changeId)).toContain(own.id);
    expect(answerWord(await decide(kaisa, own.id))).toBe('ok');
    // Accepted, it counts: the author is in the team again.
    const again = author.change({ caseId: late.caseId });
    expect((await author.push(again)).map(wordOf)).toEqual(['stored']);
  });
});

const unitOf = (caseId: Id, unitId: Id) => ({
  caseId,
  recordId: caseId,
  kind: 'client',
  group: 'care',
  value: { unitId },
});

const headsOf = async (caseId: Id, group: string): Promise<Id[]> =>
  (
    await region.database.db.query<{ id: Id }>(
      'SELECT change_id AS id FROM head WHERE case_id = $1 AND record_id = $1 AND grp = $2',
      [caseId, group],
    )
  ).map(({ id }) => id);
