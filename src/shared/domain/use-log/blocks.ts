import { addDays, finnishDate, finnishDayStart } from '../civil-date.ts';
import type { Id } from '../ids.ts';
import { chainStart, hashOfJson, type ChainLink } from './chain.ts';
import type { UseEntry, UseRegister } from './entry.ts';

/** A calendar month in Finland, `YYYY-MM`. */
export type Month = string;

export const monthOf = (atMs: number): Month => finnishDate(atMs).slice(0, 7);

/** The month's first moment and the first one after it; milliseconds since 1970, UTC. */
export const monthSpan = (month: Month): { readonly fromMs: number; readonly toMs: number } => {
  const first = `${month}-01`;
  const next = `${addDays(first, 31).slice(0, 7)}-01`;
  return { fromMs: finnishDayStart(first), toMs: finnishDayStart(next) };
};

/** Every month of a span of days, the last one included. */
export const monthsOf = (from: string, to: string): readonly Month[] => {
  const months: Month[] = [];
  const last = to.slice(0, 7);
  for (let month = from.slice(0, 7); month <= last;) {
    months.push(month);
    month = addDays(`${month}-01`, 31).slice(0, 7);
  }
  return months;
};

/** Before this there was no log: a clock that says so is wrong. */
const earliestMs = Date.UTC(2020, 0, 1);
const mostAheadMs = 48 * 3_600_000;

/**
 * When an entry counts as made: by the clock of who wrote it, unless that clock cannot be right, when it
 * came. A wrong clock must neither hide an entry in a month that nobody reads nor lose it.
 */
export const filedAtMs = (entry: Pick<UseEntry, 'atMs'>, receivedMs: number): number =>
  entry.atMs < earliestMs || entry.atMs > receivedMs + mostAheadMs ? receivedMs : entry.atMs;

/** An entry as the region keeps it. */
export type StoredUse = {
  /** Names the row: the entry's own id, or one that follows from its place in its device's chain. */
  readonly id: Id;
  readonly entry: UseEntry;
  /** When the region got it, by the region's clock; milliseconds since 1970, UTC. */
  readonly receivedMs: number;
  /** Its place in the chain of the device that wrote it; null for what the server wrote. */
  readonly chain: ChainLink | null;
};

export const monthOfStored = ({ entry, receivedMs }: StoredUse): Month =>
  monthOf(filedAtMs(entry, receivedMs));

/** Covers everything that is kept of an entry, the row's name and its time of arrival too. */
const digestOf = ({ id, entry, receivedMs, chain }: StoredUse): string =>
  hashOfJson({ id, entry, receivedMs, chain });

/**
 * Entries sealed together, per register and month (703/2023 10 §: registers are logged apart). Each
 * block carries the hash of the one before, so the last one's hash stands for all of the month.
 */
export type Block = {
  readonly register: UseRegister;
  readonly month: Month;
  /** From 1 in each register and month. */
  readonly no: number;
  readonly entryIds: readonly Id[];
  readonly entriesHash: string;
  readonly prev: string;
  readonly hash: string;
  readonly sealedAtMs: number;
};

export const entriesHashOf = (entries: readonly StoredUse[]): string =>
  hashOfJson(entries.map(digestOf));

export const blockHashOf = (block: Omit<Block, 'hash'>): string => {
  const { register, month, no, entryIds, entriesHash, prev, sealedAtMs } = block;
  return hashOfJson({ register, month, no, entryIds, entriesHash, prev, sealedAtMs });
};

export type BlockPlace = { readonly no: number; readonly hash: string };

export const noBlocks: BlockPlace = { no: 0, hash: chainStart };

/** Seals entries of one register and month after the last block of them. */
export const sealed = (
  { register, month }: Pick<Block, 'register' | 'month'>,
  after: BlockPlace,
  entries: readonly StoredUse[],
  sealedAtMs: number,
): Block => {
  const block = {
    register,
    month,
    no: after.no + 1,
    entryIds: entries.map(({ id }) => id),
    entriesHash: entriesHashOf(entries),
    prev: after.hash,
    sealedAtMs,
  };
  return { ...block, hash: blockHashOf(block) };
};

/** What is written outside the database about a block, where who rules the database does not reach. */
export type Anchor = {
  readonly register: UseRegister;
  readonly month: Month;
  readonly no: number;
  readonly hash: string;
  /** Entries of the register and month up to and with this block. */
  readonly entries: number;
};
