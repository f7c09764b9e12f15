import type { Id } from '#shared/domain/ids.ts';

/** What heads are computed from: a change's id and the ids that it replaces. */
export type Link = { readonly id: Id; readonly parents: readonly Id[] };

/**
 * The heads of a group: the known changes that no known change names as a parent (H1). Depends on the
 * set alone, never on order or on how often a change arrived. In a cycle, which only a faulty or
 * hostile device can make, everybody is named; then all its members stay heads, for a person to settle (H4).
 */
export const headsOf = <L extends Link>(known: readonly L[]): readonly L[] => {
  const byId = new Map(known.map((link) => [link.id, link]));
  const named = new Set(
    [...byId.values()].flatMap((link) => link.parents.filter((parent) => parent !== link.id)),
  );
  const heads = [...byId.values()].filter((link) => !named.has(link.id));
  const result = heads.length > 0 ? heads : [...byId.values()];
  return result.toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

/** The heads after one more change became known. */
export const headsWith = <L extends Link>(known: readonly L[], arrived: L): readonly L[] =>
  headsOf([...known, arrived]);

const ancestryOf = (byId: ReadonlyMap<Id, Link>, start: Id): ReadonlyMap<Id, number> => {
  const distance = new Map<Id, number>([[start, 0]]);
  const queue = [start];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const next = (distance.get(id) ?? 0) + 1;
    for (const parent of byId.get(id)?.parents ?? []) {
      if (byId.has(parent) && !distance.has(parent)) {
        distance.set(parent, next);
        queue.push(parent);
      }
    }
  }
  return distance;
};

/**
 * The nearest known common ancestor of two heads, or null: the fewest steps from both, the lower id on
 * a tie, so that every device that knows the same changes names the same one (H3).
 */
export const nearestCommonAncestor = <L extends Link>(
  known: readonly L[],
  a: Id,
  b: Id,
): L | null => {
  const byId = new Map(known.map((link) => [link.id, link]));
  const fromA = ancestryOf(byId, a);
  const fromB = ancestryOf(byId, b);
  let best: { readonly id: Id; readonly steps: number } | null = null;
  for (const [id, stepsFromA] of fromA) {
    const stepsFromB = fromB.get(id);
    if (stepsFromB === undefined || id === a || id === b) continue;
    const steps = stepsFromA + stepsFromB;
    if (!best || steps < best.steps || (steps === best.steps && id < best.id)) best = { id, steps };
  }
  return best ? (byId.get(best.id) ?? null) : null;
};
