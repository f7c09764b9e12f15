import { describe, expect, it } from 'vitest';
import type { ClientRow, RecordView } from '#shared/contract/views.ts';
import { copyIdOf, newPartOf } from '#shared/domain/family/common-rows.ts';
import { groupDefinition } from '#shared/domain/records/kinds.ts';
import {
  action,
  goal,
  idOf,
  need,
  record,
  removed,
  settled,
  viewOf,
} from '../../../../tests/window/records.ts';
import {
  commonRows,
  hasFamily,
  membersOf,
  nobody,
  siblingsOf,
  type ShownFamily,
} from './family.ts';
import { newNeed, putEdits, putPlace } from './put.ts';

const onni = idOf(2_000);
const sibling = { caseId: onni, name: 'Onni', mayWrite: true };
const member = (n: number, relation: string, name: string): RecordView =>
  record(n, 'family-member', { member: { relation, name, tie: idOf(n + 5_000) } });
const clientRow: ClientRow = {
  caseId: onni,
  familyName: 'Mattila',
  givenNames: 'Onni',
  personalIdentityCode: null,
  birthDate: null,
  unitName: '',
  custodianId: null,
  reviewDate: null,
  track: 'families',
  restraintOnDisclosure: false,
  conflicts: 0,
  waiting: 0,
};
const common = (row: RecordView, part: string, isCommon = true): RecordView => ({
  ...row,
  groups: { ...row.groups, 'family-part': settled(700, { id: part, isCommon }) },
});

const row = goal(20, 'Leikkii kavereiden kanssa', 10, 'a');
const parent = need(10, 'Kaverit', 'a');
const part = newPartOf(row.id);

describe('a family in the window', () => {
  it('tells a member as the plan does, and the client only where one may see that client', () => {
    const names = ['Onni', '', 'x'.repeat(200), '😀<script>', '\u202Eאח'];
    const view = viewOf(...names.map((name, index) => member(30 + index, 'sibling', name)));
    expect(membersOf(view, nobody).map(({ name }) => name)).toEqual(names);
    expect(siblingsOf(membersOf(view, nobody))).toEqual([]);
    const shown: ShownFamily = {
      members: [{ recordId: idOf(31), client: clientRow, mayWrite: false }],
      copies: [],
    };
    expect(siblingsOf(membersOf(view, shown))).toEqual([
      { caseId: onni, name: 'Onni', mayWrite: false },
    ]);
  });

  it('offers a family to a child’s plan, and to whoever has somebody written down', () => {
    const course = (track: string) => record(1, 'plan', { course: { track, status: 'active' } });
    expect(hasFamily(viewOf(course('families')))).toBe(true);
    expect(hasFamily(viewOf(course('older-people')))).toBe(false);
    expect(hasFamily(viewOf(course('older-people'), member(30, 'child', 'Onni')))).toBe(true);
    expect(hasFamily(viewOf({ ...member(30, 'child', 'Onni'), ...removed() }))).toBe(false);
  });

  it('shows a copy of a sibling alone', () => {
    const copies = [{ recordId: row.id, caseId: onni, row: goal(21, 'Kaverit', 11, 'a') }];
    const members = [{ recordId: idOf(31), client: clientRow, mayWrite: true }];
    const seen = (relation: string) =>
      commonRows(viewOf(row, member(31, relation, 'Onni')), { members, copies }).get(row.id);
    expect(seen('sibling')?.map(({ differences }) => differences.length)).toEqual([1]);
    expect(seen('parent')).toEqual([]);
  });
});

describe('putting a row in a sibling’s plan', () => {
  it('goes under a need of the same area of life, or takes its need along', () => {
    const there = [need(11, 'Liikkuminen', 'a')];
    expect(putPlace(row, parent, sibling, there)).toMatchObject({
      hindrance: null,
      place: idOf(11),
    });
    expect(putPlace(row, parent, sibling, [])).toMatchObject({ hindrance: null, place: newNeed });
  });

  it('says why it cannot be put, without a word of what stands there', () => {
    const copy = { ...goal(21, 'Kaverit', 11, 'a'), id: copyIdOf(part, onni) };
    const hindrance = (who: typeof sibling, own: RecordView, there: readonly RecordView[]) =>
      putPlace(own, parent, who, there).hindrance;
    expect(hindrance({ ...sibling, mayWrite: false }, row, [])).toBe('read-only');
    expect(hindrance(sibling, common(row, part), [common(copy, part)])).toBe('there');
    expect(hindrance(sibling, row, [{ ...common(copy, part), ...removed() }])).toBe('removed');
    expect(hindrance(sibling, action(40, 'Kerho', 20, 'a'), [parent])).toBe('no-place');
  });

  it('writes what is common, and begins anew what is each child’s own', () => {
    const scored: RecordView = {
      ...row,
      groups: {
        ...row.groups,
        achievement: settled(800, { achievement: 'improving', date: null, grounds: 'Onnin asia' }),
      },
    };
    const edits = putEdits(scored, parent, sibling, [], { place: newNeed, needId: idOf(99) });
    expect(edits.map(({ kind, group }) => `${kind}.${group}`)).toEqual([
      'need.heading',
      'need.status',
      'need.order',
      'goal.statement',
      'goal.belonging',
      'goal.lifecycle',
      'goal.order',
      'goal.family-part',
    ]);
    for (const { kind, group, value, basedOn } of edits) {
      expect(groupDefinition(kind, group)?.schema.safeParse(value).success, group).toBe(true);
      expect(basedOn).toEqual([]);
    }
    expect(JSON.stringify(edits)).not.toContain('Onnin asia');
  });

  it('compares a row that was kept apart again, and writes nothing else', () => {
    const apart = common(
      { ...goal(21, 'Kaverit', 11, 'a'), id: copyIdOf(part, onni) },
      part,
      false,
    );
    const edits = putEdits(row, parent, sibling, [apart], { place: idOf(11), needId: idOf(99) });
    expect(edits).toMatchObject([
      { recordId: apart.id, group: 'family-part', value: { id: part, isCommon: true } },
    ]);
  });

  it('keeps up with 300 needs and 1,000 actions', () => {
    const there = [
      ...Array.from({ length: 300 }, (_, n) => need(1_000 + n, `Tarve ${n}`, `a${n}`)),
      ...Array.from({ length: 1_000 }, (_, n) => action(3_000 + n, `Keino ${n}`, 20, `a${n}`)),
    ];
    expect(putPlace(row, parent, sibling, there).places).toHaveLength(300);
  });
});
