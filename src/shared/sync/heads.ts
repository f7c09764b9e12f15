import type { Id } from '#shared/domain/ids.ts';

/** What heads are computed from: a change's id and the ids that it replaces. */
export type Link = { readonly id: Id; readonly parents: readonly Id[] };

const byIdOf = <L extends Link>(known: Iterable<L>): ReadonlyMap<Id, L> =>
  new Map([...known].map((link) => [link.id, link]));

/**
 * The heads of a group: the known changes that no known change names as a parent (H1), in the order of
 * their ids. Depends on the set alone, never on order or on how often a change arrived.
 *
 * Changes that descend from each other, which only a faulty or hostile device can make, do not count as
 * naming each other: each of them stays a head until a change outside their cycle names it (H4).
 */
export const headsOf = <L extends Link>(known: Iterable<L>): readonly L[] => {
  const byId = byIdOf(known);
  const suspects = inOrBehindCycles(byId);
  const withinCycle = (link: Link, parent: Id): boolean =>
    parent === link.id ||
    (suspects.has(link.id) && suspects.has(parent) && ancestryOf(byId, parent).has(link.id));
  const named = new Set(
    [...byId.values()].flatMap((link) =>
      link.parents.filter((parent) => !withinCycle(link, parent)),
    ),
  );
  return [...byId.values()]
    .filter((link) => !named.has(link.id))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

/**
 * Takes away, again and again, what no remaining change names. Nothing remains of a sound history; what
 * remains of a faulty one are the members of cycles and their ancestors.
 */
const inOrBehindCycles = (byId: ReadonlyMap<Id, Link>): ReadonlySet<Id> => {
  const namedBy = new Map<Id, number>([...byId.keys()].map((id) => [id, 0]));
  const knownParents = (link: Link): readonly Id[] =>
    [...new Set(link.parents)].filter((parent) => byId.has(parent));
  for (const link of byId.values()) {
    for (const parent of knownParents(link)) namedBy.set(parent, (namedBy.get(parent) ?? 0) + 1);
  }
  const free = [...byId.values()].filter((link) => namedBy.get(link.id) === 0);
  const remaining = new Set(byId.keys());
  for (let link = free.pop(); link; link = free.pop()) {
    remaining.delete(link.id);
    for (const parent of knownParents(link)) {
      const count = (namedBy.get(parent) ?? 0) - 1;
      namedBy.set(parent, count);
      const freed = count === 0 ? byId.get(parent) : undefined;
      if (freed) free.push(freed);
    }
  }
  return remaining;
};

/** Everything known that the change descends from, itself included, with the fewest steps to it. */
const ancestryOf = (byId: ReadonlyMap<Id, Link>, start: Id): ReadonlyMap<Id, number> => {
  const distance = new Map<Id, number>([[start, 0]]);
  const queue = [start];
  for (let next = 0; next < queue.length; next += 1) {
    const id = queue[next] ?? start;
    for (const parent of byId.get(id)?.parents ?? []) {
      if (byId.has(parent) && !distance.has(parent)) {
        distance.set(parent, (distance.get(id) ?? 0) + 1);
        queue.push(parent);
      }
    }
  }
  return distance;
};

/**
 * The nearest known common ancestor of two heads, or null: the fewest steps from both together, the lower
 * id on a tie, so that every device that knows the same changes names the same one (H3). Histories that
 * crossed have several candidates; any of them is a text that both writers had before them.
 */
export const nearestCommonAncestor = <L extends Link>(
  known: Iterable<L>,
  a: Id,
  b: Id,
): L | null => {
  const byId = byIdOf(known);
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

/** The ancestor that a group's heads are shown with: that of two heads; of more or fewer there is none (M6). */
export const ancestorOfHeads = <L extends Link>(
  known: Iterable<L>,
  heads: readonly Link[],
): L | null => {
  const [one, other] = heads;
  return one && other && heads.length === 2 ? nearestCommonAncestor(known, one.id, other.id) : null;
};
