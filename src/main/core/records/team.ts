import { membershipGranted, type TeamMembership } from '#shared/domain/access/team-membership.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { readKind } from '#main/db/queries/changes.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { byGroup, byRecord, existenceOf, groupState } from './group-state.ts';

/** The client's team today as the changes on this device tell it; a removed membership grants nothing. */
export const readTeam = (
  db: ReadableDb,
  caseNo: CaseNo,
  today: CivilDate,
): readonly TeamMembership[] => {
  const changes = readKind(db, caseNo, 'membership');
  return [...byRecord(changes)].flatMap(([recordId, recordChanges]) => {
    const groups = byGroup(recordChanges);
    if (existenceOf(groups).state !== 'standing') return [];
    const state = groupState(groups.get('grant') ?? []);
    if (state.state === 'empty') return [];
    const granted = membershipGranted(
      recordId,
      state.heads.map(({ value, change }) => ({ value, authorId: change.author.personId })),
      today,
    );
    return granted ? [granted] : [];
  });
};
