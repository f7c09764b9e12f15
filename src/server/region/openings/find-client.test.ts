import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCharacterFor } from '#shared/domain/personal-identity-code.ts';
import { withTransaction } from '../../db/pool.ts';
import {
  answerWord,
  askingRegion,
  valueOf,
  type AskingRegion,
} from '../../../../tests/region/asking-region.ts';
import type { WireDevice } from '../../../../tests/region/wire-device.ts';

let region: AskingRegion;
let kaisa: WireDevice;
let ville: WireDevice;

beforeAll(async () => {
  region = await askingRegion();
  kaisa = await region.person('kaisa', { profession: 'social-worker' });
  ville = await region.person('ville');
});
afterAll(async () => {
  await region.close();
});

const find = (desk: WireDevice, personalIdentityCode: string) =>
  region.ask(desk, 'clients.find', { personalIdentityCode });

const foundBy = async (desk: WireDevice, code: string) => valueOf(await find(desk, code)).found;

describe('finding a client by personal identity code', () => {
  it('tells the name and that a ground is needed, and nothing else', async () => {
    const code = region.code();
    const caseId = await region.client({ code, familyName: 'Koivu', restraint: true });
    const answer = await find(ville, code);
    expect(valueOf(answer).found).toEqual({
      caseId,
      familyName: 'Koivu',
      givenNames: 'Aino Maria',
      birthDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/u) as string,
      restraintOnDisclosure: true,
      access: 'ground',
    });
    expect(JSON.stringify(answer)).not.toMatch(/Salakatu|040|Koeseutu/u);
  });

  it('A14 stands in the client’s log, with who looked and on what right', async () => {
    const code = region.code();
    const caseId = await region.client({ code, team: [{ desk: kaisa, role: 'custodian' }] });
    expect(await foundBy(kaisa, code)).toMatchObject({ caseId, access: 'open' });
    await foundBy(ville, code);
    expect(await region.log({ action: 'find', caseId })).toMatchObject([
      { personId: kaisa.person.personId, register: 'joint', role: 'custodian', ground: 'relation' },
      { personId: ville.person.personId, register: 'joint', role: '', ground: '' },
    ]);
  });

  it('A14 a look-up that finds nobody is logged too', async () => {
    const before = (await region.log({ action: 'find', caseId: null })).length;
    expect(await foundBy(kaisa, region.code())).toBeNull();
    expect((await region.log({ action: 'find', caseId: null })).length).toBe(before + 1);
  });

  it('reads what was typed with spaces, small letters and long dashes', async () => {
    const code = region.code();
    const caseId = await region.client({ code });
    const typed = ` ${code.slice(0, 6)}${code[6] === '-' ? '–' : code[6]?.toLowerCase()}${code.slice(7).toLowerCase()} `;
    expect((await foundBy(ville, typed))?.caseId).toBe(caseId);
  });

  it('keeps people apart whose codes differ by a separator of 2023 alone', async () => {
    const digits = '100190';
    const check = checkCharacterFor(digits, '987');
    const [old, recent] = [`${digits}-987${check}`, `${digits}Y987${check}`] as const;
    const first = await region.client({ code: old, familyName: 'Vanha' });
    const second = await region.client({ code: recent, familyName: 'Uusi' });
    expect((await foundBy(ville, old))?.caseId).toBe(first);
    expect((await foundBy(ville, recent))?.caseId).toBe(second);
  });

  it.each([
    ['', 'format'],
    ['   ', 'format'],
    ["' OR 1=1 --", 'format'],
    ['010190-900X', 'check-character'],
    ['310290-9008', 'check-character'],
  ])('A15 names what is wrong with “%s”, and logs no look-up', async (typed, problem) => {
    const before = (await region.log({ action: 'find' })).length;
    expect(answerWord(await find(ville, typed))).toBe(problem);
    expect((await region.log({ action: 'find' })).length).toBe(before);
  });

  it('refuses whom no ground could let in: another sector, and a task that reaches no client', async () => {
    const code = region.code();
    await region.client({ code });
    const partner = await region.person('kumppani', {
      profession: 'external-partner',
      partnerSector: 'police',
    });
    const office = await region.person('toimisto', { taskClass: 'support-and-administration' });
    expect(answerWord(await find(partner, code))).toBe('no-access');
    expect(answerWord(await find(office, code))).toBe('no-access');
    expect(answerWord(await find(office, region.code()))).toBe('no-access');
  });

  it('answers the data protection officer and the administrator by their duty', async () => {
    const code = region.code();
    const caseId = await region.client({ code });
    for (const duty of ['privacy-officer', 'administrator'] as const) {
      const desk = await region.person(duty, {
        taskClass: 'support-and-administration',
        duties: [duty],
      });
      expect(await foundBy(desk, code)).toMatchObject({ caseId, access: 'ground' });
      expect((await region.log({ action: 'find', caseId })).at(-1)).toMatchObject({
        role: duty,
        ground: 'duty',
      });
      const opened = await region.ask(desk, 'clients.openOnGround', {
        caseId,
        ground: 'client-relation-begins',
        reason: 'Kokeilu',
      });
      expect(answerWord(opened)).toBe('no-access');
    }
  });

  it('A13 says of one’s own record that it is one’s own, in the team or not', async () => {
    const code = region.code();
    const staff = await region.person('oma', { profession: 'social-worker' });
    const caseId = await region.client({ code, team: [{ desk: staff, role: 'custodian' }] });
    expect((await foundBy(staff, code))?.access).toBe('open');
    await region.isWhoHas(staff, code);
    expect(await foundBy(staff, code)).toMatchObject({ caseId, access: 'own-record' });
  });
});

describe('a client entered twice', () => {
  it('is the one that the asker may see, else the oldest', async () => {
    const code = region.code();
    const oldest = await region.client({ code });
    const second = await region.client({ code, team: [{ desk: kaisa }] });
    expect((await foundBy(kaisa, code))?.caseId).toBe(second);
    expect((await foundBy(ville, code))?.caseId).toBe(oldest);
  });

  it('is the main record once merged, also when only the other name has the code', async () => {
    const code = region.code();
    const from = await region.client({ code });
    const main = await region.client({ familyName: 'Pää' });
    await withTransaction(region.database.db, (tx) =>
      tx.query(
        `INSERT INTO case_alias (case_id, main_case_id, reason, merged_by, merged_at)
         VALUES ($1, $2, 'Kahdesti', $3, now())`,
        [from, main, kaisa.person.personId],
      ),
    );
    expect(await foundBy(ville, code)).toMatchObject({ caseId: main, familyName: 'Pää' });
  });
});

describe('guessing', () => {
  it('A13 is slowed after thirty look-ups in ten minutes, found or not, also many at once', async () => {
    const asker = await region.person('arvaaja', { profession: 'nurse' });
    const code = region.code();
    const caseId = await region.client({ code });
    const words = await Promise.all(
      Array.from({ length: 40 }, async (_, index) =>
        answerWord(await find(asker, index % 2 === 0 ? code : region.code())),
      ),
    );
    expect(words.filter((word) => word === 'ok')).toHaveLength(30);
    expect(words.filter((word) => word === 'slow-down')).toHaveLength(10);
    const answer = await find(asker, code);
    expect(answer).toMatchObject({ ok: false, status: 429, error: { retryAfterSeconds: 600 } });
    expect((await region.log({ personId: asker.person.personId, action: 'find' })).length).toBe(30);

    region.region.pass(599_000);
    expect(answerWord(await find(asker, code))).toBe('slow-down');
    // Somebody else's look-ups are nobody's hindrance.
    expect(answerWord(await find(ville, code))).toBe('ok');
    region.region.pass(1_000);
    expect((await foundBy(await region.again(asker), code))?.caseId).toBe(caseId);
  });

  it('A13 a code that nobody has costs the same questions to the database', async () => {
    const [known, unknown] = [region.code(), region.code()];
    await region.client({ code: known });
    const asker = await region.person('mittaaja', { profession: 'nurse' });
    const questions = async (code: string): Promise<number> => {
      const asked = await countQuestions(async () => {
        await find(asker, code);
      });
      return asked;
    };
    await questions(known);
    expect(await questions(known)).toBe(await questions(unknown));
  });
});

/** Counts the statements that the region's pool runs meanwhile. */
const countQuestions = async (work: () => Promise<void>): Promise<number> => {
  const { pool } = region.database.db;
  let count = 0;
  const client = await pool.connect();
  const prototype = Object.getPrototypeOf(client) as { query: (...args: unknown[]) => unknown };
  client.release();
  const { query } = prototype;
  prototype.query = function (this: unknown, ...args: unknown[]) {
    count += 1;
    return query.apply(this, args);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return count;
};
