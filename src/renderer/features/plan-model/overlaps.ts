import { foldedWords } from '#shared/domain/search-fold.ts';
import type { Id } from '#shared/domain/ids.ts';
import { latestVersion, valueOf } from '#renderer/store/reading.ts';
import { isActiveAction } from './gaps.ts';
import { allNodes, type PlanNode, type PlanTree } from './plan-tree.ts';
import { areAlike, stemsOf } from './stems.ts';

/** An action of somebody else that says the same as this one. */
export type Overlap = {
  readonly other: PlanNode;
  /** How often or for how long is told otherwise in the other: which of them holds? */
  readonly isOtherwise: boolean;
};

/** Who answers for an action, else who wrote it: the one to be asked. */
export const personOfAction = (node: PlanNode): Id | null =>
  valueOf(node.record, 'action', 'responsibility')?.responsibleId ??
  latestVersion(node.record.groups['content']?.heads ?? [])?.authorId ??
  null;

const rhythmOf = (node: PlanNode): string => {
  const schedule = valueOf(node.record, 'action', 'schedule');
  return JSON.stringify([
    foldedWords(schedule?.frequency ?? ''),
    schedule?.start ?? null,
    schedule?.end ?? null,
  ]);
};

/** More are not told at a row: who sees three has enough to ask about. */
const mostTold = 3;

type Said = { readonly stems: readonly string[]; readonly nodes: readonly PlanNode[] };

/** Actions that say the same, together: a long plan says few different things many times. */
const saidThings = (nodes: readonly PlanNode[]): readonly Said[] =>
  [...Map.groupBy(nodes, ({ title }) => stemsOf(title).toSorted().join(' '))].flatMap(
    ([key, alike]) => (key === '' ? [] : [{ stems: key.split(' '), nodes: alike }]),
  );

/**
 * Actions that two people plan apart from each other though they say the same, by each one's id. Only what is
 * still to be done counts, and only between two people: one's own list is one's own.
 */
export const overlapsOf = (tree: PlanTree): ReadonlyMap<Id, readonly Overlap[]> => {
  const said = saidThings(
    allNodes(tree).filter(
      (node) => node.kind === 'action' && node.state !== 'removed' && isActiveAction(node),
    ),
  );
  return new Map(
    said.flatMap(({ stems, nodes }) => {
      const alike = said
        .filter((each) => areAlike(stems, each.stems))
        .flatMap((each) => each.nodes);
      return nodes.flatMap((node) => {
        const person = personOfAction(node);
        const others = alike
          .filter((other) => other.id !== node.id && personOfAction(other) !== person)
          .slice(0, mostTold)
          .map((other) => ({ other, isOtherwise: rhythmOf(other) !== rhythmOf(node) }));
        return others.length === 0 ? [] : [[node.id, others] as const];
      });
    }),
  );
};
