import type { Id } from '#shared/domain/ids.ts';
import { presence, type PresentPerson, type WrittenPart } from '#shared/protocol/live.ts';
import type { Mark } from './marks.ts';
import type { Sight } from './sight.ts';

/**
 * Who else is at a plan, for one who has it open: null for one who may not see the client. Told are those who
 * may see it too and share a part of it with the hearer; what they write, where both may see it (SPEC W2).
 */
export const toldTo = (
  hearerId: Id,
  marks: readonly Mark[],
  sightOf: (personId: Id) => Sight,
): readonly PresentPerson[] | null => {
  const hearer = sightOf(hearerId);
  if (hearer.compartments.length === 0) return null;
  const others = new Map<Id, WrittenPart | null>();
  for (const { personId, part } of marks) {
    if (personId === hearerId) continue;
    const sight = sightOf(personId);
    if (!sight.compartments.some((compartment) => hearer.compartments.includes(compartment))) {
      continue;
    }
    const visible =
      part !== null && hearer.sees(part.compartment) && sight.sees(part.compartment)
        ? { recordId: part.recordId, group: part.group }
        : null;
    // One who has the plan open at two computers is told once, with what they write.
    others.set(personId, others.get(personId) ?? visible);
  }
  return [...others]
    .map(([personId, part]) => ({ personId, part }))
    .toSorted((a, b) => (a.personId < b.personId ? -1 : 1))
    .slice(0, presence.peopleTold);
};
