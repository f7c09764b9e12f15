import type { TeamMembership } from '#shared/domain/access/team-access.ts';
import { membership } from '#shared/domain/records/team.ts';
import type { CaseNo } from '#main/db/cases.ts';
import { readCase } from '#main/db/changes.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { byGroup, byRecord, existenceOf, groupState } from './group-state.ts';

/**
 * The team as the changes tell it. A membership in conflict grants only what every one of its versions
 * grants, so that a disagreement never opens more than both sides meant.
 */
export const readTeam = (db: ReadableDb, caseNo: CaseNo): readonly TeamMembership[] => {
  const changes = readCase(db, caseNo).filter((change) => change.shape.kind === 'membership');
  return [...byRecord(changes)].flatMap(([recordId, recordChanges]) => {
    const groups = byGroup(recordChanges);
    if (existenceOf(groups).state !== 'standing') return [];
    const state = groupState(groups.get('grant') ?? []);
    if (state.state === 'empty') return [];
    const grants = state.heads.flatMap((head) => {
      const grant = membership.groups.grant.schema.safeParse(head.value);
      return grant.success ? [grant.data] : [];
    });
    const [first] = grants;
    if (!first || grants.some((grant) => grant.personId !== first.personId)) return [];
    const ends = grants.flatMap((grant) => (grant.validTo === null ? [] : [grant.validTo]));
    return [
      {
        membershipId: recordId,
        personId: first.personId,
        role: first.role,
        validFrom:
          grants
            .map((grant) => grant.validFrom)
            .toSorted()
            .at(-1) ?? first.validFrom,
        validTo: ends.toSorted()[0] ?? null,
      },
    ];
  });
};
