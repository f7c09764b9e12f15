import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id } from '#shared/domain/ids.ts';
import { withTransaction } from '../../db/pool.ts';
import { readAccess } from '../rights/read-access.ts';
import {
  answerWord,
  askingRegion,
  valueOf,
  type AskingRegion,
} from '../../../../tests/region/asking-region.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import type { WireDevice } from '../../../../tests/region/wire-device.ts';
import { takeInOfflineOpenings } from './offline-openings.ts';

let region: AskingRegion;
let kaisa: WireDevice;
let nurse: WireDevice;

beforeAll(async () => {
  region = await askingRegion();
  kaisa = await region.person('kaisa', { profession: 'social-worker' });
  nurse = await region.person('hoitaja', { profession: 'nurse' });
});
afterAll(async () => {
  await region.close();
});

const reason = 'Yhteydenotto päivystykseen';

const open = (desk: WireDevice, caseId: Id, ground = 'client-relation-begins') =>
  region.ask(desk, 'clients.openOnGround', { caseId, ground, reason });

const rightsVersion = async (desk: WireDevice): Promise<number> => {
  const [row] = await region.database.db.query<{ version: number }>(
    'SELECT rights_version AS version FROM person WHERE id = $1',
    [desk.person.personId],
  );
  return row?.version ?? 0;
};

/** Which parts are open to the person now. */
const openParts = async (desk: WireDevice, caseId: Id): Promise<readonly string[]> => {
  const nowMs = region.region.now().getTime();
  const access = (await readAccess(region.database.db, desk.person.personId, [caseId], nowMs)).get(
    caseId,
  );
  return (access?.compartments ?? []).filter((part) => access?.decide(part).allowed);
};

describe('opening on a ground', () => {
  it('opens for as long as the ground allows, by the rules’ minutes', async () => {
    const caseId = await region.client({ parts: ['patient/outpatient', 'social/working-age'] });
    expect(await openParts(nurse, caseId)).toEqual([]);
    const version = await rightsVersion(nurse);
    const { kind, untilMs } = valueOf(await open(nurse, caseId));
    expect({ kind, minutes: (untilMs - region.region.now().getTime()) / 60_000 }).toEqual({
      kind: 'ground',
      minutes: 1_440,
    });
    expect(await openParts(nurse, caseId)).toEqual([
      'joint/contact',
      'joint/plan',
      'patient/outpatient',
    ]);
    expect(await rightsVersion(nurse)).toBeGreaterThan(version);
    const { entered } = await nurse.pullAll();
    expect(entered.filter((scope) => scope.caseId === caseId)).toHaveLength(3);
  });

  it('A14 is logged in each register that it opens, with its reason', async () => {
    const caseId = await region.client({ parts: ['patient/outpatient'] });
    const { openingId } = valueOf(await open(nurse, caseId));
    expect(await region.log({ caseId })).toMatchObject(
      ['joint', 'patient'].map(() => ({
        action: 'open-on-ground',
        ground: 'client-relation-begins',
        basisId: openingId,
        what: { reason },
        deviceId: nurse.id,
      })),
    );
    expect(new Set((await region.log({ caseId })).map(({ register }) => register))).toEqual(
      new Set(['joint', 'patient']),
    );
  });

  it('an emergency lasts an hour, reaches the other register and waits for the privacy officer', async () => {
    const caseId = await region.client({ parts: ['patient/outpatient'] });
    const { openingId, kind, untilMs } = valueOf(await open(kaisa, caseId, 'social-emergency'));
    expect(kind).toBe('emergency');
    expect(untilMs - region.region.now().getTime()).toBe(3_600_000);
    expect(await openParts(kaisa, caseId)).toContain('patient/outpatient');
    expect((await region.log({ caseId })).map(({ action }) => action)).toEqual([
      'emergency',
      'emergency',
    ]);
    const [row] = await region.database.db.query(
      'SELECT kind, offline, reviewed_at AS "reviewedAt", reason FROM opening WHERE id = $1',
      [openingId],
    );
    expect(row).toEqual({ kind: 'emergency', offline: false, reviewedAt: null, reason });
  });

  it('a second one of the same ground returns the one that runs, also when both come at once', async () => {
    const caseId = await region.client();
    const answers = await Promise.all([1, 2, 3].map(() => open(nurse, caseId)));
    const ids = new Set(answers.map((answer) => valueOf(answer).openingId));
    expect(ids.size).toBe(1);
    expect(valueOf(await open(nurse, caseId, 'life-or-health')).openingId).not.toBe([...ids][0]);
    expect((await region.log({ caseId, action: 'open-on-ground' })).length).toBe(1);
  });

  it('A13 refuses one’s own record and a client that is none in the same words', async () => {
    const code = region.code();
    const caseId = await region.client({ code });
    const staff = await region.person('oma', { profession: 'doctor' });
    await region.isWhoHas(staff, code);
    const own = await open(staff, caseId, 'life-or-health');
    const nothing = await open(staff, testId(), 'life-or-health');
    expect(own).toEqual(nothing);
    expect(answerWord(own)).toBe('no-access');
    const [count] = await region.database.db.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM opening WHERE person_id = $1',
      [staff.person.personId],
    );
    expect(count?.count).toBe(0);
  });

  it.each([
    ['another sector', { profession: 'external-partner', partnerSector: 'police' }],
    ['a task that reaches no client', { taskClass: 'support-and-administration' }],
    [
      'a task that has ended',
      {
        tasks: [
          {
            unitId: null,
            profession: 'nurse',
            taskClass: 'broad-health',
            services: [],
            round: false,
            validFrom: '2020-01-01',
            validTo: '2026-10-31',
          },
        ],
      },
    ],
  ])('A13 refuses %s', async (name, as) => {
    const desk = await region.person(`ei ${name}`, as);
    expect(answerWord(await open(desk, await region.client()))).toBe('no-access');
  });

  it('refuses a ground that is another sector’s, whatever the client', async () => {
    const caseId = await region.client();
    for (const [desk, ground] of [
      [nurse, 'social-authority-right'],
      [nurse, 'social-emergency'],
      [kaisa, 'life-or-health'],
    ] as const) {
      expect(answerWord(await open(desk, caseId, ground))).toBe('not-suitable');
      expect(answerWord(await open(desk, testId(), ground))).toBe('not-suitable');
    }
    expect(await region.log({ caseId })).toEqual([]);
  });

  it.each(['no-such-ground', '', '__proto__', 'protected-needed-in-care'])(
    'A15 refuses the ground “%s”',
    async (ground) => {
      const caseId = await region.client();
      expect(answerWord(await open(nurse, caseId, ground))).toBe('unknown-ground');
      expect(await region.log({ caseId })).toEqual([]);
    },
  );

  it('A15 asks for a reason', async () => {
    const caseId = await region.client();
    const answer = await region.ask(nurse, 'clients.openOnGround', {
      caseId,
      ground: 'client-relation-begins',
      reason: '   ',
    });
    expect(answer).toMatchObject({ ok: false, status: 400 });
  });
});

describe('ending an opening', () => {
  it('closes the client at once, is logged, and again it changes nothing', async () => {
    const caseId = await region.client();
    const { openingId } = valueOf(await open(nurse, caseId));
    expect(answerWord(await region.ask(kaisa, 'clients.endOpening', { openingId }))).toBe(
      'no-access',
    );
    for (let times = 0; times < 2; times += 1) {
      expect(answerWord(await region.ask(nurse, 'clients.endOpening', { openingId }))).toBe('ok');
    }
    expect(await openParts(nurse, caseId)).toEqual([]);
    expect(await region.log({ caseId, action: 'end-opening' })).toMatchObject([
      { personId: nurse.person.personId, basisId: openingId },
    ]);
    const again = valueOf(await open(nurse, caseId));
    expect(again.openingId).not.toBe(openingId);
  });

  it('one that has expired by the clock stays as it was, and the same ground opens anew', async () => {
    const caseId = await region.client();
    const { openingId } = valueOf(await open(nurse, caseId, 'life-or-health'));
    region.region.pass(3_600_000);
    expect(await openParts(nurse, caseId)).toEqual([]);
    nurse = await region.again(nurse);
    kaisa = await region.again(kaisa);
    expect(answerWord(await region.ask(nurse, 'clients.endOpening', { openingId }))).toBe('ok');
    const [row] = await region.database.db.query<{ endedAt: Date | null }>(
      'SELECT ended_at AS "endedAt" FROM opening WHERE id = $1',
      [openingId],
    );
    expect(row?.endedAt).toBeNull();
    expect(valueOf(await open(nurse, caseId, 'life-or-health')).openingId).not.toBe(openingId);
  });

  it('one that is nobody’s is refused', async () => {
    const answer = await region.ask(nurse, 'clients.endOpening', { openingId: testId() });
    expect(answerWord(answer)).toBe('no-access');
  });
});

describe('protected parts', () => {
  const parts = ['patient/mental-health', 'patient/psychologist', 'patient/outpatient'];
  const confirm = (desk: WireDevice, caseId: Id, compartments: string[]) =>
    region.ask(desk, 'clients.confirmProtected', {
      caseId,
      compartments,
      ground: 'protected-needed-in-care',
      reason,
    });
  const listed = async (desk: WireDevice, caseId: Id) =>
    valueOf(await region.ask(desk, 'clients.protectedParts', { caseId })).compartments;

  it('are listed to whom a confirmation would open them, and open by it for twelve hours', async () => {
    const caseId = await region.client({ parts, team: [{ desk: nurse }] });
    expect(await listed(nurse, caseId)).toEqual(['patient/mental-health', 'patient/psychologist']);
    const { kind, untilMs, openingId } = valueOf(
      await confirm(nurse, caseId, ['patient/mental-health']),
    );
    expect(kind).toBe('confirmation');
    expect(untilMs - region.region.now().getTime()).toBe(43_200_000);
    expect(await openParts(nurse, caseId)).toContain('patient/mental-health');
    expect(await openParts(nurse, caseId)).not.toContain('patient/psychologist');
    expect(await listed(nurse, caseId)).toEqual(['patient/psychologist']);
    expect(await region.log({ caseId, action: 'confirm-protected' })).toMatchObject([
      {
        register: 'patient',
        compartments: ['patient/mental-health'],
        ground: 'protected-needed-in-care',
        basisId: openingId,
        role: 'participant',
        what: { reason },
      },
    ]);
    const again = await confirm(nurse, caseId, ['patient/mental-health']);
    expect(valueOf(again).openingId).toBe(openingId);
    expect(
      answerWord(await confirm(nurse, caseId, ['patient/psychologist', 'patient/mental-health'])),
    ).toBe('ok');
  });

  it('A13 leave no trace to whom a confirmation would open nothing', async () => {
    const caseId = await region.client({ parts, team: [{ desk: kaisa, role: 'custodian' }] });
    const bare = await region.client({ team: [{ desk: nurse }] });
    const words = [
      // The other register, without a permission: a confirmation alone opens nothing.
      await confirm(kaisa, caseId, ['patient/mental-health']),
      await confirm(kaisa, caseId, ['patient/genetics']),
      // No relation, no client, nothing there, not protected, no such part.
      await confirm(nurse, caseId, ['patient/mental-health']),
      await confirm(nurse, testId(), ['patient/mental-health']),
      await confirm(nurse, bare, ['patient/mental-health']),
      await confirm(nurse, bare, ['joint/plan']),
      await confirm(nurse, bare, ['__proto__']),
    ].map(answerWord);
    expect(new Set(words)).toEqual(new Set(['no-access']));
    expect(await listed(kaisa, caseId)).toEqual([]);
    expect(await listed(nurse, caseId)).toEqual([]);
    expect(await listed(nurse, testId())).toEqual([]);
    const left = await region.database.db.query(
      'SELECT 1 AS one FROM opening WHERE case_id = ANY($1::uuid[])',
      [[caseId, bare]],
    );
    expect(left).toEqual([]);
    expect(await region.log({ caseId })).toEqual([]);
  });

  it('A13 a student’s confirmation opens nothing that the supervisor does not see', async () => {
    const student = await region.person('opiskelija', { profession: 'nurse' });
    const caseId = await region.client({
      parts,
      team: [
        { desk: nurse },
        { desk: student, role: 'student', supervisorId: nurse.person.personId },
      ],
    });
    expect(await openParts(student, caseId)).toContain('patient/outpatient');
    expect(await listed(student, caseId)).toEqual([]);
    expect(answerWord(await confirm(student, caseId, ['patient/mental-health']))).toBe('no-access');
  });

  it('A15 asks for a ground of confirmation', async () => {
    const caseId = await region.client({ parts, team: [{ desk: nurse }] });
    const answer = await region.ask(nurse, 'clients.confirmProtected', {
      caseId,
      compartments: ['patient/mental-health'],
      ground: 'life-or-health',
      reason,
    });
    expect(answerWord(answer)).toBe('unknown-ground');
  });
});

describe('emergencies opened without a network', () => {
  const takeIn = (desk: WireDevice, ...openings: Parameters<typeof takeInOfflineOpenings>[2]) =>
    withTransaction(region.database.db, (tx) =>
      takeInOfflineOpenings(
        tx,
        { personId: desk.person.personId, deviceId: desk.id },
        openings,
        region.region.now().getTime(),
      ),
    );
  const told = (caseId: Id, fromMinutes: number, more: object = {}) => {
    const fromMs = region.region.now().getTime() + fromMinutes * 60_000;
    return {
      id: testId(),
      caseId,
      ground: 'life-or-health',
      reason,
      fromMs,
      untilMs: fromMs + 3_600_000,
      endedMs: null,
      ...more,
    };
  };
  const stored = async (caseId: Id) => {
    const rows = await region.database.db.query<{
      id: Id;
      from: Date;
      until: Date;
      ended: Date | null;
      kind: string;
      offline: boolean;
    }>(
      `SELECT id, from_at AS from, until_at AS until, ended_at AS ended, kind, offline
       FROM opening WHERE case_id = $1 ORDER BY id`,
      [caseId],
    );
    return rows.map(({ from, until, ended, ...row }) => ({
      ...row,
      minutes: (until.getTime() - from.getTime()) / 60_000,
      ended: ended !== null,
    }));
  };
  /** A client that the person once had on the device and has no more. */
  const once = async (desk: WireDevice): Promise<Id> => {
    const caseId = await region.client({ parts: ['social/working-age'] });
    const [row] = await region.write(membershipOnce(caseId, desk));
    await (await region.again(desk)).pullAll();
    if (!row) throw new Error('no membership');
    await region.write({ ...row, id: testId(), parents: [row.id], value: ended(row.value) });
    return caseId;
  };
  const membershipOnce = (caseId: Id, desk: WireDevice) => ({
    caseId,
    kind: 'membership',
    group: 'grant',
    value: {
      personId: desk.person.personId,
      profession: 'nurse',
      taskClass: 'broad-health',
      role: 'participant',
      validFrom: '2020-01-01',
      validTo: null,
      ground: '',
    },
  });
  const ended = (value: object) => ({ ...value, validTo: '2026-10-01' });

  it('are kept once however often they are told, and give what is left of their hour', async () => {
    const caseId = await once(nurse);
    const opening = told(caseId, -20);
    expect(await takeIn(nurse, opening)).toEqual([opening.id]);
    expect(await takeIn(nurse, opening, opening)).toEqual([opening.id]);
    expect(await stored(caseId)).toEqual([
      { id: opening.id, kind: 'emergency', offline: true, minutes: 60, ended: false },
    ]);
    expect(await openParts(nurse, caseId)).toContain('social/working-age');
    await takeIn(nurse, { ...opening, endedMs: opening.fromMs + 60_000 });
    expect(await stored(caseId)).toMatchObject([{ ended: true }]);
    expect(await openParts(nurse, caseId)).toEqual([]);
    await takeIn(nurse, opening);
    expect(await openParts(nurse, caseId)).toEqual([]);
  });

  it('A13 give no right to a client that the person never had, and are kept as evidence', async () => {
    const caseId = await region.client();
    const opening = told(caseId, -5);
    const nobody = told(testId(), -5);
    expect(await takeIn(nurse, opening, nobody)).toEqual([opening.id, nobody.id]);
    expect(await stored(caseId)).toMatchObject([{ minutes: 0, offline: true }]);
    expect(await stored(nobody.caseId)).toMatchObject([{ minutes: 0 }]);
    expect(await openParts(nurse, caseId)).toEqual([]);
  });

  it('A13 a day that was claimed is an hour', async () => {
    const caseId = await once(nurse);
    const opening = told(caseId, -30, { untilMs: region.region.now().getTime() + 86_400_000 });
    await takeIn(nurse, opening);
    expect(await stored(caseId)).toMatchObject([{ minutes: 60 }]);
  });

  it('A7 a clock years ahead or behind loses none and opens for no longer', async () => {
    const caseId = await once(nurse);
    const year = 525_600;
    for (const fromMinutes of [10 * year, -10 * year, -60]) {
      await takeIn(nurse, told(caseId, fromMinutes));
    }
    await takeIn(
      nurse,
      told(caseId, 0, { fromMs: Number.MAX_SAFE_INTEGER, untilMs: Number.MIN_SAFE_INTEGER }),
    );
    const rows = await stored(caseId);
    expect(rows.map(({ minutes }) => minutes).toSorted((a, b) => a - b)).toEqual([0, 60, 60, 60]);
  });

  it('A15 an unknown ground and a text that cannot be stored lose none, and give no right', async () => {
    const caseId = await once(nurse);
    const opening = told(caseId, 0, { ground: 'made-up\u0000', reason: 'a\u0000b\uD800' });
    expect(await takeIn(nurse, opening)).toEqual([opening.id]);
    expect(await stored(caseId)).toMatchObject([{ minutes: 0 }]);
  });

  it('another’s id does not hide one', async () => {
    const caseId = await once(nurse);
    const { openingId } = valueOf(await open(kaisa, await region.client()));
    const opening = { ...told(caseId, 0), id: openingId };
    expect(await takeIn(nurse, opening)).toEqual([openingId]);
    await takeIn(nurse, opening);
    expect(await stored(caseId)).toHaveLength(1);
    expect((await stored(caseId))[0]?.id).not.toBe(openingId);
  });
});
