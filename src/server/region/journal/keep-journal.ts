import type pg from 'pg';
import type { Database } from '../../db/pool.ts';
import type { Journal } from './journal-file.ts';
import { readJournalState, standingOf, type JournalState } from './journal-state.ts';
import { journalChannel } from './note-rights-changes.ts';
import { shipJournal } from './ship-journal.ts';

/** How often is looked whether something waits that nobody told of, and how far the region has come. */
const everyMs = 10_000;

/** After trouble, how soon to look again: the database may be another one by then. */
const afterTroubleMs = 1_000;

type KeepJournal = {
  readonly db: Database;
  readonly journal: Journal;
  readonly now: () => Date;
  readonly onTrouble: (error: unknown) => void;
  /** The database under this process is an older copy all of a sudden: it must not be served any more. */
  readonly onRestored: () => void;
};

/**
 * Writes to the journal whatever is committed, as soon as a process hears of it, and marks now and then how
 * far the region has come. @returns how to stop, with what still waits written
 */
export const keepJournal = async (parts: KeepJournal): Promise<() => Promise<void>> => {
  const { db, journal, now } = parts;
  let known: JournalState = await readJournalState(db);
  let last: Promise<void> = Promise.resolve();
  let heardMore = false;
  let working = false;
  let ended = false;
  let client: pg.PoolClient | null = null;
  let soon: NodeJS.Timeout | undefined;

  const ship = async (): Promise<void> => {
    // The journal first: what it tells then, the database must know already.
    const tail = await journal.tail();
    const state = await readJournalState(db);
    if (standingOf(tail, state) === 'restored' || wentBack(known, state)) {
      ended = true;
      parts.onRestored();
      return;
    }
    known = state;
    await shipJournal(db, journal, now);
  };

  /** One writing at a time; what is heard meanwhile is looked at after it. */
  const hear = (): void => {
    heardMore = true;
    if (working || ended) return;
    working = true;
    last = (async () => {
      try {
        while (heardMore && !ended) {
          heardMore = false;
          await ship();
        }
      } catch (error) {
        parts.onTrouble(error);
        soon = setTimeout(tick, afterTroubleMs);
      } finally {
        working = false;
      }
    })();
  };

  const drop = (): void => {
    client?.release(true);
    client = null;
  };

  const listen = async (): Promise<void> => {
    if (client || ended) return;
    try {
      const fresh = await db.pool.connect();
      client = fresh;
      fresh.on('notification', hear);
      // A line that broke may be a database that was put in the place of another: look at once.
      fresh.on('error', () => {
        drop();
        hear();
      });
      await fresh.query(`LISTEN ${journalChannel}`);
    } catch (error) {
      drop();
      parts.onTrouble(error);
    }
  };

  const tick = (): void => {
    void listen();
    hear();
  };

  await listen();
  hear();
  const timer = setInterval(tick, everyMs);
  return async () => {
    clearInterval(timer);
    clearTimeout(soon);
    await last;
    if (!ended) {
      hear();
      await last;
    }
    ended = true;
    clearTimeout(soon);
    client?.removeAllListeners('notification');
    drop();
  };
};

/** Numbers never fall and epochs never go back, but in an older copy. A new epoch begins from lower numbers. */
const wentBack = (before: JournalState, state: JournalState): boolean =>
  state.region !== before.region ||
  state.epochNo < before.epochNo ||
  (state.epochNo === before.epochNo && (state.no < before.no || state.seq < before.seq));
