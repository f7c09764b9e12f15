import type { Id } from '#shared/domain/ids.ts';
import {
  chained,
  emptyChain,
  textOfEntry,
  type ChainPlace,
  type ChainedEntry,
} from '#shared/domain/use-log/chain.ts';
import { useEntrySchema, type UseEntry } from '#shared/domain/use-log/entry.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';

/** The file that the handle writes to. */
export const databaseFile = (db: ReadableDb): string =>
  db.value<string>("SELECT file FROM pragma_database_list WHERE name = 'main'") ?? '';

type ChainRow = {
  through: number;
  hash: string;
  held_through: number;
  held_hash: string;
  epoch: string | null;
};

export type UseChain = ChainPlace & {
  /** How far the region holds the chain. */
  readonly held: ChainPlace;
  readonly epoch: string | null;
};

export const readChain = (db: ReadableDb): UseChain => {
  const row = db.first<ChainRow>(
    'SELECT through, hash, held_through, held_hash, epoch FROM use_chain',
  );
  if (!row) throw new Error('The case file has lost the place of its log of use');
  const { through, hash, held_through, held_hash, epoch } = row;
  return { through, hash, held: { through: held_through, hash: held_hash }, epoch };
};

const insert = (db: WritableDb, { no, prev, hash, entry }: ChainedEntry): void => {
  db.run('INSERT INTO use_log (no, prev, hash, body, at_ms) VALUES (?, ?, ?, ?, ?)', [
    no,
    prev,
    hash,
    textOfEntry(entry),
    entry.atMs,
  ]);
};

/** Adds entries after the chain's last one. In the caller's transaction. */
export const appendUses = (db: WritableDb, entries: readonly UseEntry[]): void => {
  let place: ChainPlace = readChain(db);
  for (const entry of entries) {
    const next = chained(place.through + 1, place.hash, entry);
    insert(db, next);
    place = { through: next.no, hash: next.hash };
  }
  db.run('UPDATE use_chain SET through = ?, hash = ?', [place.through, place.hash]);
};

type Row = { no: number; prev: string; hash: string; body: string };

const rowColumns = 'no, prev, hash, body';

const entryOf = (body: string): UseEntry => useEntrySchema.parse(JSON.parse(body));

/** What number, hashes and punctuation add to an entry on the wire. */
const envelopeBytes = 250;

/** The next entries that the region does not have, cut by count and by bytes; always at least one. */
export const unheldUses = (
  db: ReadableDb,
  limit: { readonly entries: number; readonly bytes: number },
): readonly ChainedEntry[] => {
  const rows = db.all<Row>(
    `SELECT ${rowColumns} FROM use_log WHERE held_ms IS NULL ORDER BY no LIMIT ?`,
    [limit.entries],
  );
  let bytes = 0;
  return rows
    .filter(({ body }, index) => {
      bytes += Buffer.byteLength(body) + envelopeBytes;
      return index === 0 || bytes <= limit.bytes;
    })
    .map(({ body, ...link }) => ({ ...link, entry: entryOf(body) }));
};

/** How much of the log is only here, and since when (milliseconds since 1970, UTC). */
export const unsentUses = (
  db: ReadableDb,
): { readonly count: number; readonly oldestMs: number | null } =>
  db.first(
    'SELECT count(*) AS count, min(at_ms) AS oldestMs FROM use_log WHERE held_ms IS NULL',
  ) ?? { count: 0, oldestMs: null };

/** The chain's hash at a number, as far as it is still known here. */
const hashAt = (db: ReadableDb, { through, hash, held }: UseChain, no: number): string | null => {
  if (no === through) return hash;
  if (no === held.through) return held.hash;
  const next = db.value<string>('SELECT prev FROM use_log WHERE no = ?', [no + 1]);
  return next ?? db.value<string>('SELECT hash FROM use_log WHERE no = ?', [no]) ?? null;
};

/** Whether every entry after the number is still here. */
const hasAllAfter = (db: ReadableDb, chain: UseChain, no: number): boolean =>
  db.value<number>('SELECT count(*) FROM use_log WHERE no > ?', [no]) === chain.through - no;

/**
 * Takes the region's word on how far it holds the chain. On our chain: what it holds is marked, what it
 * has lost (a restored region) waits again. On another one (a copied disk, more lost than is kept here):
 * what it does not have is chained anew after its last entry; the looks themselves stay the same.
 */
export const adoptHeld = (
  db: WritableDb,
  place: ChainPlace,
  epoch: string | null,
  nowMs: number,
): void => {
  const chain = readChain(db);
  const isOurs =
    place.through <= chain.through &&
    hashAt(db, chain, place.through) === place.hash &&
    hasAllAfter(db, chain, place.through);
  if (isOurs) {
    db.run('UPDATE use_log SET held_ms = ? WHERE no <= ? AND held_ms IS NULL', [
      nowMs,
      place.through,
    ]);
    db.run('UPDATE use_log SET held_ms = NULL WHERE no > ? AND held_ms IS NOT NULL', [
      place.through,
    ]);
  } else chainAnew(db, place);
  db.run('UPDATE use_chain SET held_through = ?, held_hash = ?, epoch = ?', [
    place.through,
    place.hash,
    epoch,
  ]);
};

const chainAnew = (db: WritableDb, place: ChainPlace): void => {
  const rows = db.all<Row>(
    `SELECT ${rowColumns} FROM use_log WHERE held_ms IS NULL OR no > ? ORDER BY no`,
    [place.through],
  );
  db.run('DELETE FROM use_log WHERE held_ms IS NULL OR no > ?', [place.through]);
  db.run('UPDATE use_chain SET through = ?, hash = ?', [place.through, place.hash]);
  appendUses(
    db,
    rows.map(({ body }) => entryOf(body)),
  );
};

/**
 * Another device's chain begins, with what the region has not got of the one before: the same looks, under
 * the new device. What the region has is its own from now on. In the caller's transaction.
 */
export const beginChainAnew = (db: WritableDb, deviceId: Id): void => {
  const rows = db.all<Pick<Row, 'body'>>(
    'SELECT body FROM use_log WHERE held_ms IS NULL ORDER BY no',
  );
  const { through, hash } = emptyChain;
  db.run('DELETE FROM use_log');
  db.run(
    'UPDATE use_chain SET through = ?, hash = ?, held_through = ?, held_hash = ?, epoch = NULL',
    [through, hash, through, hash],
  );
  appendUses(
    db,
    rows.map(({ body }) => ({ ...entryOf(body), deviceId })),
  );
};

/** Clears away what the region has had for so long that no restored one will ask for it again. */
export const forgetHeldUses = (db: WritableDb, heldBeforeMs: number): void => {
  db.run('DELETE FROM use_log WHERE held_ms < ?', [heldBeforeMs]);
};
