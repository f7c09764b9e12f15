import type { Edit } from '#shared/contract/calls.ts';
import type { RecordView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { familyMemberIdOf } from '#shared/domain/family/ties.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { FamilyRelation } from '#shared/domain/records/family.ts';

export type MemberValue = {
  readonly relation: FamilyRelation;
  readonly name: string;
  readonly tie: Id;
};

/** A member as one client's own plan tells of them, on what that plan tells of them already. */
export const memberEdit = (
  caseId: Id,
  value: MemberValue,
  before: RecordView | undefined,
): Edit => ({
  recordId: familyMemberIdOf(caseId, value.tie),
  kind: 'family-member',
  compartment: jointPlan,
  group: 'member',
  value: { ...value, name: value.name.trim().normalize('NFC') },
  basedOn: before?.groups['member']?.heads.map(({ changeId }) => changeId) ?? [],
});
