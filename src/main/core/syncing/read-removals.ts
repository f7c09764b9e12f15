import type { RemovalsView } from '#shared/contract/set-aside-views.ts';
import type { Result } from '#shared/lib/result.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { withTransaction, type ReadableDb } from '#main/db/handles.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import type { Desk } from '../desk.ts';
import { nameIn } from './read-outbox.ts';

/** What the stopped pull would take away, or null when none is stopped. */
export const readRemovals = (db: ReadableDb): RemovalsView | null => {
  const brake = readState(db, 'brake');
  if (!brake?.stopped) return null;
  const { rows, ...summary } = brake.stopped;
  return {
    ...summary,
    waiting: brake.answer === 'wait',
    rows: rows.map(({ caseId, recordId, kind, records }) => {
      const caseNo = findCase(db, caseId);
      return {
        caseId,
        recordId,
        kind,
        records,
        clientName: caseNo === undefined ? null : nameIn(db, caseNo),
      };
    }),
  };
};

/** The person's word (SPEC B4): it holds until the pull is complete. */
export const answerRemovals = (
  { db }: Desk,
  answer: 'take' | 'wait',
): Result<void, StorageProblem> =>
  withTransaction(db, () => {
    const brake = readState(db, 'brake');
    if (brake?.stopped) writeState(db, 'brake', { ...brake, answer });
  });
