import type { Problem } from '#shared/contract/calls.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import type { Change } from '#shared/domain/change.ts';
import { mayLieIn } from '#shared/domain/records/compartment-of-kind.ts';
import { isPermissionKind } from '#shared/domain/records/permission.ts';
import { decidesBetween, maySettle } from '#shared/domain/records/settling.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import type { HeldGrant } from '#main/db/queries/scopes.ts';
import { ownFacts, rightTo, type AtDesk } from './open-parts.ts';

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

/**
 * Why this person may not decide between these versions, or null: some groups are settled only by those who
 * answer for them (SPEC S4). The region holds to the same when the change arrives.
 */
export const settlingProblem = (
  desk: AtDesk,
  place: Pick<Change, 'kind' | 'group'>,
  replaced: readonly Change['value'][],
): Problem | null =>
  decidesBetween(replaced) && !maySettle(place, ownFacts(desk).tasks, finnishDate(desk.now()))
    ? { code: 'not-yours-to-settle' }
    : null;

/** A kind that has one compartment or register of its own is written nowhere else. */
export const isMisplaced = ({ kind, compartment }: Place): boolean => !mayLieIn(kind, compartment);
