import { foldedWords } from '#shared/domain/search-fold.ts';
import type { Id } from '#shared/domain/ids.ts';
import { latestVersion, valueOf } from '#renderer/store/reading.ts';
import { isActiveAction } from './gaps.ts';
import { allNodes, type PlanNode, type PlanTree } from './plan-tree.ts';

/** An action of somebody else that says the same as this one. */
export type Overlap = {
  readonly other: PlanNode;
  /** How often or for how long is told otherwise in the other: which of them holds? */
  readonly isOtherwise: boolean;
};

/** A Finnish or Swedish word is bent at its end: its beginning tells what it is about. */
const stemLength = 5;
/** Shorter words bind others and say little by themselves. */
const shortestWord = 4;
/** How much of what two actions say must be the same. */
const leastShared = 0.6;

const stemsOf = (title: string): readonly string[] => [
  ...new Set(
    foldedWords(title)
      .filter((word) => word.length >= shortestWord)
      .map((word) => word.slice(0, stemLength)),
  ),
];

const areAlike = (one: readonly string[], other: readonly string[]): boolean => {
  const shared = one.filter((stem) => other.includes(stem)).length;
  return shared > 0 && shared / (one.length + other.length - shared) >= leastShared;
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
