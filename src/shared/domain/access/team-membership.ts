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

/** A version of a membership's `grant` group, and who wrote it. */
export type WrittenGrant = { readonly value: unknown; readonly authorId: Id };

/**
 * What a membership record grants, from the heads of its `grant` group. When versions differ, it grants
 * only what every one of them does, so that a disagreement never opens more than both sides meant. Null
 * for a record that names nobody, or two people, or two roles of different reach.
 *
 * A first day that people wrote for themselves is never later than `today`: they wrote it as members, so a
 * later day is the mark of a clock that ran ahead, and would shut founders out of their own clients (SPEC
 * U4).
 */
export const membershipGranted = (
  membershipId: Id,
  heads: readonly WrittenGrant[],
  today: CivilDate,
): TeamMembership | null => {
  const grants = heads.flatMap(({ value, authorId }) => {
    const grant = membership.groups.grant.schema.safeParse(value);
    if (!grant.success) return [];
    const { personId, validFrom } = grant.data;
    return [
      { ...grant.data, validFrom: personId === authorId && validFrom > today ? today : validFrom },
    ];
  });
  const [first] = grants;
  if (!first || grants.length < heads.length) return null;
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
