import { sameContent, type Change } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { familyPart } from '#shared/domain/records/family.ts';
import type { Grant } from '#shared/protocol/grant.ts';
import type { PullRequest, PullResponse, Scope } from '#shared/protocol/pull.ts';
import type { UnreadableChange } from '#shared/protocol/unreadable-change.ts';
import type { Receipt } from '#shared/protocol/push.ts';
import type { Result } from '#shared/lib/result.ts';
import { observe } from '#shared/sync/hybrid-time.ts';
import { caseIdOf, ensureCase, findCaseId, type CaseNo } from '#main/db/queries/cases.ts';
import { addChange, caseIsEmpty, dropAccountedFor } from '#main/db/queries/changes.ts';
import { putPerson, putUnit, replaceAbsences } from '#main/db/queries/directory.ts';
import { forgetErased, noteErasure } from '#main/db/queries/erased-scope.ts';
import { withTransaction, type ReadableDb, type WritableDb } from '#main/db/handles.ts';
import { forgetNames } from '#main/db/queries/names.ts';
import { findInOutbox, outboxIsEmpty, outboxOfCase } from '#main/db/queries/outbox.ts';
import {
  asHeldGrant,
  hasEntered,
  noteEntered,
  noteGrant,
  noteHeld,
  setUngrantedClosed,
  strayScopes,
} from '#main/db/queries/scopes.ts';
import { wasHeldBefore, wasSeenBefore } from '#main/db/queries/seen-before.ts';
import { noteUnseen } from '#main/db/queries/unseen-changes.ts';
import { countSetAside, eraseStraySetAside } from '#main/db/queries/set-aside-changes.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import { collectTouched, type Touched } from '../derived/refresh.ts';
import { applyReceipts } from './apply-receipts.ts';
import {
  asUnstorable,
  bridgeSetAside,
  findUnstorable,
  keepUnreadable,
} from './set-aside-changes.ts';
import { judgeRemovals, noteTaken } from './brake.ts';
import { dropAtFirstPage } from './begin-anew.ts';
import { noteAnswered } from './device-steps.ts';
import { eraseLeft, eraseScope, eraseUnheldCopies, sendDraftsOfGone } from './erase-scope.ts';

export type AppliedPage = {
  readonly caseIds: readonly Id[];
  readonly directoryChanged: boolean;
  /** Nothing of it was taken but what leaves by the region's signed word: it would take too much away (SPEC B1). */
  readonly isStopped: boolean;
};

/**
 * Takes in one page of a pull: changes, what left, receipts, directory and cursor are one transaction
 * (SPEC D4), so that a cut at any moment leaves either all of the page or none of it.
 */
export const applyPage = (
  desk: Desk,
  request: PullRequest,
  page: PullResponse,
  unreadable: readonly UnreadableChange[] = [],
): Result<AppliedPage, StorageProblem> => {
  try {
    return applyWhole(desk, request, page, unreadable);
  } catch (error) {
    // Not the disk's trouble: one of its changes is more than this program can store (SPEC N1).
    forgetNames(desk.db);
    const found = findUnstorable(desk, page);
    if (!found.ok) return found;
    if (found.value.size === 0) throw error;
    const changes = page.changes.filter((stored) => !found.value.has(stored));
    const more = [...found.value].map(asUnstorable);
    return applyWhole(desk, request, { ...page, changes }, [...unreadable, ...more]);
  }
};

const applyWhole = (
  desk: Desk,
  request: PullRequest,
  page: PullResponse,
  unreadable: readonly UnreadableChange[],
): Result<AppliedPage, StorageProblem> => {
  const applied = withTransaction<AppliedPage>(desk.db, (db) => {
    noteAnswered(db, request.step);
    dropAtFirstPage(desk);
    const verdict = judgeRemovals(desk, page);
    if (verdict.kind === 'stop') return stopAt(desk, page, verdict.mayLeave);
    const touched = collectTouched(desk);
    const cases = casesOfPage(db);
    const held = heldScopes(db);
    for (const grant of page.grants)
      takeGrant(desk, cases.get(grant.caseId).caseNo, grant, touched);
    let clock = readState(db, 'clock');
    for (const { seq, change } of page.changes) {
      const { caseNo, isNew } = cases.get(change.caseId);
      const wasHere = held.note(caseNo, change.compartment);
      const { added } = addChange(db, caseNo, change, seq);
      if (added) touched.note(caseNo, change, isNew);
      if (added && wasHere && isNews(desk, caseNo, change)) noteUnseen(db, caseNo, change);
      clock = observe(clock, change.time, desk.now());
    }
    keepUnreadable(desk, unreadable);
    const marked = bridgePage(db, page, unreadable, touched);
    applyReceipts(desk, [...page.receipts, ...broughtBack(desk, page)], touched);
    for (const scope of page.entered) enter(desk, scope, touched);
    for (const place of dropAccountedFor(db, page.through))
      touched.note(place.caseNo, place, false);
    const left = page.left.map((scope) => eraseLeft(desk, scope));
    const stray = page.more ? [] : eraseStray(desk);
    if (!page.more) {
      sendDraftsOfGone(desk);
      if (eraseStraySetAside(db)) noteErasure(db, desk.now());
      if (readState(db, 'lastCompletePull') === null) eraseUnheldCopies(desk);
    }
    if (left.length > 0 || stray.length > 0) touched.noteErased();
    const caseNos = touched.refresh(db);

    for (const unit of page.directory?.units ?? []) putUnit(db, unit);
    for (const person of page.directory?.people ?? []) putPerson(db, person);
    if (page.directory) {
      replaceAbsences(db, page.directory.absences);
      writeState(db, 'directoryRevision', page.directory.revision);
    }
    forgetErased(db, request.erased);

    writeState(db, 'clock', clock);
    writeState(db, 'epoch', page.epoch);
    writeState(db, 'through', page.through);
    writeState(db, 'cursor', page.cursor);
    if (page.regionKey !== undefined && readState(db, 'regionKey') === null) {
      writeState(db, 'regionKey', page.regionKey);
    }
    noteTaken(desk, page, verdict.taken);
    noteProgress(desk, page);
    return {
      caseIds: [...new Set([...present(db, caseNos), ...marked, ...left, ...stray])],
      directoryChanged: page.directory !== null,
      isStopped: false,
    };
  });
  if (!applied.ok) forgetNames(desk.db);
  return applied;
};

/** Rights that end bite at once, whatever else waits for a person's word (SPEC B3). */
const stopAt = (desk: Desk, page: PullResponse, mayLeave: boolean): AppliedPage => ({
  caseIds: mayLeave ? page.left.map((scope) => eraseLeft(desk, scope)) : [],
  directoryChanged: false,
  isStopped: true,
});

/** Mostly nothing is set aside, and nothing has to be looked at. */
const bridgePage = (
  db: WritableDb,
  page: PullResponse,
  unreadable: readonly UnreadableChange[],
  touched: Touched,
): readonly Id[] =>
  countSetAside(db) === 0
    ? []
    : bridgeSetAside(
        db,
        [
          ...page.changes.map(({ change }) => change.caseId),
          ...unreadable.flatMap(({ caseId }) => caseId ?? []),
        ],
        touched,
      );

/**
 * Own changes that the log brings are stored, whatever was said of them before: a reviewer may have
 * accepted what was refused or in review (SPEC D7, L6).
 */
const broughtBack = ({ db, person }: Desk, page: PullResponse): readonly Receipt[] => {
  // In a first sync a person's own changes come by the thousand, and seldom does one of them wait here.
  if (outboxIsEmpty(db)) return [];
  return page.changes.flatMap(({ seq, change }): readonly Receipt[] => {
    if (change.authorId !== person.id) return [];
    const row = findInOutbox(db, change.id);
    return row && sameContent(row.change, change)
      ? [{ changeId: change.id, verdict: 'stored', seq }]
      : [];
  });
};

/**
 * Looks each client up once a page; one of whom nothing but a grant was here before is new for all of the
 * page.
 */
const casesOfPage = (db: WritableDb) => {
  const known = new Map<Id, ReturnType<typeof ensureCase>>();
  return {
    get: (caseId: Id): ReturnType<typeof ensureCase> => {
      const found = known.get(caseId);
      if (found) return found;
      const { caseNo, isNew } = ensureCase(db, caseId);
      const looked = { caseNo, isNew: isNew || caseIsEmpty(db, caseNo) };
      known.set(caseId, looked);
      return looked;
    },
  };
};

/**
 * Notes why a part is here and until when; a part that was here before may open or close by it. Before the
 * page's changes, so that what comes with its grant is never seen without it.
 */
const takeGrant = ({ db, now }: Desk, caseNo: CaseNo, grant: Grant, touched: Touched): void => {
  const closed = grant.untilMs !== null && grant.untilMs <= now();
  const { altered } = noteGrant(db, caseNo, asHeldGrant(grant), closed);
  if (grant.compartment === jointPlan) setUngrantedClosed(db, caseNo, closed);
  if (altered) touched.noteOpenness(caseNo);
};

/** Somebody else's, and not of what was here and seen before the pull began anew. */
const isNews = ({ db, person }: Desk, caseNo: CaseNo, change: Change): boolean =>
  change.group !== familyPart &&
  change.authorId !== person.id &&
  !wasSeenBefore(db, { caseNo, compartment: change.compartment }, change.id);

/**
 * Notes each scope of which something came, once a page, and says whether all of it was here before, perhaps
 * before the pull began anew.
 */
const heldScopes = (db: WritableDb) => {
  const noted = new Map<string, boolean>();
  return {
    note: (caseNo: CaseNo, compartment: string): boolean => {
      const key = `${caseNo} ${compartment}`;
      const known = noted.get(key);
      if (known !== undefined) return known;
      const scope = { caseNo, compartment };
      const wasHere = hasEntered(db, scope) || wasHeldBefore(db, scope);
      noted.set(key, wasHere);
      noteHeld(db, { caseNo, compartment }, true);
      return wasHere;
    },
  };
};

/** All of a scope has come; own changes that wait to be sent are shown with it again (SPEC P4). */
const enter = ({ db }: Desk, scope: Scope, touched: Touched): void => {
  const { caseNo } = ensureCase(db, scope.caseId);
  noteEntered(db, { caseNo, compartment: scope.compartment });
  for (const { change, refused } of outboxOfCase(db, caseNo)) {
    if (refused !== null || change.compartment !== scope.compartment) continue;
    if (addChange(db, caseNo, change, null).added) touched.note(caseNo, change, false);
  }
};

/** What is here of scopes that never entered, or that a restore took back, goes (SPEC P6). */
const eraseStray = (desk: Desk): readonly Id[] =>
  strayScopes(desk.db).map(({ caseNo, compartment }) => {
    const caseId = caseIdOf(desk.db, caseNo);
    eraseScope(desk, caseId, caseNo, compartment);
    return caseId;
  });

/** The ids of those clients that are still known here after erasing. */
const present = (db: ReadableDb, caseNos: readonly CaseNo[]): readonly Id[] =>
  caseNos.flatMap((caseNo) => findCaseId(db, caseNo) ?? []);

/** A first sync is under way from the first page to the first complete pull. */
const noteProgress = ({ db, now }: Desk, page: PullResponse): void => {
  const first = readState(db, 'lastCompletePull') === null;
  const entered = new Set(page.entered.map((scope) => scope.caseId)).size;
  const done = readState(db, 'firstSyncDone') ?? 0;
  writeState(db, 'firstSyncDone', first && page.more ? done + entered : null);
  if (!page.more) writeState(db, 'lastCompletePull', now());
};
