import type { Grant } from '#shared/protocol/grant.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { CaseAccess } from './read-access.ts';

/** What a person may hold of a client now, each part with the ground on which it rests. */
export const scopeGrants = (caseId: Id, access: CaseAccess): readonly Grant[] =>
  access.compartments.flatMap((compartment): readonly Grant[] => {
    const decision = access.decide(compartment);
    if (!decision.allowed) return [];
    const { basis, relation, role, basisId, writes, manages, untilMs } = decision;
    return [{ caseId, compartment, basis, relation, role, basisId, writes, manages, untilMs }];
  });
