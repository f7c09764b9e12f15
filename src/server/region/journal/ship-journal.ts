import { withTransaction, type Database, type Reader } from '../../db/pool.ts';
import type { Journal, JournalEntry, JournalMark } from './journal-file.ts';
import { markOf, readJournalState } from './journal-state.ts';

/** One process at a time in the whole region writes the journal. Nobody else ever waits on it. */
const shipping = 7_021_040;

/** At most so many entries in one write. */
const mostEntries = 1_000;

/**
 * Writes what waits to the journal. Numbers are given and committed before the lines are written: what was
 * numbered and not written, by a crash in between, is written by the next call under the same numbers, and
 * what was written and not noted so is written once more.
 */
export const shipJournal = async (
  db: Database,
  journal: Journal,
  now: () => Date,
): Promise<'done' | 'busy'> =>
  withTransaction(db, async (holder) => {
    const [lock] = await holder.query<{ mine: boolean }>(
      'SELECT pg_try_advisory_xact_lock($1) AS mine',
      [shipping],
    );
    if (lock?.mine !== true) return 'busy';
    for (;;) {
      await numberWaiting(db);
      const entries = await readNumbered(db);
      const last = entries.at(-1);
      const mark = { ...markOf(await readJournalState(db)), ...(last && { no: last.no }) };
      if (!last && !(await isNews(journal, mark))) return 'done';
      await journal.add(entries, mark, now());
      if (!last) return 'done';
      await noteWritten(db, last.no);
    }
  });

/** Whether the region has come further than the journal's last mark says. */
const isNews = async (journal: Journal, mark: JournalMark): Promise<boolean> => {
  const tail = await journal.tail();
  return !tail || tail.mark.seq < mark.seq || tail.mark.epochNo < mark.epochNo;
};

const numberWaiting = (db: Database): Promise<void> =>
  withTransaction(db, async (tx) => {
    const waiting = await tx.query<{ place: number }>(
      'SELECT place FROM rights_entry WHERE no IS NULL ORDER BY place LIMIT $1',
      [mostEntries],
    );
    if (waiting.length === 0) return;
    await tx.query(
      `WITH given AS (
         UPDATE rights_journal SET last_no = last_no + $2 RETURNING last_no - $2 AS before)
       UPDATE rights_entry SET no = given.before + numbered.step
       FROM given, unnest($1::bigint[]) WITH ORDINALITY AS numbered (place, step)
       WHERE rights_entry.place = numbered.place`,
      [waiting.map(({ place }) => place), waiting.length],
    );
  });

const readNumbered = (db: Reader): Promise<readonly JournalEntry[]> =>
  db.query<JournalEntry>(
    'SELECT no, id, kind, value FROM rights_entry WHERE no IS NOT NULL ORDER BY no LIMIT $1',
    [mostEntries],
  );

const noteWritten = (db: Database, no: number): Promise<void> =>
  withTransaction(db, async (tx) => {
    await tx.query('DELETE FROM rights_entry WHERE no <= $1', [no]);
    await tx.query('UPDATE rights_journal SET written_no = greatest(written_no, $1)', [no]);
  });
