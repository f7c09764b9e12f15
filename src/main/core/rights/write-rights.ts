import type { Problem } from '#shared/contract/calls.ts';
import type { Change } from '#shared/domain/change.ts';
import { compartmentOfKind } from '#shared/domain/records/compartment-of-kind.ts';
import { isPermissionKind } from '#shared/domain/records/permission.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import type { HeldGrant } from '#main/db/queries/scopes.ts';
import { rightTo, type AtDesk } from './open-parts.ts';

type Place = Pick<Change, 'kind' | 'compartment' | 'group'>;

/** What only those who manage the client's rights may change: the team, permissions, and the protection. */
const isManaged = ({ kind, group }: Place): boolean =>
  kind === 'membership' || isPermissionKind(kind) || (kind === 'client' && group === 'protection');

/**
 * Why this person may not write there now, or null. The device explains by it; the region decides anew
 * when the change arrives.
 */
export const writeProblem = (
  desk: AtDesk,
  caseNo: CaseNo,
  parts: readonly HeldGrant[],
  place: Place,
): Problem | null => {
  const right = rightTo(desk, caseNo, parts, place.compartment);
  if (!right) return { code: 'no-access' };
  const may = right.writes && (!isManaged(place) || right.manages);
  return may ? null : { code: 'read-only' };
};

/** A kind that has one compartment of its own is written nowhere else. */
export const isMisplaced = ({ kind, compartment }: Place): boolean => {
  const own = compartmentOfKind(kind);
  return own !== null && own !== compartment;
};
