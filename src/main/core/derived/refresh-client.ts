import type { CaseNo } from '#main/db/queries/cases.ts';
import { readCase, type KnownChange } from '#main/db/queries/changes.ts';
import { eraseClientIndex } from '#main/db/queries/client-index.ts';
import { eraseConflicts } from '#main/db/queries/conflicts.ts';
import type { ReadableDb, WritableDb } from '#main/db/handles.ts';
import { closedCompartments } from '#main/db/queries/scopes.ts';
import { markTextPending } from '#main/db/queries/text-index.ts';
import { eraseWork, eraseWorkOfRecords } from '#main/db/queries/work-rows.ts';
import type { Id } from '#shared/domain/ids.ts';
import { byGroup, byRecord } from '../records/group-state.ts';
import { refreshClientIndex } from './client-index.ts';
import { refreshConflicts } from './conflicts.ts';
import { refreshWorkOfRecord } from './work.ts';

/** A client's changes in its open parts: all that is shown or derived. */
export const readOpenCase = (db: ReadableDb, caseNo: CaseNo): readonly KnownChange[] => {
  const closed = closedCompartments(db, caseNo);
  const changes = readCase(db, caseNo);
  return closed.size === 0
    ? changes
    : changes.filter((change) => !closed.has(change.shape.compartment));
};

/**
 * Works out everything derived from one client anew, from its open parts alone: after parts opened,
 * closed or were erased. The full-text index follows behind the screens; a search looks itself whether
 * what it finds is open.
 */
export const refreshClient = (db: WritableDb, caseNo: CaseNo): void => {
  eraseConflicts(db, caseNo);
  markTextPending(db, caseNo);
  const open = byRecord(readOpenCase(db, caseNo));
  if (open.size === 0) {
    eraseClientIndex(db, caseNo);
    eraseWork(db, caseNo);
    return;
  }
  refreshWorkOf(db, caseNo, open);
  for (const [recordId, changes] of open) {
    refreshConflicts(db, caseNo, recordId, new Set(byGroup(changes).keys()));
  }
  refreshClientIndex(db, caseNo, null);
};

const refreshWorkOf = (
  db: WritableDb,
  caseNo: CaseNo,
  records: ReadonlyMap<Id, readonly KnownChange[]>,
): void => {
  eraseWorkOfRecords(db, caseNo);
  for (const [recordId, changes] of records) refreshWorkOfRecord(db, caseNo, recordId, changes);
};

/** Works out a client's part of the work list anew, from its open parts. */
export const refreshWork = (db: WritableDb, caseNo: CaseNo): void =>
  refreshWorkOf(db, caseNo, byRecord(readOpenCase(db, caseNo)));
