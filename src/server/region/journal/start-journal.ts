import type { RandomBytes } from '#shared/domain/ids.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { withTransaction, type Database } from '../../db/pool.ts';
import type { Journal } from './journal-file.ts';
import { markOf, readJournalState, standingOf } from './journal-state.ts';
import { replayJournal, type Replayed } from './replay-journal.ts';

/** Servers that start at once look at the journal one after the other. */
const starting = 7_021_041;

export type StartJournal = {
  readonly db: Database;
  readonly journal: Journal;
  readonly now: () => Date;
  readonly random: RandomBytes;
  /** The operator says that this is a restored copy, whatever the journal tells. */
  readonly isRestored: boolean;
  /** The operator says to go on where the journal has lost lines. */
  readonly trustDatabase: boolean;
};

/**
 * Compares the region with its journal of rights before anybody is answered, and brings a restored copy to
 * the rights that held (SPEC E1, E3, E6). A problem is a sentence for whoever started the program.
 * @returns what was replayed; null when nothing was restored
 */
export const startJournal = async (
  parts: StartJournal,
): Promise<Result<Replayed | null, string>> => {
  const { db, journal, now } = parts;
  const compared = await withTransaction(
    db,
    async (tx): Promise<Result<Replayed | null, string>> => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [starting]);
      // The journal first: what it tells then, the database must know already.
      const tail = await journal.tail();
      const state = await readJournalState(tx);
      const standing = standingOf(tail, state);
      switch (standing) {
        case 'other-region':
          return err(
            `The journal of rights in ${journal.folder} is another region's. ` +
              'Nothing was changed. Set PUNOS_ANCHORS to the folder of this region.',
          );
        case 'behind':
          if (parts.trustDatabase) return ok(null);
          return err(
            `The journal of rights in ${journal.folder} ends at entry ${tail?.no ?? 0}, but ${state.writtenNo} were written. ` +
              'Nothing was changed. Set PUNOS_ANCHORS to the folder that all servers of the region share; ' +
              'if the journal is lost for good, start once with --trust-database.',
          );
        case 'in-step':
          if (!parts.isRestored) return ok(null);
          break;
        case 'restored':
          break;
        default:
          return assertNever(standing);
      }
      const end = tail ?? { mark: markOf(state), no: state.no };
      const replayed = await replayJournal(tx, journal, end, state, {
        now: now(),
        random: parts.random,
      });
      if (replayed.missing === 0 || parts.trustDatabase) return ok(replayed);
      // Thrown, so that nothing of it stays.
      throw new JournalGap(
        `The database was restored, and the journal of rights in ${journal.folder} lacks ${replayed.missing} of the entries that came after the copy. ` +
          'Nothing was changed. Mend the folder, or start once with --trust-database: rights that ended in the missing entries may then hold again.',
      );
    },
  ).catch((error: unknown) => {
    if (error instanceof JournalGap) return err(error.message);
    throw error;
  });
  if (!compared.ok) return compared;
  await markEpoch(parts);
  return compared;
};

class JournalGap extends Error {}

/** The first mark of a region, or of its new epoch; what a crash leaves out here, the next start writes. */
const markEpoch = async ({ db, journal, now }: StartJournal): Promise<void> => {
  const tail = await journal.tail();
  const state = await readJournalState(db);
  if (tail && tail.mark.epochNo === state.epochNo && tail.no >= state.writtenNo) return;
  await journal.add([], { ...markOf(state), no: Math.max(tail?.no ?? 0, state.writtenNo) }, now());
};
