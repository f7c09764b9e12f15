import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { findCode, lifeAreas, type Language } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { inOrder } from '#shared/sync/order-key.ts';
import { recordsOf, valueOf } from '#renderer/store/reading.ts';

export type PlanKind = 'need' | 'goal' | 'action';

/** A row of the plan: need → goal → action. */
export type PlanNode = {
  readonly id: Id;
  readonly kind: PlanKind;
  readonly level: 1 | 2 | 3;
  /** `1`, `1.1`, `1.1.2` among what stands; empty for what was removed or hangs nowhere. */
  readonly number: string;
  readonly title: string;
  /** A need's area of life. */
  readonly lifeArea: string | null;
  readonly record: RecordView;
  readonly parentId: Id | null;
  readonly orderKey: string;
  readonly children: readonly PlanNode[];
  /** `disputed`: somebody removed it and somebody wrote to it, apart from each other. */
  readonly state: 'standing' | 'removed' | 'disputed';
  /** Something above it was removed: it did not vanish with it. */
  readonly hangsOnRemoved: boolean;
};

export type PlanTree = {
  readonly plan: RecordView | undefined;
  readonly needs: readonly PlanNode[];
  /** Goals and actions whose parent is not on this device. */
  readonly adrift: readonly PlanNode[];
  readonly byId: ReadonlyMap<Id, PlanNode>;
};

/** A row that nobody has ordered stands after those that somebody has. */
const lastKey = '\uffff';

type Draft = Omit<PlanNode, 'number' | 'children' | 'hangsOnRemoved'>;

const stateOf = (record: RecordView): PlanNode['state'] => {
  switch (record.existence.state) {
    case 'standing':
      return 'standing';
    case 'removed':
      return 'removed';
    default:
      return 'disputed';
  }
};

const needDraft = (record: RecordView): Draft => {
  const heading = valueOf(record, 'need', 'heading');
  return {
    id: record.id,
    kind: 'need',
    level: 1,
    title: heading?.title ?? '',
    lifeArea: heading?.lifeArea ?? null,
    record,
    parentId: null,
    orderKey: valueOf(record, 'need', 'order')?.key ?? lastKey,
    state: stateOf(record),
  };
};

const goalDraft = (record: RecordView): Draft => ({
  id: record.id,
  kind: 'goal',
  level: 2,
  title: valueOf(record, 'goal', 'statement')?.title ?? '',
  lifeArea: null,
  record,
  parentId: valueOf(record, 'goal', 'belonging')?.needId ?? null,
  orderKey: valueOf(record, 'goal', 'order')?.key ?? lastKey,
  state: stateOf(record),
});

const actionDraft = (record: RecordView): Draft => ({
  id: record.id,
  kind: 'action',
  level: 3,
  title: valueOf(record, 'action', 'content')?.title ?? '',
  lifeArea: null,
  record,
  parentId: valueOf(record, 'action', 'belonging')?.goalId ?? null,
  orderKey: valueOf(record, 'action', 'order')?.key ?? lastKey,
  state: stateOf(record),
});

/** A record of which there are only drafts is nobody's row yet. */
const isWritten = (record: RecordView): boolean => Object.keys(record.groups).length > 0;

const ordered = (drafts: readonly Draft[]): readonly Draft[] =>
  inOrder(drafts.map((draft) => ({ ...draft, key: draft.orderKey })));

/**
 * The plan as a tree. Removed rows are left out, except those that something standing hangs on; with
 * `showRemoved` they all stay.
 */
export const planTree = (
  view: ClientView,
  { showRemoved = false }: { readonly showRemoved?: boolean } = {},
): PlanTree => {
  const drafts = [
    ...recordsOf(view, 'need').filter(isWritten).map(needDraft),
    ...recordsOf(view, 'goal').filter(isWritten).map(goalDraft),
    ...recordsOf(view, 'action').filter(isWritten).map(actionDraft),
  ];
  const known = new Set(drafts.map((draft) => `${draft.level}/${draft.id}`));
  const isHome = (draft: Draft): boolean =>
    draft.level === 1 ||
    (draft.parentId !== null && known.has(`${draft.level - 1}/${draft.parentId}`));
  const byParent = Map.groupBy(drafts.filter(isHome), (draft) => draft.parentId);
  const byId = new Map<Id, PlanNode>();

  const build = (
    siblings: readonly Draft[],
    prefix: string,
    underRemoved: boolean,
  ): readonly PlanNode[] => {
    let count = 0;
    return ordered(siblings).flatMap((draft) => {
      const counts = draft.state !== 'removed';
      if (counts) count += 1;
      const number = counts && !underRemoved ? `${prefix}${count}` : '';
      const below = byParent.get(draft.id) ?? [];
      const children = build(
        below.filter((child) => child.level === draft.level + 1),
        `${number}.`,
        underRemoved || draft.state === 'removed',
      );
      if (draft.state === 'removed' && children.length === 0 && !showRemoved) return [];
      const node: PlanNode = { ...draft, number, children, hangsOnRemoved: underRemoved };
      byId.set(node.id, node);
      return [node];
    });
  };

  const needs = build(byParent.get(null)?.filter((draft) => draft.level === 1) ?? [], '', false);
  const adrift = drafts
    .filter((draft) => !isHome(draft))
    .flatMap((draft) => build([{ ...draft, parentId: null }], '', true));
  const plan = recordsOf(view, 'plan')[0];
  return { plan, needs, adrift, byId };
};

const wholeTrees = new WeakMap<ClientView, PlanTree>();

/**
 * The tree with every row that was ever written, removed ones too: what a row is called, wherever it is told
 * of. Built once for a view, since whole lists ask for the names of their rows.
 */
export const wholePlanTree = (view: ClientView): PlanTree => {
  const tree = wholeTrees.get(view) ?? planTree(view, { showRemoved: true });
  wholeTrees.set(view, tree);
  return tree;
};

/** Every row in reading order. */
export const allNodes = (tree: PlanTree): readonly PlanNode[] => {
  const flat = (nodes: readonly PlanNode[]): readonly PlanNode[] =>
    nodes.flatMap((node) => [node, ...flat(node.children)]);
  return flat([...tree.needs, ...tree.adrift]);
};

/** What the row is called: its own title, else a need's area of life. */
export const titleOf = (node: Pick<PlanNode, 'title' | 'lifeArea'>, language: Language): string => {
  if (node.title !== '' || node.lifeArea === null) return node.title;
  return findCode(lifeAreas, node.lifeArea)?.[language] ?? node.lifeArea;
};
