import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inOrder, keyAtEnd, keysForMove, type OrderedRow } from './order-key.ts';

const order = (rows: readonly OrderedRow[]): string =>
  inOrder(rows)
    .map(({ id }) => id)
    .join('');

const moved = (
  rows: readonly OrderedRow[],
  id: string,
  before: string | null,
): readonly OrderedRow[] => {
  const keys = keysForMove(rows, id, before);
  return rows.map((row) => ({ ...row, key: keys.get(row.id) ?? row.key }));
};

/** Rows with keys as they come: equal, long, or written by a program whose keys ours cannot read. */
const keys = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a0', 'a1', 'a1V', 'Zz', 'b00') },
  { weight: 1, arbitrary: fc.constantFrom('!', 'a', '0', 'å', `a0${'V'.repeat(198)}`) },
);
const lists = fc
  .array(keys, { minLength: 1, maxLength: 7 })
  .map((found) => found.map((key, index): OrderedRow => ({ id: 'abcdefg'.charAt(index), key })));

describe('order', () => {
  test('O1 rows stand by key, equal keys by id, in the order of code units', () => {
    const rows = ['c a0', 'b a0', 'd Zz', 'a a1'].map((row) => ({
      id: row.charAt(0),
      key: row.slice(2),
    }));
    expect(order(rows)).toBe('dbca');
  });

  test('O1 the order is the same from whatever order the rows came in', () => {
    fc.assert(
      fc.property(
        lists.chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows], { minLength: rows.length })),
        ),
        ([rows, shuffled]) => {
          expect(order(shuffled)).toBe(order(rows));
        },
      ),
    );
  });

  test('O2 between equal keys the later row gets a new key, and no other does', () => {
    const rows = ['a', 'b', 'c'].map((id) => ({ id, key: 'a0' }));
    const list = [...rows, { id: 'd', key: 'a1' }, { id: 'e', key: 'a2' }];
    expect([...keysForMove(list, 'e', 'b').keys()]).toEqual(['e', 'b', 'c']);
    expect(order(moved(list, 'e', 'b'))).toBe('aebcd');
    expect([...keysForMove(list, 'e', 'd').keys()]).toEqual(['e']);
  });

  test('O1 O2 O3 the moved row stands where it was put and the others keep their order, whatever the keys', () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.nat(), (rows, one, other) => {
        const row = rows[one % rows.length]?.id ?? '';
        const before = [...rows.map(({ id }) => id), null][other % (rows.length + 1)] ?? null;
        const others = order(rows.filter(({ id }) => id !== row));
        const at = before === null ? others.length : others.indexOf(before);
        const due =
          before === row ? order(rows) : `${others.slice(0, at)}${row}${others.slice(at)}`;
        const after = moved(rows, row, before);
        expect(order(after)).toBe(due);
        expect(after.every(({ key }) => key.length <= 200)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('O1 moves on several devices come to one strict order on all of them', () => {
    const start = ['a', 'b', 'c', 'd', 'e'].map((id, index) => ({ id, key: `a${index}`, time: 0 }));
    const moves = fc.array(
      fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 4 }), fc.nat({ max: 5 }), fc.boolean()),
    );
    fc.assert(
      fc.property(moves, (steps) => {
        const devices = [start, start, start].map((rows) => [...rows]);
        const meet = (): void => {
          const latest = start.map(({ id }) =>
            devices
              .flatMap((rows) => rows.filter((row) => row.id === id))
              .reduce((best, row) => (row.time > best.time ? row : best)),
          );
          for (const rows of devices) rows.splice(0, rows.length, ...latest);
        };
        for (const [index, [device, row, before, meets]] of steps.entries()) {
          const rows = devices[device] ?? [];
          const id = start[row]?.id ?? '';
          const target = start[before]?.id ?? null;
          for (const [changed, key] of keysForMove(rows, id, target)) {
            const at = rows.findIndex((one) => one.id === changed);
            rows.splice(at, 1, { id: changed, key, time: index * 3 + device + 1 });
          }
          if (target !== null && target !== id) expect(order(rows)).toContain(id + target);
          if (target === null) expect(order(rows).endsWith(id)).toBe(true);
          if (meets) meet();
        }
        meet();
        expect(new Set(devices.map(order)).size).toBe(1);
        expect([...order(devices[0] ?? [])].toSorted().join('')).toBe('abcde');
      }),
    );
  });

  test('O3 thousands of insertions at one place stay within what a key may be', () => {
    let rows: readonly OrderedRow[] = ['a', 'z'].map((id, index) => ({ id, key: `a${index}` }));
    for (let number = 0; number < 3_000; number += 1) {
      const id = number % 2 === 0 ? 'm' : 'n';
      const added = rows.some((row) => row.id === id)
        ? rows
        : [...rows, { id, key: keyAtEnd(rows) }];
      rows = moved(moved(added, id, 'z'), 'z', null);
      expect(order(rows).endsWith('z')).toBe(true);
      expect(rows.every(({ key }) => key.length <= 100)).toBe(true);
    }
  });

  test('O1 a row at the end comes after every other, also after an unreadable key', () => {
    expect(keyAtEnd([])).toBe('a0');
    fc.assert(
      fc.property(lists, (rows) => {
        expect(order([...rows, { id: 'x', key: keyAtEnd(rows) }]).endsWith('x')).toBe(true);
      }),
    );
  });
});
