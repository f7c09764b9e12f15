import type { Id } from '#shared/domain/ids.ts';
import type { PullResponse, StoredChange } from '#shared/protocol/pull.ts';
import { readStoredChange } from '#shared/protocol/read-page.ts';
import { unreadableChange, type UnreadableChange } from '#shared/protocol/unreadable-change.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { observe } from '#shared/sync/hybrid-time.ts';
import { ensureCase, findCase, type CaseNo } from '#main/db/queries/cases.ts';
import { addChange, readRecord, setParents } from '#main/db/queries/changes.ts';
import { noteErasure } from '#main/db/queries/erased-scope.ts';
import { withSavepoint, withTransaction, type WritableDb } from '#main/db/handles.ts';
import { forgetNames } from '#main/db/queries/names.ts';
import { holdsScope } from '#main/db/queries/scopes.ts';
import {
  countSetAside,
  forgetSetAside,
  readableAgain,
  setAside,
  setAsideOfCase,
} from '#main/db/queries/set-aside-changes.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import { collectTouched, type Touched } from '../derived/refresh.ts';

/** Keeps what could not be taken of a page, in the page's transaction (SPEC N1). */
export const keepUnreadable = (desk: Desk, unreadable: readonly UnreadableChange[]): void => {
  for (const change of unreadable) setAside(desk.db, change, desk.now());
};

/**
 * Lets ancestry go through what is set aside (SPEC N2): a known change that names it is given its parents
 * too, until nothing more follows. Answers the clients of whom something is set aside.
 */
export const bridgeSetAside = (
  db: WritableDb,
  caseIds: Iterable<Id>,
  touched: Touched,
): readonly Id[] =>
  [...new Set(caseIds)].filter((caseId) => {
    const rows = setAsideOfCase(db, caseId);
    const caseNo = rows.length === 0 ? undefined : findCase(db, caseId);
    if (caseNo === undefined) return rows.length > 0;
    const replaces = new Map(
      rows.flatMap((row) => (row.changeId ? [[row.changeId, row.parents]] : [])),
    );
    const records = new Set(rows.flatMap(({ recordId }) => recordId ?? []));
    for (const recordId of records) bridgeRecord(db, caseNo, recordId, replaces, touched);
    return true;
  });

const bridgeRecord = (
  db: WritableDb,
  caseNo: CaseNo,
  recordId: Id,
  replaces: ReadonlyMap<Id, readonly Id[]>,
  touched: Touched,
): void => {
  for (const change of readRecord(db, caseNo, recordId)) {
    const parents = new Set(change.parents);
    // A set grows while it is walked: what is handed on may itself be set aside.
    for (const parent of parents) for (const more of replaces.get(parent) ?? []) parents.add(more);
    if (parents.size === change.parents.length) continue;
    setParents(db, caseNo, change, [...parents]);
    touched.note(caseNo, { recordId, ...change.shape }, false);
  }
};

/**
 * After a page could not be stored for a reason that is not the disk's: which of its changes it was. They
 * are tried one by one in a transaction of which nothing stays.
 */
export const findUnstorable = (
  desk: Desk,
  page: Pick<PullResponse, 'changes'>,
): Result<ReadonlySet<StoredChange>, StorageProblem> => {
  const tried = withTransaction<ReadonlySet<StoredChange>>(desk.db, (_db, undo) =>
    undo(new Set(page.changes.filter((stored) => !mayStore(desk, stored).ok))),
  );
  forgetNames(desk.db);
  return tried;
};

const mayStore = (desk: Desk, { seq, change }: StoredChange): Result<void, unknown> => {
  const { db } = desk;
  const stored = withSavepoint(db, () => {
    const { caseNo } = ensureCase(db, change.caseId);
    addChange(db, caseNo, change, seq);
    const touched = collectTouched(desk);
    touched.note(caseNo, change, false);
    touched.refresh(db);
  });
  if (!stored.ok) forgetNames(db);
  return stored;
};

export const asUnstorable = (stored: StoredChange): UnreadableChange =>
  unreadableChange(stored, 'cannot-be-stored');

export type Retried = { readonly read: number; readonly caseIds: readonly Id[] };

/**
 * Tries again what is set aside (SPEC N4). What can be read now is stored as if it had come in its page; what
 * still cannot, or is of a part that is not here, stays. Answers how many, and of which clients.
 */
export const retrySetAside = (desk: Desk): Result<Retried, StorageProblem> => {
  const { db } = desk;
  if (countSetAside(db) === 0) return ok({ read: 0, caseIds: [] });
  const retried = withTransaction<Retried>(db, () => {
    const touched = collectTouched(desk);
    const read: StoredChange[] = [];
    for (const { text, hash } of readableAgain(db)) {
      const stored = readStoredChange(JSON.parse(text));
      if (stored === null || !isHeld(db, stored)) continue;
      if (!mayStore(desk, stored).ok) continue;
      forgetSetAside(db, hash);
      const { change } = stored;
      writeState(db, 'clock', observe(readState(db, 'clock'), change.time, desk.now()));
      touched.note(ensureCase(db, change.caseId).caseNo, change, false);
      read.push(stored);
    }
    const caseIds = [...new Set(read.map(({ change }) => change.caseId))];
    bridgeSetAside(db, caseIds, touched);
    touched.refresh(db);
    if (read.length > 0) noteErasure(db, desk.now());
    return { read: read.length, caseIds };
  });
  if (!retried.ok) forgetNames(db);
  return retried;
};

const isHeld = (db: WritableDb, { change }: StoredChange): boolean => {
  const caseNo = findCase(db, change.caseId);
  return caseNo !== undefined && holdsScope(db, { caseNo, compartment: change.compartment });
};
