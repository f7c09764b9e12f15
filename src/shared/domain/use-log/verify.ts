import type { Id } from '../ids.ts';
import {
  blockHashOf,
  entriesHashOf,
  monthOfStored,
  noBlocks,
  type Anchor,
  type Block,
  type BlockPlace,
  type Month,
  type StoredUse,
} from './blocks.ts';
import { chainProblemAt, emptyChain, type ChainPlace, type ChainedEntry } from './chain.ts';
import type { UseRegister } from './entry.ts';

export const useLogProblemCodes = [
  /** An entry, the list of them in its block, or both are not what was sealed. */
  'entry-altered',
  'entry-missing',
  'entry-double',
  /** In no block: it was put there past the program. */
  'entry-added',
  'entry-of-other-month',
  'block-altered',
  'block-missing',
  /** It does not follow on the block before it. */
  'chain-cut',
  'anchor-differs',
  /** An anchor tells of blocks that are no longer there: the end of the log was cut off. */
  'tail-cut',
  'not-anchored',
  'device-gap',
  'device-fork',
  'device-entry-altered',
  'device-head-differs',
] as const;
export type UseLogProblemCode = (typeof useLogProblemCodes)[number];

export type UseLogProblem = {
  readonly code: UseLogProblemCode;
  readonly register: UseRegister | '';
  /** Empty, as the register, for what concerns a device's chain. */
  readonly month: Month;
  /** Which entry, block or device. */
  readonly place: string;
};

/** How far the region holds a device's chain, and where it begins after old entries were forgotten. */
export type DeviceHead = ChainPlace & { readonly deviceId: Id; readonly after: ChainPlace };

type Chain = { readonly register: UseRegister; readonly month: Month };

/** Follows the blocks of one register and month in their order, so that none but the present one lies in memory. */
export type BlockCheck = {
  /** `entries`: all rows of the month whose ids the block lists; `soundRow` false for a row that contradicts itself. */
  readonly take: (
    block: Block,
    entries: readonly StoredUse[],
    soundRow?: (id: Id) => boolean,
  ) => void;
  /** `added`: rows of the register and month that no block lists. */
  readonly end: (anchors: readonly Anchor[], added: readonly Id[]) => void;
};

export const blockCheck = (
  { register, month }: Chain,
  tell: (problem: UseLogProblem) => void,
): BlockCheck => {
  let last: BlockPlace = noBlocks;
  let entriesSoFar = 0;
  const places = new Map<number, { readonly hash: string; readonly entries: number }>();
  const say = (code: UseLogProblemCode, place: string): void =>
    tell({ code, register, month, place });

  const checkEntries = (
    block: Block,
    entries: readonly StoredUse[],
    soundRow: (id: Id) => boolean,
  ): void => {
    const byId = new Map<Id, StoredUse>();
    let told = false;
    const fault = (code: UseLogProblemCode, place: string): void => {
      told = true;
      say(code, place);
    };
    for (const stored of entries) {
      if (byId.has(stored.id)) fault('entry-double', stored.id);
      byId.set(stored.id, stored);
      if (stored.entry.register !== register || !soundRow(stored.id)) {
        fault('entry-altered', stored.id);
      }
      if (monthOfStored(stored) !== month) fault('entry-of-other-month', stored.id);
    }
    const found: StoredUse[] = [];
    for (const id of block.entryIds) {
      const stored = byId.get(id);
      if (stored) found.push(stored);
      else fault('entry-missing', id);
    }
    // One fault explains why the hash differs; without any, what differs is told of the block as a whole.
    if (!told && entriesHashOf(found) !== block.entriesHash) {
      say('entry-altered', `block ${block.no}`);
    }
  };

  return {
    take: (block, entries, soundRow = () => true) => {
      const place = `block ${block.no}`;
      if (block.register !== register || block.month !== month) say('block-altered', place);
      if (block.no !== last.no + 1) say('block-missing', `block ${last.no + 1}`);
      if (block.prev !== last.hash) say('chain-cut', place);
      if (blockHashOf(block) !== block.hash) say('block-altered', place);
      checkEntries(block, entries, soundRow);
      last = { no: block.no, hash: block.hash };
      entriesSoFar += block.entryIds.length;
      places.set(block.no, { hash: block.hash, entries: entriesSoFar });
    },
    end: (anchors, added) => {
      for (const id of added) say('entry-added', id);
      const anchored = new Set<number>();
      for (const anchor of anchors) {
        anchored.add(anchor.no);
        const held = places.get(anchor.no);
        if (!held) say(anchor.no > last.no ? 'tail-cut' : 'block-missing', `block ${anchor.no}`);
        else if (held.hash !== anchor.hash || held.entries !== anchor.entries) {
          say('anchor-differs', `block ${anchor.no}`);
        }
      }
      for (const no of places.keys()) if (!anchored.has(no)) say('not-anchored', `block ${no}`);
    },
  };
};

/** Follows one device's chain in the order of its numbers. */
export type DeviceCheck = {
  readonly take: (entry: ChainedEntry) => void;
  readonly end: () => void;
};

export const deviceCheck = (
  head: DeviceHead,
  tell: (problem: UseLogProblem) => void,
): DeviceCheck => {
  let place: ChainPlace = head.after;
  const say = (code: UseLogProblemCode, no: number): void =>
    tell({ code, register: '', month: '', place: `${head.deviceId} ${no}` });
  return {
    take: (entry) => {
      const problem = chainProblemAt(place, entry);
      if (problem?.code === 'gap') say('device-gap', place.through + 1);
      if (problem?.code === 'fork') say('device-fork', entry.no);
      if (problem?.code === 'altered' || entry.entry.deviceId !== head.deviceId) {
        say('device-entry-altered', entry.no);
      }
      place = { through: entry.no, hash: entry.hash };
    },
    end: () => {
      if (place.through < head.through) say('device-gap', place.through + 1);
      else if (place.through !== head.through || place.hash !== head.hash) {
        say('device-head-differs', head.through);
      }
    },
  };
};

export type UseLog = {
  readonly entries: readonly StoredUse[];
  readonly blocks: readonly Block[];
  readonly anchors: readonly Anchor[];
  readonly deviceHeads: readonly DeviceHead[];
};

const chainKey = ({ register, month }: Chain): string => `${register} ${month}`;

const grouped = <T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
};

/** Is the whole log what it was when it was sealed? Empty: it is. */
export const verifyUseLog = (log: UseLog): readonly UseLogProblem[] => {
  const problems: UseLogProblem[] = [];
  const tell = (problem: UseLogProblem): void => void problems.push(problem);

  const entries = grouped(log.entries, (stored) =>
    chainKey({ register: stored.entry.register, month: monthOfStored(stored) }),
  );
  const blocks = grouped(log.blocks, chainKey);
  const anchors = grouped(log.anchors, chainKey);
  for (const key of new Set([...entries.keys(), ...blocks.keys(), ...anchors.keys()])) {
    const [register, month] = key.split(' ') as [UseRegister, Month];
    const check = blockCheck({ register, month }, tell);
    const listed = new Set<Id>();
    const rows = grouped(entries.get(key) ?? [], ({ id }) => id);
    for (const block of blocks.get(key) ?? []) {
      check.take(
        block,
        [...new Set(block.entryIds)].flatMap((id) => rows.get(id) ?? []),
      );
      for (const id of block.entryIds) listed.add(id);
    }
    check.end(
      anchors.get(key) ?? [],
      [...rows.keys()].filter((id) => !listed.has(id)),
    );
  }

  const heads = new Map(log.deviceHeads.map((head) => [head.deviceId, head]));
  const chains = grouped(
    log.entries.flatMap(({ entry, chain }) => (chain === null ? [] : [{ ...chain, entry }])),
    ({ entry }) => entry.deviceId ?? '',
  );
  for (const deviceId of new Set([...heads.keys(), ...chains.keys()])) {
    const unknown: DeviceHead = { ...emptyChain, deviceId, after: emptyChain };
    const check = deviceCheck(heads.get(deviceId) ?? unknown, tell);
    for (const entry of (chains.get(deviceId) ?? []).toSorted((a, b) => a.no - b.no)) {
      check.take(entry);
    }
    check.end();
  }
  return problems;
};
