import type { CivilDate } from '../civil-date.ts';
import type { Id } from '../ids.ts';
import { membership, teamRoles } from '../records/team.ts';

export type TeamRole = (typeof teamRoles)[number];

/** A person's standing in one client's team, as the heads of the membership record tell it. Both days are included. */
export type TeamMembership = {
  readonly membershipId: Id;
  readonly personId: Id;
  readonly role: TeamRole;
  /** In which task the person is in the team; counts only while it is one of the person's own. */
  readonly taskClass: string;
  /** Who guides a student. */
  readonly supervisorId: Id | null;
  readonly validFrom: CivilDate;
  readonly validTo: CivilDate | null;
};

/**
 * What a membership record grants, from the values of the heads of its `grant` group. When versions
 * differ, it grants only what every one of them does, so that a disagreement never opens more than both
 * sides meant. Null for a record that names nobody, or two people, or two roles of different reach.
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
  const agreed = grants.every(
    (grant) =>
      grant.personId === first.personId &&
      grant.taskClass === first.taskClass &&
      (grant.supervisorId ?? null) === (first.supervisorId ?? null),
  );
  if (!agreed) return null;
  const ends = grants.flatMap((grant) => (grant.validTo === null ? [] : [grant.validTo]));
  return {
    membershipId,
    personId: first.personId,
    role: narrowest(grants.map((grant) => grant.role)),
    taskClass: first.taskClass,
    supervisorId: first.supervisorId ?? null,
    validFrom:
      grants
        .map((grant) => grant.validFrom)
        .toSorted()
        .at(-1) ?? first.validFrom,
    validTo: ends.toSorted()[0] ?? null,
  };
};

/** The list of roles goes from the widest to the narrowest. */
const narrowest = (roles: readonly TeamRole[]): TeamRole =>
  teamRoles[Math.max(...roles.map((role) => teamRoles.indexOf(role)))] ?? 'external';

export const isCurrent = (
  span: { readonly validFrom: CivilDate; readonly validTo: CivilDate | null },
  today: CivilDate,
): boolean => span.validFrom <= today && (span.validTo === null || today <= span.validTo);
