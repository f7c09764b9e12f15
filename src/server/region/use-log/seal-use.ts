import {
  monthOf,
  noBlocks,
  sealed,
  type Anchor,
  type Block,
  type Month,
  type StoredUse,
} from '#shared/domain/use-log/blocks.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { UseRegister } from '#shared/domain/use-log/entry.ts';
import { withTransaction, type Database, type Reader, type Transaction } from '../../db/pool.ts';
import type { Anchors } from './anchors.ts';
import { storedOf, useRowColumns, type UseRow } from './use-rows.ts';

/** One sealer at a time in the whole region. Nobody else ever waits on it. */
const sealing = 7_021_030;

/** At most so many entries in a block: what is checked at a time later. */
const blockEntries = 1_000;

/** Tails of blocks younger than this are looked at when a program starts. */
const tailDays = 30;

export type Sealer = {
  /** Seals all that waits. `busy`: another process is doing so now. */
  readonly seal: () => Promise<'done' | 'busy'>;
};

type Last = Omit<Anchor, 'register' | 'month'>;
type Chain = { readonly register: UseRegister; readonly month: Month };
type Waiting = { readonly id: Id; readonly at: Date; readonly register: UseRegister };

const keyOf = ({ register, month }: Chain): string => `${register} ${month}`;
const empty: Last = { ...noBlocks, entries: 0 };

/**
 * Seals entries that have been committed into blocks, per register and month, and then anchors the
 * blocks outside the database.
 *
 * A block is committed before its anchor is written: what was sealed and never anchored, by a crash in
 * between, is anchored by the next call. The other order would let a block that was taken away be sealed
 * anew under its own number. Where an anchor tells of more blocks than the database has, the numbers go
 * on after the anchor's, and the hole stays for everybody to see.
 */
export const createSealer = (db: Database, anchors: Anchors, now: () => Date): Sealer => {
  const anchored = new Map<string, Last>();
  const read = new Map<string, number>();
  let isFirst = true;

  const readAnchors = (): Promise<void> =>
    anchors.each(
      (anchor) => {
        const known = anchored.get(keyOf(anchor));
        if (!known || known.no <= anchor.no) anchored.set(keyOf(anchor), anchor);
      },
      // Told by whoever verifies.
      () => undefined,
      read,
    );

  const sealOnce = (): Promise<{ anchors: readonly Anchor[]; more: boolean }> =>
    withTransaction(db, async (tx) => {
      const waiting = await tx.query<Waiting>(
        'SELECT id, at, register FROM use_unsealed ORDER BY at, id LIMIT $1',
        [blockEntries],
      );
      const groups = Map.groupBy(waiting, ({ register, at }) =>
        keyOf({ register, month: monthOf(at.getTime()) }),
      );
      const found: Anchor[] = isFirst ? [...(await unanchoredTails(tx, anchored, now()))] : [];
      for (const [key, rows] of groups) {
        const [register, month] = key.split(' ') as [UseRegister, Month];
        found.push(...(await sealGroup(tx, { register, month }, rows)));
      }
      return { anchors: found, more: waiting.length === blockEntries };
    });

  const sealGroup = async (
    tx: Transaction,
    chain: Chain,
    rows: readonly Waiting[],
  ): Promise<readonly Anchor[]> => {
    const stored = await readEntries(tx, rows);
    const outside = anchored.get(keyOf(chain)) ?? empty;
    const unanchored = await blocksAfter(tx, chain, outside.no);
    const last = unanchored.at(-1) ?? outside;
    // An id whose entry has gone is listed all the same: whoever verifies then misses it.
    const block: Block = sealed(chain, last, stored, now().getTime());
    const entries = last.entries + block.entryIds.length;
    await storeBlock(tx, block, entries);
    await tx.query('DELETE FROM use_unsealed WHERE id = ANY($1::uuid[])', [
      rows.map(({ id }) => id),
    ]);
    return [...unanchored, { ...chain, no: block.no, hash: block.hash, entries }];
  };

  return {
    // The lock is held by a transaction of its own until the anchors stand: whoever has it sees blocks and
    // anchors that belong together.
    seal: () =>
      withTransaction(db, async (holder) => {
        const [lock] = await holder.query<{ mine: boolean }>(
          'SELECT pg_try_advisory_xact_lock($1) AS mine',
          [sealing],
        );
        if (lock?.mine !== true) return 'busy';
        for (;;) {
          await readAnchors();
          const done = await sealOnce();
          await anchors.add(done.anchors, now());
          isFirst = false;
          if (!done.more) return 'done';
        }
      }),
  };
};

/** Runs `read` while nobody seals. */
export const whileNobodySeals = <T>(db: Database, read: () => Promise<T>): Promise<T> =>
  withTransaction(db, async (holder) => {
    await holder.query('SELECT pg_advisory_xact_lock($1)', [sealing]);
    return read();
  });

const readEntries = async (tx: Reader, rows: readonly Waiting[]): Promise<readonly StoredUse[]> => {
  const times = rows.map(({ at }) => at.getTime());
  const found = await tx.query<UseRow>(
    `SELECT ${useRowColumns} FROM use_entry
     WHERE id = ANY($1::uuid[]) AND at BETWEEN $2 AND $3`,
    [rows.map(({ id }) => id), new Date(Math.min(...times)), new Date(Math.max(...times))],
  );
  const byId = new Map(found.map((row) => [row.id, row]));
  return rows.flatMap(({ id }) => {
    const row = byId.get(id);
    return row ? [storedOf(row)] : [];
  });
};

const storeBlock = async (tx: Transaction, block: Block, entries: number): Promise<void> => {
  await tx.query(
    `INSERT INTO use_block
       (register, month, no, entry_ids, entries_hash, prev, hash, sealed_at, entries_so_far)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      block.register,
      block.month,
      block.no,
      block.entryIds,
      block.entriesHash,
      block.prev,
      block.hash,
      new Date(block.sealedAtMs),
      entries,
    ],
  );
};

const anchorColumns = 'register, month, no, hash, entries_so_far AS entries';

/** Blocks that were sealed and not anchored. */
const blocksAfter = (tx: Reader, chain: Chain, no: number): Promise<readonly Anchor[]> =>
  tx.query<Anchor>(
    `SELECT ${anchorColumns} FROM use_block
     WHERE register = $1 AND month = $2 AND no > $3 ORDER BY no`,
    [chain.register, chain.month, no],
  );

const unanchoredTails = async (
  tx: Reader,
  anchored: ReadonlyMap<string, Last>,
  now: Date,
): Promise<readonly Anchor[]> => {
  const lasts = await tx.query<Anchor>(
    `SELECT DISTINCT ON (register, month) ${anchorColumns} FROM use_block
     WHERE sealed_at > $1 ORDER BY register, month, no DESC`,
    [new Date(now.getTime() - tailDays * 86_400_000)],
  );
  const tails: Anchor[] = [];
  for (const last of lasts) {
    const { no } = anchored.get(keyOf(last)) ?? empty;
    if (last.no > no) tails.push(...(await blocksAfter(tx, last, no)));
  }
  return tails;
};
