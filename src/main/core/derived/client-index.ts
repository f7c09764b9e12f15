import type { GroupName, GroupValue, RecordKind } from '#shared/domain/records/kinds.ts';
import { foldForSearch } from '#shared/domain/search-fold.ts';
import { planIdOf, type Id } from '#shared/domain/ids.ts';
import { caseIdOf, type CaseNo } from '#main/db/cases.ts';
import { readRecord } from '#main/db/changes.ts';
import { eraseClientIndex, writeClientIndex } from '#main/db/client-index.ts';
import { finnishSortKey } from '#main/db/finnish-sort-key.ts';
import type { WritableDb } from '#main/db/handles.ts';
import {
  byGroup,
  groupState,
  type ReadVersion,
  type RecordChanges,
} from '../records/group-state.ts';

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

/** In a conflict the list shows the newest version; the plan shows them all. */
const shownValue = <K extends RecordKind, G extends GroupName<K>>(
  groups: RecordChanges,
  _kind: K,
  group: G,
): GroupValue<K, G> | undefined => {
  const state = groupState(groups.get(group) ?? []);
  if (state.state === 'empty') return undefined;
  const value =
    state.state === 'conflict' ? state.heads.toSorted(byTimeThenId).at(-1)?.value : state.value;
  return value as GroupValue<K, G> | undefined;
};

/** The order of M7, so that every device lists the same version. */
const byTimeThenId = (a: ReadVersion, b: ReadVersion): number => {
  const [one, other] = a.time === b.time ? [a.id, b.id] : [a.time, b.time];
  return one < other ? -1 : 1;
};

const searchWords = (...texts: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(
    texts
      .flatMap((text) => foldForSearch(text ?? '').split(/[\s,]+/u))
      .filter((word) => word !== ''),
  ),
];

/** Works out a client's row in the list anew from its changes. */
export const refreshClientIndex = (db: WritableDb, caseNo: CaseNo): void => {
  const caseId: Id = caseIdOf(db, caseNo);
  const client = byGroup(readRecord(db, caseNo, caseId));
  const identity = shownValue(client, 'client', 'identity');
  if (!identity) {
    eraseClientIndex(db, caseNo);
    return;
  }
  const plan = byGroup(readRecord(db, caseNo, planIdOf(caseId)));
  writeClientIndex(
    db,
    caseNo,
    {
      sortName: finnishSortKey(`${identity.familyName} ${identity.givenNames}`),
      familyName: identity.familyName,
      givenNames: identity.givenNames,
      personalIdentityCode: identity.personalIdentityCode,
      birthDate: identity.birthDate,
      unitId: shownValue(client, 'client', 'care')?.unitId ?? null,
      custodianId: shownValue(plan, 'plan', 'custodian')?.personId ?? null,
      reviewDate: shownValue(plan, 'plan', 'review')?.date ?? null,
      track: shownValue(plan, 'plan', 'course')?.track ?? null,
      restraint: shownValue(client, 'client', 'protection')?.restraintOnDisclosure ?? false,
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
