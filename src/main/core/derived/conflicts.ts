import type { Id } from '#shared/domain/ids.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { readRecord } from '#main/db/queries/changes.ts';
import { noteConflict } from '#main/db/queries/conflicts.ts';
import type { WritableDb } from '#main/db/handles.ts';
import { byGroup, existenceOf, groupState } from '../records/group-state.ts';

/** Works out anew which groups of one record wait for a decision, after changes to it arrived. */
export const refreshConflicts = (
  db: WritableDb,
  caseNo: CaseNo,
  recordId: Id,
  touchedGroups: ReadonlySet<string>,
): void => {
  const groups = byGroup(readRecord(db, caseNo, recordId));
  for (const group of touchedGroups) {
    if (group === existenceGroup) continue;
    const open = groupState(groups.get(group) ?? []).state === 'conflict';
    noteConflict(db, caseNo, recordId, group, open);
  }
  if (groups.has(existenceGroup) || touchedGroups.has(existenceGroup)) {
    const open = existenceOf(groups).state === 'removed-and-edited';
    noteConflict(db, caseNo, recordId, existenceGroup, open);
  }
};
