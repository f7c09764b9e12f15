import type { Reader } from '../../db/pool.ts';
import type { JournalMark } from './journal-file.ts';

/** How the database stands to the journal: what it would mark now, and what it knows to be written. */
export type JournalState = JournalMark & {
  /** The highest number known to be on the journal's disk; `no` is the highest given. */
  readonly writtenNo: number;
};

export const readJournalState = async (db: Reader): Promise<JournalState> => {
  const [state] = await db.query<JournalState>(
    `SELECT region_id AS region, epoch, epoch_no AS "epochNo", last_no AS no,
       written_no AS "writtenNo", last_seq AS seq
     FROM region_state, rights_journal`,
  );
  if (!state) throw new Error('The database holds no region.');
  return state;
};

export const markOf = ({ region, epoch, epochNo, no, seq }: JournalState): JournalMark => ({
  region,
  epoch,
  epochNo,
  no,
  seq,
});

/** What a database with these numbers is to a journal that ends so. */
export type Standing =
  /** The journal tells of nothing that the database does not know. */
  | 'in-step'
  /** The database is a copy of before: the journal knows more (SPEC E1). */
  | 'restored'
  /** The journal has lost what the database knows to be written. */
  | 'behind'
  | 'other-region';

/**
 * Compares a journal with a database that was read after it: whatever the journal then knows and the
 * database does not, the database has lost.
 */
export const standingOf = (
  tail: { readonly mark: JournalMark; readonly no: number } | null,
  state: JournalState,
): Standing => {
  if (!tail) return state.writtenNo === 0 ? 'in-step' : 'behind';
  const { mark, no } = tail;
  if (mark.region !== state.region) return 'other-region';
  if (state.epochNo < mark.epochNo) return 'restored';
  // A later epoch than the journal's: its replay was committed, and the mark of it was not written yet.
  const isLater = state.epochNo > mark.epochNo;
  if (no > state.no || (!isLater && mark.seq > state.seq)) return 'restored';
  return no < state.writtenNo ? 'behind' : 'in-step';
};
