import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import { bringEdits, copyIdOf, newPartOf, partEdit } from '#shared/domain/family/common-rows.ts';
import { familyMemberIdOf, familyTieOf, looseTie } from '#shared/domain/family/ties.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import type { Edit } from '#shared/contract/calls.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { familyRows, showFamily } from '#main/core/family/show-family.ts';
import { anId, bareDesk, grantOf, type BareDesk } from './device-fixture.ts';

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());

const write = (caseId: Id, edits: readonly Omit<Edit, 'compartment'>[]): void => {
  const done = writeEdits(
    bare.desk,
    caseId,
    edits.map((each) => ({ compartment: jointPlan, ...each })),
  );
  if (!done.ok) throw new Error(JSON.stringify(done.error));
};

const member = (caseId: Id, relation: string, name: string, tie: Id): void =>
  write(caseId, [
    {
      recordId: familyMemberIdOf(caseId, tie),
      kind: 'family-member',
      group: 'member',
      value: { relation, name, tie },
      basedOn: [],
    },
  ]);

const goal = (caseId: Id, recordId: Id, title: string, part: Id | null = null): void =>
  write(caseId, [
    {
      recordId,
      kind: 'goal',
      group: 'statement',
      value: { title, description: '', voice: 'joint' },
      basedOn: [],
    },
    ...(part === null
      ? []
      : [
          {
            recordId,
            kind: 'goal',
            group: 'family-part',
            value: { id: part, isCommon: true },
            basedOn: [],
          },
        ]),
  ]);

const family = () => {
  const [aino, onni] = [bare.client().caseId, bare.client().caseId];
  const tie = familyTieOf(aino, onni);
  member(aino, 'sibling', 'Onni', tie);
  member(onni, 'sibling', 'Aino', tie);
  const own = anId();
  const part = newPartOf(own);
  goal(aino, own, 'Illat ovat rauhallisia', part);
  goal(onni, copyIdOf(part, onni), 'Rauhalliset illat', part);
  return { aino, onni, own, part };
};

const shown = (caseId: Id) => {
  const done = showFamily(bare.desk, { caseId });
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value;
};

const looksAtOthers = (caseId: Id): readonly UseEntry[] =>
  bare.desk.db
    .all<{ body: string }>('SELECT body FROM use_log ORDER BY no')
    .map(({ body }) => JSON.parse(body) as UseEntry)
    .filter((entry) => entry.caseId === caseId && entry.what.screen === 'family');

describe('the family of a child on a real case file', () => {
  it('shows a sibling whom one may see, and the common row where it differs', () => {
    const { aino, onni, own, part } = family();
    const { members, copies } = shown(aino);
    expect(members).toMatchObject([{ client: { caseId: onni }, mayWrite: true }]);
    expect(copies).toMatchObject([
      { recordId: own, caseId: onni, row: { id: copyIdOf(part, onni) } },
    ]);
    expect(shown(onni).copies).toMatchObject([{ caseId: aino, row: { id: own } }]);
  });

  it('logs the look at the sibling, of the rows that were shown and nothing else', () => {
    const { aino, onni, part } = family();
    shown(aino);
    expect(looksAtOthers(onni)).toMatchObject([
      {
        compartments: [jointPlan],
        what: { records: [{ id: copyIdOf(part, onni), kind: 'goal', group: 'statement' }] },
      },
    ]);
  });

  it('brings the words as a new version of the other row, offline, and nothing differs then', () => {
    const { aino, onni, own } = family();
    const [copy] = shown(aino).copies;
    const [back] = shown(onni).copies;
    if (copy === undefined || back === undefined) throw new Error('no copies');
    expect(back.row.id).toBe(own);
    write(onni, bringEdits(back.row, copy.row) as readonly Edit[]);
    const [after] = shown(aino).copies;
    expect(after && bringEdits(back.row, after.row)).toEqual([]);
    expect(after?.row.groups['statement']?.heads[0]?.waiting).toBe(true);
  });

  it('shows nothing of a sibling whose plan one may not see, and logs nothing', () => {
    const { aino, onni } = family();
    bare.take({ left: [{ caseId: onni, compartment: jointPlan }] });
    expect(shown(aino)).toEqual({ members: [], copies: [] });
    expect(familyRows(bare.desk, { caseId: onni }).ok).toBe(false);
    expect(looksAtOthers(onni)).toEqual([]);
  });

  it('names a member who may be seen and not written as such', () => {
    const { aino, onni } = family();
    bare.take({ grants: [grantOf(onni, { writes: false })] });
    expect(shown(aino).members).toMatchObject([{ client: { caseId: onni }, mayWrite: false }]);
  });

  it('compares nothing with a parent, even where a row of the same id lies there', () => {
    const { aino, part } = family();
    const mother = bare.client().caseId;
    member(aino, 'parent', 'Satu', familyTieOf(aino, mother));
    goal(mother, copyIdOf(part, mother), 'Oma tavoite', part);
    const { members, copies } = shown(aino);
    expect(members.map(({ client }) => client.caseId)).toContain(mother);
    expect(copies.map(({ caseId }) => caseId)).not.toContain(mother);
    expect(looksAtOthers(mother)).toEqual([]);
  });

  it('leads nowhere from a member who is no client, and shows a plan without members as it is', () => {
    const { caseId } = bare.client();
    expect(shown(caseId)).toEqual({ members: [], copies: [] });
    member(caseId, 'other', '😀'.repeat(100), looseTie(anId()));
    expect(shown(caseId)).toEqual({ members: [], copies: [] });
  });

  it('a row kept apart is no longer compared', () => {
    const { aino, own } = family();
    const [copy] = shown(aino).copies;
    if (copy === undefined) throw new Error('no copy');
    write(copy.caseId, [partEdit(copy.row, false) as Edit]);
    expect(shown(aino).copies).toEqual([]);
    expect(own).not.toBe(copy.row.id);
  });

  it('shows where a common row can be put, and logs that look', () => {
    const { onni, part } = family();
    const rows = familyRows(bare.desk, { caseId: onni });
    if (!rows.ok) throw new Error(rows.error.code);
    expect(rows.value.records.map(({ id }) => id)).toContain(copyIdOf(part, onni));
    expect(rows.value.records.every(({ compartment }) => compartment === jointPlan)).toBe(true);
    expect(looksAtOthers(onni)).toHaveLength(1);
  });
});
