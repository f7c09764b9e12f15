import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import type { Id } from '../ids.ts';
import {
  blockHashOf,
  monthOfStored,
  noBlocks,
  sealed,
  type Anchor,
  type Block,
  type StoredUse,
} from './blocks.ts';
import { chained, emptyChain, type ChainPlace } from './chain.ts';
import { useActions, useRegisters, type UseEntry } from './entry.ts';
import { verifyUseLog, type DeviceHead, type UseLog } from './verify.ts';

const seed = inject('propertySeed');

/** Small, quick and repeatable: ten thousand logs are made from one number each. */
const chance = (from: number) => {
  let state = from >>> 0;
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    of: <T>(list: readonly T[]): T => {
      const one = list[below(list.length)];
      if (one === undefined) throw new Error('Nothing to choose from');
      return one;
    },
    id: (): Id => {
      const hex = Array.from({ length: 32 }, () => below(16).toString(16)).join('');
      return [0, 8, 12, 16, 20].map((at, i) => hex.slice(at, [8, 12, 16, 20, 32][i])).join('-');
    },
  };
};
type Chance = ReturnType<typeof chance>;

const newEntry = (random: Chance, atMs: number, deviceId: Id | null): UseEntry => ({
  id: random.id(),
  atMs,
  action: random.of(useActions),
  personId: random.id(),
  profession: random.of(['nurse', 'social-worker']),
  taskClass: 'limited-health',
  unitId: random.of([null, random.id()]),
  role: random.of(['', 'custodian', 'round']),
  caseId: random.of([null, random.id()]),
  register: random.of(useRegisters),
  compartments: random.of([[], ['joint/plan'], ['joint/plan', 'joint/contact']]),
  what: random.of([
    {},
    { screen: 'client', count: 3 },
    { records: [{ id: random.id(), kind: 'need', group: 'assessment' }], reason: 'Pyyntö' },
  ]),
  ground: random.of(['relation', 'joint-service', '']),
  basisId: random.of([null, random.id()]),
  deviceId,
  offline: random.of([true, false]),
});

/** What the program itself would have written: a few devices, server entries, blocks, anchors. */
const newLog = (random: Chance): UseLog => {
  const start = Date.UTC(2026, 10, 28) + random.below(86_400_000);
  const heads = new Map<Id, ChainPlace>([0, 1].map(() => [random.id(), emptyChain]));
  const entries: StoredUse[] = [];
  const size = 6 + random.below(10);
  for (let row = 0; row < size; row += 1) {
    const atMs = start + row * 3_600_000 * 8;
    const deviceId = random.of([...heads.keys(), null]);
    const head = deviceId === null ? undefined : heads.get(deviceId);
    // Now and then by a clock of 1970 or 2099.
    const saidMs = random.below(8) === 0 ? random.of([0, Date.UTC(2099, 0)]) : atMs;
    const entry = newEntry(random, head ? saidMs : atMs, deviceId);
    const receivedMs = head ? atMs + random.below(3_600_000) : atMs;
    if (!head || deviceId === null) {
      entries.push({ id: entry.id, entry, receivedMs, chain: null });
      continue;
    }
    const { no, prev, hash } = chained(head.through + 1, head.hash, entry);
    heads.set(deviceId, { through: no, hash });
    entries.push({ id: random.id(), entry, receivedMs, chain: { no, prev, hash } });
  }
  const blocks: Block[] = [];
  const anchors: Anchor[] = [];
  const waiting = new Map<string, StoredUse[]>();
  const seal = (): void => {
    for (const rows of waiting.values()) {
      const [first] = rows;
      if (!first) continue;
      const place = { register: first.entry.register, month: monthOfStored(first) };
      const before = blocks.filter(
        (block) => block.register === place.register && block.month === place.month,
      );
      const block = sealed(place, before.at(-1) ?? noBlocks, rows, first.receivedMs + 60_000);
      blocks.push(block);
      const count = [...before, block].reduce((sum, { entryIds }) => sum + entryIds.length, 0);
      anchors.push({ ...place, no: block.no, hash: block.hash, entries: count });
    }
    waiting.clear();
  };
  for (const stored of entries) {
    const key = `${stored.entry.register} ${monthOfStored(stored)}`;
    waiting.set(key, [...(waiting.get(key) ?? []), stored]);
    if (random.below(3) === 0) seal();
  }
  seal();
  const deviceHeads: readonly DeviceHead[] = [...heads]
    .filter(([, head]) => head.through > 0)
    .map(([deviceId, head]) => ({ deviceId, after: emptyChain, ...head }));
  return { entries, blocks, anchors, deviceHeads };
};

/** Another value of the same sort, in any field of a structure, however deep. */
const altered = <T>(value: T, random: Chance): T => {
  const change = (part: unknown): unknown => {
    if (typeof part === 'string') {
      if (part === '') return 'x';
      const at = random.below(part.length);
      return `${part.slice(0, at)}${part[at] === 'a' ? 'b' : 'a'}${part.slice(at + 1)}`;
    }
    if (typeof part === 'number') return part + 1 + random.below(1_000_000);
    if (typeof part === 'boolean') return !part;
    if (part === null) return random.id();
    if (Array.isArray(part)) {
      if (part.length === 0) return ['x'];
      const at = random.below(part.length);
      return random.below(3) === 0 ? part.toSpliced(at, 1) : part.with(at, change(part[at]));
    }
    const keys = Object.keys(part as object);
    if (keys.length === 0) return { reason: 'x' };
    const key = random.of(keys);
    return { ...(part as object), [key]: change((part as Record<string, unknown>)[key]) };
  };
  return change(value) as T;
};

const swapped = <T>(list: readonly T[], random: Chance): readonly T[] => {
  const first = random.below(list.length);
  const second = (first + 1 + random.below(list.length - 1)) % list.length;
  return list.with(first, list[second] as T).with(second, list[first] as T);
};

const without = <T>(list: readonly T[], random: Chance): readonly T[] =>
  list.toSpliced(random.below(list.length), 1);

/** Each does one thing to a whole log, as somebody with all rights to the database could. */
const tamperings: Readonly<Record<string, (log: UseLog, random: Chance) => UseLog>> = {
  'a field of an entry': (log, random) => {
    const at = random.below(log.entries.length);
    return { ...log, entries: log.entries.with(at, altered(log.entries[at] as StoredUse, random)) };
  },
  'an entry deleted': (log, random) => ({ ...log, entries: without(log.entries, random) }),
  'an entry doubled': (log, random) => ({
    ...log,
    entries: [...log.entries, random.of(log.entries)],
  }),
  'an entry doubled under another name': (log, random) => ({
    ...log,
    entries: [...log.entries, { ...random.of(log.entries), id: random.id() }],
  }),
  'two entries swapped': (log, random) => {
    const ids = swapped(
      log.entries.map(({ id }) => id),
      random,
    );
    return {
      ...log,
      entries: log.entries.map((stored, row) => ({ ...stored, id: ids[row] as Id })),
    };
  },
  'a forged entry': (log, random) => {
    const model = random.of(log.entries);
    const entry = newEntry(random, model.entry.atMs, null);
    return {
      ...log,
      entries: [...log.entries, { id: entry.id, entry, receivedMs: model.receivedMs, chain: null }],
    };
  },
  'a forged entry of a device': (log, random) => {
    const model = random.of(log.entries);
    const head = log.deviceHeads[0];
    const entry = newEntry(random, model.entry.atMs, head?.deviceId ?? random.id());
    const { no, prev, hash } = chained((head?.through ?? 0) + 1, head?.hash ?? '', entry);
    return {
      ...log,
      entries: [
        ...log.entries,
        { id: random.id(), entry, receivedMs: model.receivedMs, chain: { no, prev, hash } },
      ],
    };
  },
  'a block altered': (log, random) => {
    const at = random.below(log.blocks.length);
    return { ...log, blocks: log.blocks.with(at, altered(log.blocks[at] as Block, random)) };
  },
  'a block altered and hashed anew': (log, random) => {
    const at = random.below(log.blocks.length);
    const { hash: _, ...content } = log.blocks[at] as Block;
    const forged = altered(content, random);
    return { ...log, blocks: log.blocks.with(at, { ...forged, hash: blockHashOf(forged) }) };
  },
  'a block deleted': (log, random) => ({ ...log, blocks: without(log.blocks, random) }),
  'two blocks swapped': (log, random) =>
    log.blocks.length < 2
      ? { ...log, blocks: [] }
      : {
          ...log,
          blocks: swapped(log.blocks, random).map((block, at) => ({
            ...block,
            no: (log.blocks[at] as Block).no,
            register: (log.blocks[at] as Block).register,
            month: (log.blocks[at] as Block).month,
          })),
        },
  'a block added': (log, random) => {
    const last = random.of(log.blocks);
    return { ...log, blocks: [...log.blocks, sealed(last, last, [], last.sealedAtMs + 1)] };
  },
  'the last rows cut off': (log, random) => {
    const last = random.of(log.blocks);
    const cut = log.blocks.filter(
      (block) =>
        block.register !== last.register || block.month !== last.month || block.no < last.no,
    );
    const kept = new Set(cut.flatMap(({ entryIds }) => entryIds));
    return { ...log, blocks: cut, entries: log.entries.filter(({ id }) => kept.has(id)) };
  },
  'an anchor altered': (log, random) => {
    const at = random.below(log.anchors.length);
    return { ...log, anchors: log.anchors.with(at, altered(log.anchors[at] as Anchor, random)) };
  },
  'an anchor deleted': (log, random) => ({ ...log, anchors: without(log.anchors, random) }),
  "a device's chain altered": (log, random) => {
    const chainedRows = log.entries.filter(({ chain }) => chain !== null);
    const stored = chainedRows[random.below(Math.max(1, chainedRows.length))];
    if (!stored?.chain) return { ...log, anchors: [] };
    const forged = { ...stored, chain: altered(stored.chain, random) };
    return { ...log, entries: log.entries.map((row) => (row === stored ? forged : row)) };
  },
  "a device's head altered": (log, random) => {
    if (log.deviceHeads.length === 0) return { ...log, anchors: [] };
    const at = random.below(log.deviceHeads.length);
    const head = altered(log.deviceHeads[at] as DeviceHead, random);
    return { ...log, deviceHeads: log.deviceHeads.with(at, head) };
  },
};

const runs = 10_000;
const untouched = 1_000;

describe('A14: the log of use', () => {
  it(`is sound when nobody has touched it (${untouched} logs)`, () => {
    let entries = 0;
    fc.assert(
      fc.property(fc.integer(), (number) => {
        const log = newLog(chance(number));
        entries += log.entries.length;
        expect(verifyUseLog(log)).toEqual([]);
      }),
      { numRuns: untouched },
    );
    console.log(`${untouched} untouched logs of ${entries} entries are sound (seed ${seed})`);
  });

  it(`shows every single tampering (${runs})`, () => {
    const names = Object.keys(tamperings);
    const done = new Map<string, number>();
    const missed: string[] = [];
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...names), (number, name) => {
        const random = chance(number);
        const log = newLog(random);
        const tampered = tamperings[name]?.(log, random) ?? log;
        done.set(name, (done.get(name) ?? 0) + 1);
        if (verifyUseLog(tampered).length === 0) missed.push(`${name} (${number})`);
      }),
      { numRuns: runs },
    );
    const counts = names.map((name) => `${name} ${done.get(name) ?? 0}`).join(', ');
    console.log(`${runs} tamperings, ${missed.length} not seen (seed ${seed}): ${counts}`);
    expect(missed).toEqual([]);
  }, 120_000);

  it('keeps a look by an impossible clock, in the month in which it came', () => {
    const random = chance(1);
    const receivedMs = Date.UTC(2026, 10, 30, 21, 59);
    const filed = [0, Date.UTC(2099, 0), receivedMs + 49 * 3_600_000].map((atMs) =>
      monthOfStored({
        id: random.id(),
        entry: newEntry(random, atMs, null),
        receivedMs,
        chain: null,
      }),
    );
    expect(filed).toEqual(['2026-11', '2026-11', '2026-11']);
    const nextDay = newEntry(random, receivedMs + 60_000, null);
    // Past midnight in Finland, though not in Greenwich.
    expect(monthOfStored({ id: nextDay.id, entry: nextDay, receivedMs, chain: null })).toBe(
      '2026-12',
    );
  });
});
