import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyReplica, groupStates, receive, type Known } from './replica.ts';
import { stoodAt } from './stood-at.ts';

type Logged = Known & { readonly receivedMs: number };

const groups = ['assessment', 'status'] as const;

/**
 * A region's log: each version names some of the versions of its group that were received before it, or one
 * that comes only later. What is received together, as a batch, has one moment.
 */
const logs: fc.Arbitrary<readonly Logged[]> = fc
  .array(
    fc.record({
      record: fc.nat({ max: 2 }),
      group: fc.constantFrom(...groups),
      text: fc.constantFrom('Kävelee.', 'Ei kävele.', 'Kävelee tuettuna.'),
      picks: fc.array(fc.nat({ max: 40 }), { maxLength: 3 }),
      pauseMs: fc.nat({ max: 2 }),
      writtenMs: fc.nat({ max: 1_000 }),
    }),
    { maxLength: 30 },
  )
  .map((rows) => {
    let receivedMs = 1_000;
    const places = rows.map((row, index) => ({ ...row, id: `v${index}` }));
    return places.map(({ id, record, group, text, picks, pauseMs, writtenMs }, index) => {
      receivedMs += pauseMs;
      const same = places.filter((place) => place.record === record && place.group === group);
      const earlier = same.filter((place) => places.indexOf(place) < index);
      const known = picks.includes(40) ? same.filter((place) => place.id !== id) : earlier;
      return {
        id,
        recordId: `r${record}`,
        group,
        value: { text },
        time: String(writtenMs).padStart(12, '0'),
        receivedMs,
        parents:
          known.length === 0
            ? []
            : [...new Set(picks.map((pick) => known[pick % known.length]?.id ?? ''))],
      };
    });
  });

describe('what stood at a moment', () => {
  test('Y6 is what a region shows that has received the log so far, and nothing of what came later', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const moments = new Set([0, ...log.map(({ receivedMs }) => receivedMs + 1)]);
        for (const moment of moments) {
          // The log is given version by version until the first that comes later.
          let region = emptyReplica<Logged>();
          for (const version of log) {
            if (version.receivedMs >= moment) break;
            region = receive(region, version);
          }
          const then = receive(emptyReplica<Logged>(), ...stoodAt(log.toReversed(), moment));
          expect(groupStates(then, () => 'decide').size).toBe(
            groupStates(region, () => 'decide').size,
          );
          for (const policy of ['decide', 'prose', 'latest'] as const) {
            expect(sorted(groupStates(then, () => policy))).toEqual(
              sorted(groupStates(region, () => policy)),
            );
          }
        }
      }),
    );
  });

  test('Y6 goes by when the region received it, whenever it was written', () => {
    const version = (id: string, time: string, receivedMs: number) => ({ id, time, receivedMs });
    const log = [version('first', '000900', 10), version('from-long-ago', '000100', 20)];
    expect(stoodAt(log, 20).map(({ id }) => id)).toEqual(['first']);
    expect(stoodAt(log, 21).map(({ id }) => id)).toEqual(['first', 'from-long-ago']);
  });
});

/** Heads in the order of their ids: which of them stands first follows the order of arrival. */
const sorted = (states: ReturnType<typeof groupStates<Logged>>) =>
  [...states].map(([key, state]) => [
    key,
    state.state === 'empty'
      ? state
      : { ...state, heads: state.heads.toSorted((a, b) => (a.id < b.id ? -1 : 1)) },
  ]);
