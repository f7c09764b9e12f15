import type { Change } from '#shared/domain/change.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import { findCaseId, type CaseNo } from '#main/db/queries/cases.ts';
import type { WritableDb } from '#main/db/handles.ts';
import { readRecord } from '#main/db/queries/changes.ts';
import { closedCompartments } from '#main/db/queries/scopes.ts';
import { markTextPending } from '#main/db/queries/text-index.ts';
import { altersClientIndex, placeOf, refreshClientIndex } from './client-index.ts';
import { refreshConflicts } from './conflicts.ts';
import { refreshClient } from './refresh-client.ts';
import { altersWork, refreshWorkOfRecord } from './work.ts';
import type { Desk } from '../desk.ts';

/**
 * Collects what changes touched, so that what is derived from them is worked out once per record and
 * client at the end of the transaction, not once per change.
 */
export type Touched = {
  readonly note: (
    caseNo: CaseNo,
    change: Pick<Change, 'recordId' | 'kind' | 'group'> & Partial<Pick<Change, 'value'>>,
    isFirstOfCase: boolean,
  ) => void;
  /** Something was erased in this transaction: what came is no measure of what is here any more. */
  readonly noteErased: () => void;
  /** A part of the client that was here before opened or closed. */
  readonly noteOpenness: (caseNo: CaseNo) => void;
  /** Brings conflicts, the client list and the queue of the full-text index up to date. */
  readonly refresh: (db: WritableDb) => readonly CaseNo[];
};

type TouchedRecord = {
  readonly groups: Map<string, number>;
  removal: boolean;
  /** Whether it may alter the work list. */
  isWork: boolean;
};

type TouchedCase = {
  /** True while nothing of the client was here before: then a group seen once cannot be in conflict. */
  readonly isNew: boolean;
  listed: boolean;
  /** What the list shows of a new client, each group written once; null when the file must be asked. */
  onlyValues: Map<string, Change['value']> | null;
  readonly records: Map<string, TouchedRecord>;
};

export const collectTouched = ({ person }: Pick<Desk, 'person'>): Touched => {
  const cases = new Map<CaseNo, TouchedCase>();
  const altered = new Set<CaseNo>();

  const note: Touched['note'] = (caseNo, change, isFirstOfCase) => {
    let touched = cases.get(caseNo);
    if (!touched) {
      touched = {
        isNew: isFirstOfCase,
        listed: false,
        onlyValues: isFirstOfCase ? new Map() : null,
        records: new Map(),
      };
      cases.set(caseNo, touched);
    }
    let record = touched.records.get(change.recordId);
    if (!record) {
      record = { groups: new Map(), removal: false, isWork: false };
      touched.records.set(change.recordId, record);
    }
    record.groups.set(change.group, (record.groups.get(change.group) ?? 0) + 1);
    if (change.group === existenceGroup) record.removal = true;
    record.isWork ||= altersWork(change, isFirstOfCase, person.id);
    if (!altersClientIndex(change.kind, change.group)) return;
    touched.listed = true;
    const place = placeOf(change.recordId, change.group);
    if (change.value === undefined || touched.onlyValues?.has(place)) touched.onlyValues = null;
    else touched.onlyValues?.set(place, change.value);
  };

  const noteErased = (): void => {
    for (const touched of cases.values()) touched.onlyValues = null;
  };

  const refresh = (db: WritableDb): readonly CaseNo[] => {
    for (const [caseNo, touched] of cases) {
      // Touched and then erased in the same transaction: nothing is left to derive anything from.
      if (findCaseId(db, caseNo) === undefined) continue;
      if (altered.has(caseNo)) continue;
      if (closedCompartments(db, caseNo).size > 0) {
        altered.add(caseNo);
        continue;
      }
      for (const [recordId, record] of touched.records) {
        const groups = touched.isNew && !record.removal ? seenTwice(record.groups) : record.groups;
        if (groups.size > 0) refreshConflicts(db, caseNo, recordId, new Set(groups.keys()));
        if (record.isWork) {
          refreshWorkOfRecord(db, caseNo, recordId, readRecord(db, caseNo, recordId));
        }
      }
      if (touched.listed) refreshClientIndex(db, caseNo, touched.onlyValues);
      markTextPending(db, caseNo);
    }
    for (const caseNo of altered) {
      if (findCaseId(db, caseNo) !== undefined) refreshClient(db, caseNo);
    }
    return [...new Set([...cases.keys(), ...altered])];
  };

  return { note, noteErased, noteOpenness: (caseNo) => void altered.add(caseNo), refresh };
};

const seenTwice = (groups: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...groups].filter(([, count]) => count > 1));
