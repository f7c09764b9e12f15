import type { ClientView, RecordView } from '#shared/contract/views.ts';
import {
  contradictionRules,
  type ContradictionRule,
  type ContradictionRuleId,
} from '#shared/domain/contradiction-rules.ts';
import { foldedWords, foldForSearch } from '#shared/domain/search-fold.ts';
import type { Id } from '#shared/domain/ids.ts';
import { latestVersion, standingOf, valueOf } from '#renderer/store/reading.ts';
import { isActiveAction } from './gaps.ts';
import { personOfAction } from './overlaps.ts';
import { allNodes, type PlanNode, type PlanTree } from './plan-tree.ts';
import { areAlike, stemOf, stemsOf } from './stems.ts';

/** One side of a contradiction: a row of the plan or a dissenting view, and whoever is to be asked about it. */
export type Side = {
  readonly recordId: Id;
  /** Null for a dissenting view. */
  readonly node: PlanNode | null;
  readonly personId: Id | null;
};

/** Something at a row that speaks against something else in the plan. */
export type Contradiction = {
  readonly rule: ContradictionRuleId;
  readonly own: Side;
  readonly other: Side;
};

type Found = readonly [Side, Side];
type Finder = (tree: PlanTree, view: ClientView, rule: ContradictionRule) => readonly Found[];

/** More are not told at a row: who sees three has enough to ask about. */
const mostTold = 3;

const writerOf = ({ groups }: RecordView, group: string, otherwise: string): Id | null =>
  latestVersion(groups[group]?.heads ?? groups[otherwise]?.heads ?? [])?.authorId ?? null;

const actionSide = (node: PlanNode): Side => ({
  recordId: node.id,
  node,
  personId: personOfAction(node),
});

const goalSide = (node: PlanNode, group: string): Side => ({
  recordId: node.id,
  node,
  personId: writerOf(node.record, group, 'statement'),
});

const standing = (nodes: readonly PlanNode[], kind: PlanNode['kind']): readonly PlanNode[] =>
  nodes.filter((node) => node.kind === kind && node.state !== 'removed');

const lifecycleOf = (goal: PlanNode): string =>
  valueOf(goal.record, 'goal', 'lifecycle')?.status ?? 'proposed';

/** Actions that are not over, each with the goal that it stands under. */
const actionsWithGoal = (
  tree: PlanTree,
): readonly { readonly action: PlanNode; readonly goal: PlanNode }[] =>
  standing(allNodes(tree), 'action').flatMap((action) => {
    const goal = action.parentId === null ? undefined : tree.byId.get(action.parentId);
    return goal?.kind === 'goal' && isActiveAction(action) ? [{ action, goal }] : [];
  });

/** Agreed or under way, though its goal rests, has ended or was cancelled. */
const goalNotPursued: Finder = (tree) =>
  actionsWithGoal(tree)
    .filter(
      ({ action, goal }) =>
        (valueOf(action.record, 'action', 'status')?.status ?? 'proposed') !== 'proposed' &&
        ['on-hold', 'ended', 'cancelled'].includes(lifecycleOf(goal)),
    )
    .map(({ action, goal }) => [actionSide(action), goalSide(goal, 'lifecycle')]);

/** Agreed or under way and not achieved, though all that was to be done for it is over. */
const noActionLeft: Finder = (tree) =>
  standing(allNodes(tree), 'goal').flatMap((goal) => {
    const isPursued =
      ['agreed', 'active'].includes(lifecycleOf(goal)) &&
      valueOf(goal.record, 'goal', 'achievement')?.achievement !== 'achieved';
    const actions = standing(goal.children, 'action');
    const last = actions.toSorted((a, b) => endedAt(b) - endedAt(a))[0];
    return !isPursued || last === undefined || actions.some(isActiveAction)
      ? []
      : [[goalSide(goal, 'lifecycle'), actionSide(last)] as const];
  });

const endedAt = ({ record }: PlanNode): number =>
  latestVersion(record.groups['status']?.heads ?? [])?.time ?? 0;

/** Begins only after the day by which its goal is to be reached. */
const startsAfterTarget: Finder = (tree) =>
  actionsWithGoal(tree).flatMap(({ action, goal }) => {
    const start = valueOf(action.record, 'action', 'schedule')?.start ?? null;
    const target = valueOf(goal.record, 'goal', 'target')?.date ?? null;
    return start !== null && target !== null && start > target
      ? [[actionSide(action), goalSide(goal, 'target')] as const]
      : [];
  });

/** The client, or whoever speaks for the client, sees otherwise what the action's own title says. */
const clientDissents: Finder = (tree, view) => {
  const views = standingOf(view, 'dissenting-view').flatMap((record) => {
    const said = valueOf(record, 'dissenting-view', 'view');
    const stems = stemsOf(said?.about ?? '');
    return stems.length > 0 && (said?.whose === 'client' || said?.whose === 'representative')
      ? [{ record, stems }]
      : [];
  });
  if (views.length === 0) return [];
  return standing(allNodes(tree), 'action')
    .filter(isActiveAction)
    .flatMap((action) => {
      const title = stemsOf(action.title);
      return views
        .filter(({ stems }) => stems.every((stem) => title.includes(stem)))
        .map(({ record }): Found => [
          actionSide(action),
          { recordId: record.id, node: null, personId: writerOf(record, 'view', 'view') },
        ]);
    });
};

/** Two people plan the same thing in opposite directions: one more of it, the other less. */
const oppositeDirection: Finder = (tree, _view, { opposites = [] }) => {
  const pairs = opposites.map((pair) => pair.map((word) => stemOf(foldForSearch(word))));
  const words = new Set(pairs.flat());
  const said = actionsWithGoal(tree).flatMap(({ action }) => {
    // A word of direction may be short, as öka is.
    const direction = foldedWords(action.title)
      .map(stemOf)
      .filter((stem) => words.has(stem));
    return direction.length === 0
      ? []
      : [{ action, direction, thing: stemsOf(action.title).filter((stem) => !words.has(stem)) }];
  });
  const areOpposite = (one: readonly string[], other: readonly string[]): boolean =>
    pairs.some(
      ([a = '', b = '']) =>
        (one.includes(a) && other.includes(b)) || (one.includes(b) && other.includes(a)),
    );
  return said.flatMap((one) =>
    said
      .filter(
        (other) =>
          areOpposite(one.direction, other.direction) &&
          areAlike(one.thing, other.thing) &&
          personOfAction(one.action) !== personOfAction(other.action),
      )
      .slice(0, mostTold)
      .map((other): Found => [actionSide(one.action), actionSide(other.action)]),
  );
};

const finders: Readonly<Record<ContradictionRuleId, Finder>> = {
  'goal-not-pursued': goalNotPursued,
  'no-action-left': noActionLeft,
  'starts-after-target': startsAfterTarget,
  'client-dissents': clientDissents,
  'opposite-direction': oppositeDirection,
};

/**
 * What in the plan speaks against itself, by the row at which it is told. Found by the rules of
 * `resources/rules/contradictions.json` alone; people agree on what holds, the program decides nothing.
 */
export const contradictionsOf = (
  tree: PlanTree,
  view: ClientView,
): ReadonlyMap<Id, readonly Contradiction[]> =>
  Map.groupBy(
    contradictionRules.flatMap((rule) =>
      finders[rule.id](tree, view, rule).map(([own, other]) => ({ rule: rule.id, own, other })),
    ),
    ({ own }) => own.recordId,
  );
