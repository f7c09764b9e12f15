import { derivedId, type Id } from '../ids.ts';
import type { FamilyRelation } from '../records/family.ts';

/**
 * The tie between two clients: the same from either side, and made alike by two people apart from each
 * other. It follows from both clients' ids, so it can be known again only where both are known; from the tie
 * alone nobody finds the other client, or that there is one.
 */
export const familyTieOf = (one: Id, other: Id): Id =>
  derivedId('family-tie', [one, other].toSorted().join(' '));

/** The tie of somebody who is no client here: it leads nowhere, and looks like any other. */
export const looseTie = (newId: Id): Id => derivedId('family-tie', newId);

/** One tie is one record in each client's own plan, whoever writes it. */
export const familyMemberIdOf = (caseId: Id, tie: Id): Id =>
  derivedId('family-member', `${caseId} ${tie}`);

/** What the client is to the other, by what the other is to the client. */
export const otherWay: Readonly<Record<FamilyRelation, FamilyRelation>> = {
  sibling: 'sibling',
  parent: 'child',
  guardian: 'child',
  child: 'parent',
  other: 'other',
};

/** Which of the clients held here the ties lead to. */
export const clientsByTie = (
  caseId: Id,
  ties: ReadonlySet<Id>,
  held: readonly Id[],
): ReadonlyMap<Id, Id> =>
  ties.size === 0
    ? new Map()
    : new Map(
        held
          .filter((other) => other !== caseId)
          .map((other) => [familyTieOf(caseId, other), other] as const)
          .filter(([tie]) => ties.has(tie)),
      );
