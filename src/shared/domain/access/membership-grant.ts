import { membership } from '../records/team.ts';
import type { Id } from '../ids.ts';
import type { TeamMembership } from './team-access.ts';

/**
 * What a membership record grants, from the values of the heads of its `grant` group. When versions
 * differ, it grants only what every one of them does, so that a disagreement never opens more than both
 * sides meant. Null for a record that names nobody, or two people.
 */
export const membershipGranted = (
  membershipId: Id,
  headValues: readonly unknown[],
): TeamMembership | null => {
  const grants = headValues.flatMap((value) => {
    const grant = membership.groups.grant.schema.safeParse(value);
    return grant.success ? [grant.data] : [];
  });
  const [first] = grants;
  if (!first || grants.length < headValues.length) return null;
  if (grants.some((grant) => grant.personId !== first.personId)) return null;
  const ends = grants.flatMap((grant) => (grant.validTo === null ? [] : [grant.validTo]));
  return {
    membershipId,
    personId: first.personId,
    role: first.role,
    validFrom:
      grants
        .map((grant) => grant.validFrom)
        .toSorted()
        .at(-1) ?? first.validFrom,
    validTo: ends.toSorted()[0] ?? null,
  };
};
