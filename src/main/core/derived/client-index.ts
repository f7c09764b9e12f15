import type { GroupName, GroupValue, RecordKind } from '#shared/domain/records/kinds.ts';
import { foldForSearch } from '#shared/domain/search-fold.ts';
import { planIdOf, type Id } from '#shared/domain/ids.ts';
import { caseIdOf, type CaseNo } from '#main/db/queries/cases.ts';
import { readRecord } from '#main/db/queries/changes.ts';
import { eraseClientIndex, writeClientIndex } from '#main/db/queries/client-index.ts';
import { finnishSortKey } from '#main/db/queries/finnish-sort-key.ts';
import type { WritableDb } from '#main/db/handles.ts';
import { closedCompartments } from '#main/db/queries/scopes.ts';
import { byGroup, groupState, type RecordChanges } from '../records/group-state.ts';
import { newestHead } from './newest-head.ts';

/** The groups whose change alters a client's row in the list. */
const listed: ReadonlySet<string> = new Set([
  'client/identity',
  'client/protection',
  'client/care',
  'plan/custodian',
  'plan/review',
  'plan/course',
]);

export const altersClientIndex = (kind: string, group: string): boolean =>
  listed.has(`${kind}/${group}`);

/** Where a value stands within a client. */
export const placeOf = (recordId: Id, group: string): string => `${recordId}/${group}`;

type Shown = <K extends RecordKind, G extends GroupName<K>>(
  recordId: Id,
  kind: K,
  group: G,
) => GroupValue<K, G> | undefined;

/** In a conflict the list shows the newest version; the plan shows them all. */
const shownInFile = (db: WritableDb, caseNo: CaseNo): Shown => {
  const records = new Map<Id, RecordChanges>();
  const closed = closedCompartments(db, caseNo);
  const read = (recordId: Id): RecordChanges => {
    const groups =
      records.get(recordId) ??
      byGroup(
        readRecord(db, caseNo, recordId).filter(({ shape }) => !closed.has(shape.compartment)),
      );
    records.set(recordId, groups);
    return groups;
  };
  return <K extends RecordKind, G extends GroupName<K>>(recordId: Id, _kind: K, group: G) => {
    const state = groupState(read(recordId).get(group) ?? []);
    if (state.state === 'empty') return undefined;
    const value = state.state === 'conflict' ? newestHead(state)?.value : state.value;
    return value as GroupValue<K, G> | undefined;
  };
};

const shownIn =
  (values: ReadonlyMap<string, unknown>): Shown =>
  <K extends RecordKind, G extends GroupName<K>>(recordId: Id, _kind: K, group: G) =>
    values.get(placeOf(recordId, group)) as GroupValue<K, G> | undefined;

const searchWords = (...texts: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(
    texts
      .flatMap((text) => foldForSearch(text ?? '').split(/[\s,]+/u))
      .filter((word) => word !== ''),
  ),
];

/**
 * Works out a client's row in the list anew: from its changes in the file, or, for a client of whom nothing
 * was here before, from `onlyValues`, the values that just came, each the only one of its group.
 */
export const refreshClientIndex = (
  db: WritableDb,
  caseNo: CaseNo,
  onlyValues: ReadonlyMap<string, unknown> | null,
): void => {
  const caseId: Id = caseIdOf(db, caseNo);
  const shown = onlyValues ? shownIn(onlyValues) : shownInFile(db, caseNo);
  const identity = shown(caseId, 'client', 'identity');
  if (!identity) {
    eraseClientIndex(db, caseNo);
    return;
  }
  const planId = planIdOf(caseId);
  const course = shown(planId, 'plan', 'course');
  // A review of a plan that has ended is no longer due.
  const review = course?.status === 'ended' ? undefined : shown(planId, 'plan', 'review');
  writeClientIndex(
    db,
    caseNo,
    {
      sortName: finnishSortKey(`${identity.familyName} ${identity.givenNames}`),
      familyName: identity.familyName,
      givenNames: identity.givenNames,
      personalIdentityCode: identity.personalIdentityCode,
      birthDate: identity.birthDate,
      unitId: shown(caseId, 'client', 'care')?.unitId ?? null,
      custodianId: shown(planId, 'plan', 'custodian')?.personId ?? null,
      reviewDate: review?.date ?? null,
      track: course?.track ?? null,
      restraint: shown(caseId, 'client', 'protection')?.restraintOnDisclosure ?? false,
    },
    searchWords(
      identity.familyName,
      identity.givenNames,
      identity.preferredName,
      identity.personalIdentityCode,
      identity.temporaryId,
    ),
  );
};
