import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contextOf } from './context.ts';
import { ancestorOfHeads, headsOf, nearestCommonAncestor, type Link } from './heads.ts';

const link = (id: string, ...parents: readonly string[]): Link => ({ id, parents });
const ids = (links: readonly Link[]): readonly string[] => links.map(({ id }) => id);

/** Ids that do not sort by age. */
const nameOf = (index: number): string => `${(index * 7919) % 101}-${index}`;

/** Any history that sound devices can make: everybody names only what was written before. */
const histories = fc
  .array(fc.array(fc.nat({ max: 30 }), { maxLength: 3 }), { minLength: 1, maxLength: 14 })
  .map((rows) =>
    rows.map((picks, index) =>
      link(
        nameOf(index),
        ...(index === 0 ? [] : [...new Set(picks.map((pick) => nameOf(pick % index)))]),
      ),
    ),
  );

/** Also what only faulty devices make: parents that are unknown, later, in a ring or the change itself. */
const anyGraphs = fc
  .array(fc.array(fc.nat({ max: 11 }), { maxLength: 3 }), { minLength: 1, maxLength: 10 })
  .map((rows) => rows.map((picks, index) => link(nameOf(index), ...picks.map(nameOf))));

const shuffledTwice = <T>(items: readonly T[]): fc.Arbitrary<readonly T[]> =>
  fc.shuffledSubarray([...items, ...items], { minLength: items.length * 2 });

describe('heads', () => {
  test('H1 what nobody names is a head', () => {
    expect(ids(headsOf([link('a'), link('b', 'a'), link('c', 'a')]))).toEqual(['b', 'c']);
    expect(headsOf([])).toEqual([]);
  });

  test('H1 heads do not depend on order, number or duplication of arrivals', () => {
    fc.assert(
      fc.property(
        anyGraphs.chain((links) => fc.tuple(fc.constant(links), shuffledTwice(links))),
        ([links, arrived]) => {
          expect(ids(headsOf(arrived))).toEqual(ids(headsOf(links)));
        },
      ),
    );
  });

  test('H1 whoever knows something has a head, and each known change is a head or an ancestor of one', () => {
    fc.assert(
      fc.property(anyGraphs, (links) => {
        const byId = new Map(links.map((one) => [one.id, one]));
        const reached = new Set(ids(headsOf(links)));
        for (const id of reached)
          for (const parent of byId.get(id)?.parents ?? []) reached.add(parent);
        expect(links.filter(({ id }) => !reached.has(id))).toEqual([]);
      }),
    );
  });

  test('H4 members of a cycle stay heads, with and without a sound head outside', () => {
    const ring = [link('a', 'b'), link('b', 'c'), link('c', 'a')];
    expect(ids(headsOf(ring))).toEqual(['a', 'b', 'c']);
    expect(ids(headsOf([...ring, link('d')]))).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(headsOf([link('a', 'a')]))).toEqual(['a']);
  });

  test('H4 a cycle member is settled by a change outside that names it, and the others stay', () => {
    const ring = [link('a', 'b'), link('b', 'a'), link('root')];
    expect(ids(headsOf([...ring, link('z', 'a')]))).toEqual(['b', 'root', 'z']);
    expect(ids(headsOf([...ring, link('z', 'a', 'b', 'root')]))).toEqual(['z']);
  });

  test('H4 what the cycle replaced is no head, and a chain of thousands is quick', () => {
    expect(ids(headsOf([link('old'), link('a', 'b', 'old'), link('b', 'a')]))).toEqual(['a', 'b']);
    const chain = Array.from({ length: 5_000 }, (_, index) => link(`${index}`, `${index - 1}`));
    expect(ids(headsOf(chain))).toEqual(['4999']);
  });

  test('H5 an unknown parent is no hindrance', () => {
    expect(ids(headsOf([link('b', 'unknown')]))).toEqual(['b']);
    expect(ids(headsOf([link('b', 'a'), link('a')]))).toEqual(['b']);
  });
});

describe('common ancestor', () => {
  const plain = [link('base'), link('mid', 'base'), link('x', 'mid'), link('y', 'mid')];

  test('H3 the nearest one, alike from both sides', () => {
    expect(nearestCommonAncestor(plain, 'x', 'y')?.id).toBe('mid');
    fc.assert(
      fc.property(
        histories.chain((links) =>
          fc.tuple(fc.constant(links), shuffledTwice(links), fc.nat(), fc.nat()),
        ),
        ([links, arrived, one, other]) => {
          const a = links[one % links.length]?.id ?? '';
          const b = links[other % links.length]?.id ?? '';
          expect(nearestCommonAncestor(arrived, b, a)).toEqual(nearestCommonAncestor(links, a, b));
        },
      ),
    );
  });

  test('H3 in a history that crossed, the lower id of the equally near', () => {
    const crossed = [
      link('root'),
      link('p', 'root'),
      link('q', 'root'),
      link('a', 'p', 'q'),
      link('b', 'q', 'p'),
    ];
    expect(nearestCommonAncestor(crossed, 'a', 'b')?.id).toBe('p');
  });

  test('H3 the fewest steps together, not from one side', () => {
    const uneven = [
      link('far'),
      link('near', 'far'),
      link('a', 'near', 'far'),
      link('b1', 'near'),
      link('b2', 'b1'),
      link('b', 'b2', 'far'),
    ];
    expect(nearestCommonAncestor(uneven, 'a', 'b')?.id).toBe('far');
  });

  test('H3 M8 no common ancestor is known', () => {
    expect(nearestCommonAncestor([link('x', 'gone'), link('y', 'gone')], 'x', 'y')).toBeNull();
  });

  test('M6 three heads are shown without an ancestor', () => {
    const three = [...plain, link('z', 'mid')];
    expect(ancestorOfHeads(three, headsOf(three))).toBeNull();
  });
});

describe('context', () => {
  test('L7 in a plain line nothing travels with the newest change', () => {
    expect(contextOf([link('a'), link('b', 'a'), link('c', 'b')], new Set(['c']))).toEqual([]);
  });

  test('L7 two open heads bring their ancestor and what lies between', () => {
    const stored = [link('old'), link('base', 'old'), link('a1', 'base'), link('a', 'a1')];
    expect(contextOf([...stored, link('b', 'base')], new Set(['b']))).toEqual(['base', 'a1', 'a']);
  });

  test('L7 a change stored after its own descendants brings them', () => {
    const stored = [link('b', 'a'), link('c', 'b'), link('a')];
    expect(contextOf(stored, new Set(['a']))).toEqual(['b', 'c']);
  });

  test('L7 with its context, any part of a history that holds the heads gives the heads and the ancestor of the whole', () => {
    fc.assert(
      fc.property(
        histories.chain((links) => fc.tuple(fc.constant(links), fc.subarray([...links]))),
        ([links, part]) => {
          const delivered = new Set([...ids(headsOf(links)), ...ids(part)]);
          const known = new Set([...delivered, ...contextOf(links, delivered)]);
          const received = links.filter(({ id }) => known.has(id));
          expect(headsOf(received)).toEqual(headsOf(links));
          expect(ancestorOfHeads(received, headsOf(received))).toEqual(
            ancestorOfHeads(links, headsOf(links)),
          );
        },
      ),
    );
  });

  test('L7 a device that entered in the middle and follows the log agrees at every position', () => {
    const stored = histories.chain((links) =>
      fc.shuffledSubarray([...links], { minLength: links.length }),
    );
    fc.assert(
      fc.property(stored, fc.nat(), (log, start) => {
        const from = start % (log.length + 1);
        const entered = new Set(ids(headsOf(log.slice(0, from))));
        const known = new Set([...entered, ...contextOf(log.slice(0, from), entered)]);
        for (let through = from + 1; through <= log.length; through += 1) {
          const upTo = log.slice(0, through);
          const newest = new Set(ids(upTo.slice(-1)));
          for (const id of [...newest, ...contextOf(upTo, newest)]) known.add(id);
          const mine = upTo.filter(({ id }) => known.has(id));
          expect(headsOf(mine)).toEqual(headsOf(upTo));
          expect(ancestorOfHeads(mine, headsOf(mine))).toEqual(
            ancestorOfHeads(upTo, headsOf(upTo)),
          );
        }
      }),
    );
  });
});
