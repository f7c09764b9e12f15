import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id } from '#shared/domain/ids.ts';
import { withTransaction } from '../../db/pool.ts';
import { findPerson } from '../directory.ts';
import type { Asker } from '../online/online-handlers.ts';
import { readAccess } from '../rights/read-access.ts';
import { askingRegion, type AskingRegion } from '../../../../tests/region/asking-region.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import type { WireDevice } from '../../../../tests/region/wire-device.ts';
import { mergeClients } from './merge-clients.ts';

let region: AskingRegion;
let admin: WireDevice;
let kaisa: WireDevice;
let nurse: WireDevice;
let actor: Asker;

beforeAll(async () => {
  region = await askingRegion();
  admin = await region.person('paakayttaja', { duties: ['administrator'] });
  kaisa = await region.person('kaisa', { profession: 'social-worker' });
  nurse = await region.person('hoitaja', { profession: 'nurse' });
  const person = await findPerson(region.database.db, admin.person.personId);
  if (!person) throw new Error('nobody');
  actor = {
    db: region.database.db,
    now: region.region.now,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    session: { id: testId(), personId: person.id, deviceId: admin.id },
    person,
  };
});
afterAll(async () => {
  await region.close();
});

const merge = async (from: Id, into: Id): Promise<string> => {
  const merged = await withTransaction(region.database.db, (tx) =>
    mergeClients(tx, actor, from, into, 'Kirjattu kahdesti', region.region.now().getTime()),
  );
  if (merged.ok) return 'ok';
  return 'problem' in merged.error ? merged.error.problem : merged.error.code;
};

const aliases = async (main: Id): Promise<readonly Id[]> =>
  (
    await region.database.db.query<{ id: Id }>(
      'SELECT case_id AS id FROM case_alias WHERE main_case_id = $1 ORDER BY case_id',
      [main],
    )
  ).map(({ id }) => id);

const openParts = async (desk: WireDevice, caseId: Id): Promise<readonly string[]> => {
  const nowMs = region.region.now().getTime();
  const access = (await readAccess(region.database.db, desk.person.personId, [caseId], nowMs)).get(
    caseId,
  );
  return (access?.compartments ?? []).filter((part) => access?.decide(part).allowed);
};

describe('a client merged with another', () => {
  it('opens both histories to the teams of both, at their next pull', async () => {
    const from = await region.client({ team: [{ desk: kaisa }], parts: ['patient/outpatient'] });
    const into = await region.client({ team: [{ desk: nurse }], parts: ['social/working-age'] });
    const before = await kaisa.pullAll();
    expect(before.entered.some(({ caseId }) => caseId === into)).toBe(false);
    expect(await merge(from, into)).toBe('ok');
    expect(await openParts(kaisa, into)).toContain('social/working-age');
    expect(await openParts(nurse, from)).toContain('patient/outpatient');
    const after = await kaisa.pullAll({ begun: before.begun, cursor: before.cursor });
    expect(after.entered.filter(({ caseId }) => caseId === into).length).toBeGreaterThan(0);
    // Nothing moved: each change stands where it was written.
    const [moved] = await region.database.db.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM change_log
       WHERE case_id = $1 AND compartment = 'social/working-age'`,
      [from],
    );
    expect(moved?.count).toBe(0);
  });

  it('A14 is logged for both, each naming the other', async () => {
    const [from, into] = [await region.client(), await region.client()];
    await merge(from, into);
    for (const [caseId, subjectId] of [
      [from, into],
      [into, from],
    ]) {
      expect(await region.log({ caseId: caseId ?? '' })).toMatchObject([
        {
          action: 'administration',
          personId: admin.person.personId,
          what: { subjectId, reason: 'Kirjattu kahdesti' },
        },
      ]);
    }
  });

  it('makes no chain: all names lead to the one main record', async () => {
    const [a, b, c, d] = [
      await region.client(),
      await region.client(),
      await region.client(),
      await region.client(),
    ];
    expect(await merge(a, b)).toBe('ok');
    expect(await merge(b, c)).toBe('ok');
    // Into a name of the main record is into the main record.
    expect(await merge(d, a)).toBe('ok');
    expect(await aliases(c)).toEqual([a, b, d].toSorted());
    expect(await aliases(b)).toEqual([]);
  });

  it('refuses itself, what is merged already, a circle, and what does not exist', async () => {
    const [a, b, other] = [await region.client(), await region.client(), await region.client()];
    expect(await merge(a, a)).toBe('same-client');
    expect(await merge(a, b)).toBe('ok');
    expect(await merge(a, b)).toBe('already-merged');
    expect(await merge(b, a)).toBe('already-merged');
    expect(await merge(a, other)).toBe('already-merged');
    expect(await merge(testId(), b)).toBe('no-access');
    expect(await merge(b, testId())).toBe('no-access');
    expect(await aliases(b)).toEqual([a]);
  });

  it('refuses two people: their personal identity codes differ', async () => {
    const code = region.code();
    const [a, b] = [await region.client({ code }), await region.client({ code: region.code() })];
    const unknown = await region.client();
    expect(await merge(a, b)).toBe('different-people');
    expect(await merge(a, unknown)).toBe('ok');
    // Also by another of its names.
    expect(await merge(b, unknown)).toBe('different-people');
    expect(await merge(await region.client({ code }), unknown)).toBe('ok');
  });

  it('two at once make no circle', async () => {
    const [a, b] = [await region.client(), await region.client()];
    const words = await Promise.all([merge(a, b), merge(b, a)]);
    expect(words.toSorted()).toEqual(['already-merged', 'ok']);
  });

  it('A13 is nobody’s who is the client: the own record is closed by either name', async () => {
    const code = region.code();
    const from = await region.client({ code });
    const into = await region.client({ team: [{ desk: nurse }] });
    const staff = await region.person('itse', { profession: 'doctor' });
    await region.isWhoHas(staff, code);
    await merge(from, into);
    const word = async (caseId: Id) => {
      const answer = await region.ask(staff, 'clients.openOnGround', {
        caseId,
        ground: 'life-or-health',
        reason: 'Oma',
      });
      return answer.ok ? 'ok' : answer.error.code;
    };
    expect(await word(from)).toBe('no-access');
    expect(await word(into)).toBe('no-access');
  });
});
