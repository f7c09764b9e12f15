import type { Id } from '#shared/domain/ids.ts';
import {
  monthSpan,
  monthsOf,
  type Anchor,
  type Block,
  type Month,
} from '#shared/domain/use-log/blocks.ts';
import { useRegisters, type UseRegister } from '#shared/domain/use-log/entry.ts';
import { blockCheck } from '#shared/domain/use-log/verify.ts';
import type { Database, Reader } from '../../db/pool.ts';
import type { RegionContext } from '../context.ts';
import { anchorsOf, type Anchors } from './anchors.ts';
import { createSealer, whileNobodySeals } from './seal-use.ts';
import { isSoundRow, repeatedColumns, storedOf, useRowColumns, type UseRow } from './use-rows.ts';
import {
  verifyDevices,
  type SoundnessProblem,
  type Span,
  type TellProblem,
} from './verify-devices.ts';

export type Soundness = {
  readonly checkedEntries: number;
  readonly problems: readonly SoundnessProblem[];
};

/** More than these are not told one by one: the log has been broken, and the first ones say where. */
const mostProblems = 500;
const blocksAtATime = 5;

/**
 * Is the log of these days' months whole? Every entry, block, anchor and device's chain is recomputed.
 * Block by block and month by month: never more than a few thousand entries lie in memory.
 */
export const verifyLog = async (
  { db, now, anchors }: Pick<RegionContext, 'db' | 'now' | 'anchors'>,
  from: string,
  to: string,
): Promise<Soundness> => {
  const problems: SoundnessProblem[] = [];
  const tell = (problem: SoundnessProblem): void => {
    if (problems.length < mostProblems) problems.push(problem);
  };
  // What has been written and what was sealed in a moment ago is then anchored and can be told apart from
  // what was put there past the program.
  if (anchors) await createSealer(db, anchors, now).seal();
  else tell({ code: 'no-anchors', register: '', month: '', place: '' });
  const months = monthsOf(from, to);
  const read = await readSealed(db, anchors, months);
  for (const place of read.unreadable) {
    tell({ code: 'anchor-unreadable', register: '', month: '', place });
  }
  let checkedEntries = 0;
  const [first] = await db.query<{ month: Month | null }>(
    `SELECT min(replace(substr(inhrelid::regclass::text, 11), '_', '-')) AS month
     FROM pg_inherits WHERE inhparent = 'use_entry'::regclass`,
  );
  for (const month of months) {
    // Forgotten after twelve years: the anchors stay, and say nothing any more.
    if (first?.month !== null && month < (first?.month ?? '')) continue;
    const added = await readAdded(db, month);
    for (const { id, register } of added) {
      if (!(useRegisters as readonly string[]).includes(register)) {
        tell({ code: 'entry-added', register, month, place: id });
      }
    }
    for (const register of useRegisters) {
      const check = blockCheck({ register, month }, tell);
      const sealedTo = read.blocks.get(`${register} ${month}`) ?? 0;
      for await (const block of readBlocks(db, register, month, sealedTo)) {
        const rows = await readRows(db, block.entryIds, month);
        const stored = rows.map(storedOf);
        const faulty = new Set(
          rows.filter((row) => !isSoundRow(row, storedOf(row))).map(({ id }) => id),
        );
        check.take(block, stored, (id) => !faulty.has(id));
        checkedEntries += rows.length;
      }
      check.end(
        read.byChain.get(`${register} ${month}`) ?? [],
        added.filter((one) => one.register === register).map(({ id }) => id),
      );
    }
  }
  const span = { from: monthSpan(from.slice(0, 7)).fromMs, to: monthSpan(to.slice(0, 7)).toMs };
  await verifyDevices(db, span, tell);
  await tellAlarms(db, span, tell);
  return { checkedEntries, problems };
};

type Sealed = {
  /** The last block of each register and month. */
  readonly blocks: ReadonlyMap<string, number>;
  readonly byChain: ReadonlyMap<string, readonly Anchor[]>;
  readonly unreadable: readonly string[];
};

/** How far the months are sealed and anchored, at one moment: sealing goes on while the log is checked. */
const readSealed = (
  db: Database,
  anchors: Anchors | undefined,
  months: readonly Month[],
): Promise<Sealed> =>
  whileNobodySeals(db, async () => {
    const rows = await db.query<{ register: string; month: Month; no: number }>(
      `SELECT register, month, max(no) AS no FROM use_block
       WHERE month = ANY($1::text[]) GROUP BY register, month`,
      [months],
    );
    const blocks = new Map(rows.map(({ register, month, no }) => [`${register} ${month}`, no]));
    const wanted = new Set(months);
    return anchors
      ? { blocks, ...(await anchorsOf(anchors, (month) => wanted.has(month))) }
      : { blocks, byChain: new Map<string, readonly Anchor[]>(), unreadable: [] };
  });

/** Blocks of one register and month in their order, a few at a time. */
async function* readBlocks(
  db: Reader,
  register: UseRegister,
  month: Month,
  last: number,
): AsyncGenerator<Block, void, undefined> {
  for (let after = 0; ;) {
    const blocks = await db.query<Omit<Block, 'sealedAtMs'> & { sealedAt: Date }>(
      `SELECT register, month, no, entry_ids AS "entryIds", entries_hash AS "entriesHash", prev, hash,
         sealed_at AS "sealedAt"
       FROM use_block WHERE register = $1 AND month = $2 AND no > $3 AND no <= $5 ORDER BY no LIMIT $4`,
      [register, month, after, blocksAtATime, last],
    );
    for (const { sealedAt, ...block } of blocks) {
      yield { ...block, sealedAtMs: sealedAt.getTime() };
      after = block.no;
    }
    if (blocks.length < blocksAtATime) return;
  }
}

type CheckedRow = UseRow & { readonly repeated: readonly unknown[] };

const monthBounds = (month: Month): readonly [Date, Date] => {
  const { fromMs, toMs } = monthSpan(month);
  return [new Date(fromMs), new Date(toMs)];
};

/** By name and month, whatever else the row says: a row under another register is then seen as altered. */
const readRows = (db: Reader, ids: readonly Id[], month: Month): Promise<readonly CheckedRow[]> =>
  db.query<CheckedRow>(
    `SELECT ${useRowColumns}, ${repeatedColumns} AS repeated FROM use_entry
     WHERE id = ANY($1::uuid[]) AND at >= $2 AND at < $3`,
    [ids, ...monthBounds(month)],
  );

/** Rows of the month that are in none of its blocks and do not wait for one. */
const readAdded = (
  db: Reader,
  month: Month,
): Promise<readonly { readonly id: Id; readonly register: string }[]> =>
  db.query<{ id: Id; register: string }>(
    `SELECT entry.id, entry.register FROM use_entry AS entry
     LEFT JOIN (SELECT unnest(entry_ids) AS id FROM use_block WHERE month = $1) AS listed USING (id)
     WHERE entry.at >= $2 AND entry.at < $3 AND listed.id IS NULL
       AND NOT EXISTS (SELECT FROM use_unsealed WHERE use_unsealed.id = entry.id)
     LIMIT $4`,
    [month, ...monthBounds(month), mostProblems],
  );

/** What devices sent in the span that could not be part of their chains. */
const tellAlarms = async (db: Reader, span: Span, tell: TellProblem): Promise<void> => {
  const alarms = await db.query<{ code: string; deviceId: Id; no: number | null }>(
    `SELECT code, device_id AS "deviceId", no FROM use_alarm
     WHERE received_at >= $1 AND received_at < $2 ORDER BY received_at, id LIMIT $3`,
    [new Date(span.from), new Date(span.to), mostProblems],
  );
  for (const { code, deviceId, no } of alarms) {
    tell({
      code: `alarm-${code}`,
      register: '',
      month: '',
      place: `${deviceId} ${no ?? ''}`.trim(),
    });
  }
};
