import type { Id } from '#shared/domain/ids.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { physicalMs } from '#shared/sync/hybrid-time.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { countRecords, countRecordsOf, readRecord } from '#main/db/queries/changes.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import {
  readState,
  writeState,
  type Removal,
  type StoppedRemovals,
} from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import { byGroup, existenceOf } from '../records/group-state.ts';
import { isSignedLeaving } from './region-signature.ts';

/** More records than this one pull does not take away without a person's word (SPEC B1). */
const mostRemoved = 50;

/** Nor more than this share of those held, where the share is at least `leastOfShare`. */
const mostShare = 0.1;
const leastOfShare = 10;

/** Beyond so many held, the share is more than `mostRemoved` anyway. */
const enoughHeld = mostRemoved / mostShare;

export const isTooMuch = (removed: number, held: number): boolean =>
  removed > mostRemoved || (held * mostShare >= leastOfShare && removed > held * mostShare);

/** What the brake says of a page: go on, having taken so many records in all; or stop. */
export type BrakeVerdict =
  | { readonly kind: 'go'; readonly taken: number }
  | { readonly kind: 'stop'; readonly mayLeave: boolean };

/**
 * Judges a page before it is applied, inside its transaction, and notes what it would take away when it is
 * stopped. `mayLeave`: what leaves by it does so by the region's signed word and is erased all the same.
 */
export const judgeRemovals = (desk: Desk, page: PullResponse): BrakeVerdict => {
  const { db } = desk;
  const before = readState(db, 'brake');
  const taken = before?.taken ?? 0;
  // A first sync and a beginning anew take nothing away that a person has counted on (SPEC B5).
  if (readState(db, 'lastCompletePull') === null || before?.answer === 'take') {
    return { kind: 'go', taken };
  }
  const signed =
    page.left.length > 0 && isSignedLeaving(readState(db, 'regionKey'), desk.deviceId, page);
  const removals = removalsBy(db, page, signed);
  const removed = taken + recordsIn(removals);
  if (removals.length === 0 || !isTooMuch(removed, countRecords(db, enoughHeld))) {
    return { kind: 'go', taken: removed };
  }
  writeState(db, 'brake', {
    taken,
    answer: before?.answer ?? 'none',
    stopped: summaryOf(removals, before?.stopped?.sinceMs ?? desk.now()),
  });
  return { kind: 'stop', mayLeave: signed };
};

/** So many rows and authors are told of by name; the rest are counted. */
const mostRows = 100;
const mostAuthors = 20;

const summaryOf = (removals: readonly Removal[], sinceMs: number): StoppedRemovals => {
  const authors = [...Map.groupBy(removals, ({ authorId }) => authorId)].map(([authorId, rows]) => {
    const times = rows.flatMap(({ atMs }) => atMs ?? []);
    return {
      authorId,
      records: recordsIn(rows),
      fromMs: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
      untilMs: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    };
  });
  return {
    sinceMs,
    records: recordsIn(removals),
    clients: new Set(removals.map(({ caseId }) => caseId)).size,
    authors: authors.toSorted((a, b) => b.records - a.records).slice(0, mostAuthors),
    rows: removals.slice(0, mostRows),
  };
};

const recordsIn = (removals: readonly Removal[]): number =>
  removals.reduce((sum, { records }) => sum + records, 0);

/** After a page was applied: what the pull has taken so far, nothing when it is complete. */
export const noteTaken = ({ db }: Desk, page: PullResponse, taken: number): void => {
  const before = readState(db, 'brake');
  const answer = before?.answer ?? 'none';
  const after =
    page.more && (taken > 0 || answer !== 'none') ? { taken, answer, stopped: null } : null;
  if (before !== null || after !== null) writeState(db, 'brake', after);
};

/** What stands here and the page takes away, each once (SPEC B2). */
const removalsBy = (db: ReadableDb, page: PullResponse, isSigned: boolean): readonly Removal[] => {
  const leaving = new Set(page.left.map(({ caseId, compartment }) => `${caseId} ${compartment}`));
  const removing = page.changes.flatMap(({ change }) =>
    change.group === existenceGroup && !leaving.has(`${change.caseId} ${change.compartment}`)
      ? [change]
      : [],
  );
  const records = Map.groupBy(removing, ({ caseId, recordId }) => `${caseId} ${recordId}`);
  return [
    ...[...records.values()].flatMap((changes) => recordRemoved(db, changes) ?? []),
    ...(isSigned ? [] : page.left.flatMap((scope) => partRemoved(db, scope) ?? [])),
  ];
};

/** One record, if it stands here and does not after these changes of its existence. */
const recordRemoved = (
  db: ReadableDb,
  changes: readonly PullResponse['changes'][number]['change'][],
): Removal | null => {
  const [first] = changes;
  const caseNo = first && findCase(db, first.caseId);
  if (first === undefined || caseNo === undefined) return null;
  const known = byGroup(readRecord(db, caseNo, first.recordId));
  if (known.size === 0 || existenceOf(known).state !== 'standing') return null;
  const after = headsOf<{ readonly id: Id; readonly parents: readonly Id[] }>([
    ...(known.get(existenceGroup) ?? []),
    ...changes,
  ]);
  const heads = new Set(after.map(({ id }) => id));
  const removal = changes.find(({ id, value }) => heads.has(id) && value['state'] === 'removed');
  if (!removal) return null;
  return {
    caseId: removal.caseId,
    recordId: removal.recordId,
    kind: removal.kind,
    authorId: removal.authorId,
    atMs: physicalMs(removal.time),
    records: 1,
  };
};

const partRemoved = (
  db: ReadableDb,
  { caseId, compartment }: PullResponse['left'][number],
): Removal | null => {
  const caseNo = findCase(db, caseId);
  const records = caseNo === undefined ? 0 : countRecordsOf(db, caseNo, compartment);
  return records === 0
    ? null
    : { caseId, recordId: null, kind: null, authorId: null, atMs: null, records };
};
