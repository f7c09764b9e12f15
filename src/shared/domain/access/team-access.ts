import type { CivilDate } from '../civil-date.ts';
import type { Id } from '../ids.ts';

/** A person's standing in one client's team, as the server knows it. Both days are included. */
export type TeamMembership = {
  readonly membershipId: Id;
  readonly personId: Id;
  readonly role: string;
  readonly validFrom: CivilDate;
  readonly validTo: CivilDate | null;
};

export type AccessDecision =
  | {
      readonly allowed: true;
      readonly because: 'team-member';
      readonly membershipId: Id;
      readonly role: string;
    }
  | {
      readonly allowed: false;
      readonly because: 'no-membership' | 'membership-ended' | 'membership-not-begun';
    };

/**
 * May this person reach this client on this day? Only a current member of the client's team may
 * (703/2023 9 §). Several memberships add up; the answer names the one that opens.
 */
export const teamAccess = (
  personId: Id,
  memberships: readonly TeamMembership[],
  today: CivilDate,
): AccessDecision => {
  const own = memberships.filter((membership) => membership.personId === personId);
  const current = own.find((membership) => isCurrent(membership, today));
  if (current) {
    return {
      allowed: true,
      because: 'team-member',
      membershipId: current.membershipId,
      role: current.role,
    };
  }
  if (own.length === 0) return { allowed: false, because: 'no-membership' };
  const begins = own.some((membership) => membership.validFrom > today);
  return { allowed: false, because: begins ? 'membership-not-begun' : 'membership-ended' };
};

export const isCurrent = (
  membership: Pick<TeamMembership, 'validFrom' | 'validTo'>,
  today: CivilDate,
): boolean =>
  membership.validFrom <= today && (membership.validTo === null || today <= membership.validTo);
