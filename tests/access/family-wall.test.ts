import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bringEdits,
  copyIdOf,
  newPartOf,
  type FamilyRow,
} from '#shared/domain/family/common-rows.ts';
import { familyMemberIdOf, familyTieOf } from '#shared/domain/family/ties.ts';
import type { Change } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { askingRegion, type AskingRegion } from '../region/asking-region.ts';
import { testId } from '../region/test-app.ts';
import type { WireDevice } from '../region/wire-device.ts';

/**
 * The wall between members of a family, at the region's door: a tie and a common row bring nobody anything
 * of a client whom they may not see.
 */

let region: AskingRegion;
let both: WireDevice;
let one: WireDevice;
let aino: Id;
let onni: Id;
let mother: Id;
const goalId = testId();
const part = newPartOf(goalId);
let copyId: Id;

const said = (title: string) => ({ title, description: '', voice: 'joint' });

beforeAll(async () => {
  region = await askingRegion();
  both = await region.person('molempien', { profession: 'social-worker' });
  one = await region.person('yhden', { profession: 'physiotherapist' });
  aino = await region.client({ team: [{ desk: both }, { desk: one }] });
  onni = await region.client({ team: [{ desk: both }] });
  mother = await region.client({ parts: ['patient/mental-health'] });
  copyId = copyIdOf(part, onni);
  const member = (caseId: Id, relation: string, name: string, other: Id) => {
    const tie = familyTieOf(caseId, other);
    return {
      caseId,
      recordId: familyMemberIdOf(caseId, tie),
      kind: 'family-member',
      group: 'member',
      value: { relation, name, tie },
    };
  };
  await region.write(
    member(aino, 'sibling', 'Onni', onni),
    member(onni, 'sibling', 'Aino', aino),
    member(aino, 'parent', 'Äiti', mother),
    member(mother, 'child', 'Aino', aino),
  );
  const goal = (caseId: Id, recordId: Id, title: string) => [
    { caseId, recordId, kind: 'goal', group: 'statement', value: said(title) },
    { caseId, recordId, kind: 'goal', group: 'family-part', value: { id: part, isCommon: true } },
  ];
  await region.write(
    ...goal(aino, goalId, 'Rauhalliset illat'),
    ...goal(onni, copyId, 'Onnin omat sanat'),
  );
});

afterAll(async () => {
  await region.close();
});

const expectNothingBut = async (desk: WireDevice, ...caseIds: readonly Id[]): Promise<void> => {
  const pulled = await desk.pullAll();
  expect(new Set([...pulled.changes.values()].map(({ caseId }) => caseId))).toEqual(
    new Set(caseIds),
  );
  expect(new Set(pulled.grants.map(({ caseId }) => caseId))).toEqual(new Set(caseIds));
};

describe('a family at the region’s door', () => {
  test('whoever works with one child receives that child alone, and no sign of the others', async () => {
    await expectNothingBut(one, aino);
    const { pages } = await one.pullAll();
    const text = JSON.stringify(pages.map((page) => ({ ...page, directory: null })));
    for (const hidden of [onni, mother, copyId, 'Onnin omat sanat']) {
      expect(text).not.toContain(hidden);
    }
    // What the child's own plan says of the family is there.
    expect(text).toContain('"name":"Onni"');
  });

  test('whoever works with both children receives nothing of the parent', async () => {
    await expectNothingBut(both, aino, onni);
  });

  test('words brought to a sibling reach those who see the sibling, and them alone', async () => {
    const pulled = await both.pullAll();
    const changeOf = (recordId: Id) => {
      const found = [...pulled.changes.values()].find(
        (change) => change.recordId === recordId && change.group === 'statement',
      );
      if (!found) throw new Error('no statement');
      return found;
    };
    const rowOf = (recordId: Id): FamilyRow => {
      const { id, value } = changeOf(recordId);
      return {
        id: recordId,
        kind: 'goal',
        compartment: jointPlan,
        existence: { state: 'standing' },
        groups: { statement: { state: 'settled', value, heads: [{ changeId: id }] } },
      };
    };
    const before = await one.pullAll();
    const brought = bringEdits(rowOf(goalId), rowOf(copyId)).map(({ basedOn, value, ...edit }) =>
      both.change({
        caseId: onni,
        ...edit,
        value: value as Change['value'],
        parents: basedOn,
      }),
    );
    const receipts = await both.push(...brought);
    expect(receipts.map(({ verdict }) => verdict)).toEqual(['stored']);
    const after = await one.pullAll();
    expect([...after.changes.keys()].toSorted()).toEqual([...before.changes.keys()].toSorted());
  });

  test('nobody writes through the tie into a plan of which they have no right', async () => {
    const receipts = await one.push(
      one.change({
        caseId: onni,
        recordId: copyId,
        kind: 'goal',
        group: 'statement',
        value: said('Vieraan sanat'),
      }),
    );
    expect(receipts.map(({ verdict }) => verdict)).toEqual(['refused']);
  });
});
