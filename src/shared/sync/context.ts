import type { Id } from '#shared/domain/ids.ts';
import { ancestorOfHeads, headsOf, type Link } from './heads.ts';

/**
 * What must travel with some changes of one group so that whoever receives them, without the group's
 * history, computes the same heads and the same common ancestor as one who has all of it (L7): every
 * stored change that descends from one of them, the common ancestor of two open heads, and everything
 * that descends from it. In a plain line whose last change is delivered there is nothing to add.
 *
 * `stored` is the group's log up to the position that the page reaches; `delivered` the part of it that
 * the page carries anyway. Answers ids of `stored` that `delivered` lacks.
 */
export const contextOf = (stored: readonly Link[], delivered: ReadonlySet<Id>): readonly Id[] => {
  if (delivered.size === 0) return [];
  const ancestor = ancestorOfHeads(stored, headsOf(stored));
  const reached = new Set(delivered);
  if (ancestor) reached.add(ancestor.id);
  const children = childrenOf(stored);
  const queue = [...reached];
  for (let next = 0; next < queue.length; next += 1) {
    for (const child of children.get(queue[next] ?? '') ?? []) {
      if (!reached.has(child)) {
        reached.add(child);
        queue.push(child);
      }
    }
  }
  return stored.map((link) => link.id).filter((id) => reached.has(id) && !delivered.has(id));
};

const childrenOf = (stored: readonly Link[]): ReadonlyMap<Id, readonly Id[]> => {
  const children = new Map<Id, Id[]>();
  for (const link of stored) {
    for (const parent of link.parents) {
      const siblings = children.get(parent);
      if (siblings) siblings.push(link.id);
      else children.set(parent, [link.id]);
    }
  }
  return children;
};
