import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import { notePrint } from '#main/core/clients/open-client.ts';
import { bareDesk, grantOf, type BareDesk } from './device-fixture.ts';

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());

const homeNursing = 'patient/home-nursing';

const printed = (): readonly (readonly string[])[] =>
  bare.desk.db
    .all<{ body: string }>('SELECT body FROM use_log ORDER BY no')
    .map(({ body }) => JSON.parse(body) as UseEntry)
    .filter(({ action }) => action === 'print')
    .map(({ compartments }) => compartments);

describe('a print in the log of use', () => {
  it('tells of the plan alone when the plan was printed, though a note of another part lies here', () => {
    const { caseId } = bare.client();
    const note = bare.other({
      caseId,
      kind: 'note',
      group: 'entry',
      compartment: homeNursing,
      value: { kind: 'contact', happenedAt: '2026-11-24T10:00', text: 'Käynti.', corrects: null },
    });
    bare.take({
      changes: [{ seq: 20_000, change: note }],
      entered: [{ caseId, compartment: homeNursing }],
      grants: [grantOf(caseId), grantOf(caseId, { compartment: homeNursing })],
    });
    expect(notePrint(bare.desk, { caseId, action: 'print', screen: 'plan' }).ok).toBe(true);
    expect(printed()).toEqual([[jointPlan]]);
    bare.pass(60 * 60_000);
    expect(notePrint(bare.desk, { caseId, action: 'print', screen: 'other' }).ok).toBe(true);
    expect(printed().flat().toSorted()).toEqual([jointPlan, jointPlan, homeNursing].toSorted());
  });
});
