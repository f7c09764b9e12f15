import type { Compartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';
import { readAccessOfMany } from '../rights/read-access.ts';
import { scopeGrants } from '../rights/scope-grants.ts';

/** What a person may see of one client now. */
export type Sight = {
  /** Of those in which the client has anything. */
  readonly compartments: readonly Compartment[];
  readonly sees: (compartment: Compartment) => boolean;
};

/**
 * What each of the people may see of each of the clients now, worked out when it is asked for. Clients that
 * do not exist are answered for in the same way.
 */
export const readSights = async (
  db: Reader,
  people: readonly Id[],
  caseIds: readonly Id[],
  nowMs: number,
): Promise<(personId: Id, caseId: Id) => Sight> => {
  const access = await readAccessOfMany(db, [...new Set(people)], caseIds, nowMs);
  const known = new Map<string, Sight>();
  return (personId, caseId) => {
    const key = `${personId} ${caseId}`;
    const before = known.get(key);
    if (before) return before;
    const of = access(personId, caseId);
    const sight: Sight = {
      compartments: scopeGrants(caseId, of).map(({ compartment }) => compartment),
      sees: (compartment) => of.decide(compartment).allowed,
    };
    known.set(key, sight);
    return sight;
  };
};
