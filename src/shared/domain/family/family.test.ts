import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jointPlan } from '../codes.ts';
import type { Id } from '../ids.ts';
import { recordKinds } from '../records/kinds.ts';
import { familyRelations } from '../records/family.ts';
import {
  bringEdits,
  copyIdOf,
  differencesOf,
  newPartOf,
  partEdit,
  partOf,
  type FamilyRow,
} from './common-rows.ts';
import { shownFamily } from './shown-family.ts';
import { clientsByTie, familyMemberIdOf, familyTieOf, looseTie, otherWay } from './ties.ts';

const id = (n: number): Id => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const [aino, onni, mother] = [id(1), id(2), id(3)];
const settled = (value: unknown, ...heads: number[]) => ({
  state: 'settled' as const,
  value,
  heads: heads.map((n) => ({ changeId: id(n) })),
});
const statement = (title: string) => ({ title, description: '', voice: 'client' });
const goalRow = (recordId: Id, groups: FamilyRow['groups']): FamilyRow => ({
  id: recordId,
  kind: 'goal',
  compartment: jointPlan,
  existence: { state: 'standing' },
  groups,
});
const goal = (recordId: Id, part: Id | null, title: string, head = 90): FamilyRow =>
  goalRow(recordId, {
    statement: settled(statement(title), head),
    ...(part === null ? {} : { 'family-part': settled({ id: part, isCommon: true }, 91) }),
  });

describe('ties', () => {
  test('are the same from either side, and lead nowhere without the other client', () => {
    const tie = familyTieOf(aino, onni);
    expect(familyTieOf(onni, aino)).toBe(tie);
    expect(clientsByTie(aino, new Set([tie]), [mother, onni])).toEqual(new Map([[tie, onni]]));
    expect(clientsByTie(aino, new Set([tie]), [mother, aino]).size).toBe(0);
    expect(clientsByTie(aino, new Set([looseTie(id(9))]), [onni, mother]).size).toBe(0);
  });

  test('a loose tie is of the same form as one that leads to a client', () => {
    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;
    expect(familyTieOf(aino, onni)).toMatch(form);
    expect(looseTie(id(9))).toMatch(form);
  });

  test('one tie is one record in each plan', () => {
    const tie = familyTieOf(aino, onni);
    expect(familyMemberIdOf(aino, tie)).not.toBe(familyMemberIdOf(onni, tie));
  });

  test('a parent is one whose child the client is', () => {
    expect(familyRelations.map((each) => otherWay[each])).toEqual([
      'sibling',
      'child',
      'child',
      'parent',
      'other',
    ]);
  });
});

const words = fc.oneof(
  fc.constantFrom('', '😀'.repeat(100), '<script>alert(1)</script>', '\u202Eנוער', 'x'.repeat(200)),
  fc.string(),
);

describe('common rows', () => {
  const part = newPartOf(id(10));

  test('two who share a row apart come to the same rows', () => {
    expect(partEdit(goal(id(10), null, 'Rauhalliset illat'), true).value).toEqual({
      id: part,
      isCommon: true,
    });
    expect(copyIdOf(part, onni)).toBe(copyIdOf(newPartOf(id(10)), onni));
    expect(copyIdOf(part, onni)).not.toBe(copyIdOf(part, aino));
  });

  test('a row kept apart keeps its id and is not compared', () => {
    const apart = goalRow(id(10), { 'family-part': settled({ id: part, isCommon: false }, 5) });
    expect(partOf(apart)).toBeNull();
    expect(partEdit(apart, true)).toMatchObject({ value: { id: part }, basedOn: [id(5)] });
    expect(partOf({ ...goal(id(10), part, ''), existence: { state: 'removed' } })).toBeNull();
  });

  test('what differs is told with both wordings, and how each child does is not compared', () => {
    const here = goalRow(id(10), {
      ...goal(id(10), part, 'Illat ovat rauhallisia').groups,
      achievement: settled({ achievement: 'improving' }),
    });
    const there = goal(id(20), part, 'Rauhalliset illat', 77);
    expect(differencesOf(here, there)).toEqual([
      {
        group: 'statement',
        here: statement('Illat ovat rauhallisia'),
        there: statement('Rauhalliset illat'),
        waits: null,
      },
    ]);
    expect(bringEdits(here, there)).toEqual([
      {
        recordId: id(20),
        kind: 'goal',
        compartment: jointPlan,
        group: 'statement',
        value: statement('Illat ovat rauhallisia'),
        basedOn: [id(77)],
      },
    ]);
  });

  test.each([
    ['here', true],
    ['there', false],
  ] as const)('versions that wait %s are brought nowhere', (waits, isHere) => {
    const forked = goalRow(id(10), { statement: { state: 'conflict', heads: [] } });
    const plain = goal(id(20), part, 'Rauhalliset illat');
    const [here, there] = isHere ? [forked, plain] : [plain, forked];
    expect(differencesOf(here, there)).toMatchObject([{ group: 'statement', waits }]);
    expect(bringEdits(here, there)).toEqual([]);
  });

  test('after the words have been brought nothing differs, whatever they are', () => {
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [here, there] = [goal(id(10), part, one), goal(id(20), part, other)];
        const edits = bringEdits(here, there);
        expect(edits.length).toBe(one === other ? 0 : 1);
        const brought = edits.reduce(
          (row, { group, value }): FamilyRow => ({
            ...row,
            groups: { ...row.groups, [group]: settled(value) },
          }),
          there,
        );
        expect(differencesOf(here, brought)).toEqual([]);
      }),
    );
  });

  test('an edit of a common row is one that the record takes', () => {
    const { schema } = recordKinds.goal.groups['family-part'];
    expect(schema.safeParse(partEdit(goal(id(10), null, 'x'), true).value).success).toBe(true);
  });
});

type Client = { readonly caseId: Id; readonly maySee: boolean; readonly rows: FamilyRow[] };

const parts = fc.constantFrom(newPartOf(id(10)), newPartOf(id(11)), null);
const rowsAt = (from: number) =>
  fc
    .array(fc.tuple(parts, words), { maxLength: 6 })
    .map((all) => all.map(([part, title], index) => goal(id(from + index), part, title)));
const aClient = (n: number): fc.Arbitrary<Client> =>
  fc.record({
    caseId: fc.constant(id(n)),
    maySee: fc.boolean(),
    rows: rowsAt(n * 100),
  });
const others = fc.tuple(aClient(2), aClient(3), aClient(4));
const relations = fc.tuple(...[2, 3, 4].map(() => fc.constantFrom(...familyRelations)));

const familyOf = (rows: readonly FamilyRow[], kin: readonly string[], clients: readonly Client[]) =>
  shownFamily(
    {
      caseId: aino,
      members: kin.map((relation, index) => ({
        recordId: id(50 + index),
        relation,
        tie: familyTieOf(aino, id(2 + index)),
      })),
      rows,
    },
    clients.map(({ caseId }) => caseId),
    (caseId) => {
      const client = clients.find((each) => each.caseId === caseId);
      return {
        maySee: client?.maySee ?? false,
        rows: () => {
          if (client?.maySee !== true) throw new Error('read without a right');
          return client.rows;
        },
      };
    },
  );

describe('what somebody is shown of a family', () => {
  test('is the same whether a client who may not be seen is there or not', () => {
    fc.assert(
      fc.property(rowsAt(1000), relations, others, (rows, kin, clients) => {
        const seen = clients.filter(({ maySee }) => maySee);
        expect(familyOf(rows, kin, clients)).toEqual(familyOf(rows, kin, seen));
      }),
    );
  });

  test('has rows of siblings alone, that carry the id of a row of the child', () => {
    fc.assert(
      fc.property(rowsAt(1000), relations, others, (rows, kin, clients) => {
        const { copies } = familyOf(rows, kin, clients);
        for (const [rowId, found] of copies) {
          const own = rows.find((row) => row.id === rowId);
          for (const { caseId, row } of found) {
            expect(own && partOf(own)).toBe(partOf(row));
            expect(kin[clients.findIndex((each) => each.caseId === caseId)]).toBe('sibling');
          }
        }
      }),
    );
  });

  test('is nothing more than the own plan says for whoever sees one child alone', () => {
    fc.assert(
      fc.property(rowsAt(1000), relations, (rows, kin) => {
        const { clients, copies } = familyOf(rows, kin, []);
        expect(clients.size).toBe(0);
        expect([...copies.values()].flat()).toEqual([]);
      }),
    );
  });

  test('keeps up with 300 rows and a family of twelve', () => {
    const rows = Array.from({ length: 300 }, (_, n) => goal(id(1000 + n), newPartOf(id(n)), 'x'));
    const clients = Array.from({ length: 12 }, (_, n) => ({
      caseId: id(2 + n),
      maySee: true,
      rows: rows.map((row, index) => ({ ...row, id: id(10_000 * (n + 1) + index) })),
    }));
    const { copies } = familyOf(
      rows,
      clients.map(() => 'sibling'),
      clients,
    );
    expect([...copies.values()].every((found) => found.length === 12)).toBe(true);
  });
});
