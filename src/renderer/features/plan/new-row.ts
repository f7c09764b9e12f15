import type { Edit } from '#shared/contract/calls.ts';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { keyAtEnd, keysForMove } from '#shared/sync/order-key.ts';
import { recordById } from '#renderer/store/reading.ts';
import { makeId } from '#renderer/store/make-id.ts';
import { emptyValue } from '../editing/index.ts';
import type { PlanKind, PlanNode, PlanTree } from '../plan-model/index.ts';

/** The group in which a new row is written first: what it is called. */
export const firstGroup: Readonly<Record<PlanKind, string>> = {
  need: 'heading',
  goal: 'statement',
  action: 'content',
};

const statusGroup: Readonly<Record<PlanKind, string>> = {
  need: 'status',
  goal: 'lifecycle',
  action: 'status',
};

/** A row that is being made: its place travels in the draft, so that it is found again after a crash. */
export type NewRow = {
  readonly recordId: Id;
  readonly kind: PlanKind;
  readonly compartment: string;
  readonly parentId: Id | null;
  /** The sibling that it is to follow; null for the end. */
  readonly afterId: Id | null;
};

const parentField = 'newUnder';
const afterField = 'newAfter';

export const startOf = (row: NewRow): JsonObject => ({
  ...emptyValue(row.kind, firstGroup[row.kind]),
  [parentField]: row.parentId,
  [afterField]: row.afterId,
});

/** A new row under or after the selected one: a goal under a need, an action under a goal or after an action. */
export const newRowBelow = (node: PlanNode | undefined, kind: PlanKind): NewRow => {
  const row = {
    recordId: makeId(),
    kind,
    compartment: kind === 'need' ? jointPlan : (node?.record.compartment ?? jointPlan),
  };
  if (!node || kind === 'need')
    return { ...row, parentId: null, afterId: node?.kind === 'need' ? node.id : null };
  if (node.kind === kind) return { ...row, parentId: node.parentId, afterId: node.id };
  return { ...row, parentId: node.id, afterId: null };
};

const idIn = (value: JsonObject, field: string): Id | null => {
  const found = value[field];
  return typeof found === 'string' ? found : null;
};

/** Rows that were begun and never finished: drafts of records that nobody has written. */
export const unfinishedRows = (
  view: ClientView,
): readonly (NewRow & { readonly title: string })[] =>
  view.records.flatMap((record) => {
    const { kind } = record;
    if (kind !== 'need' && kind !== 'goal' && kind !== 'action') return [];
    const draft = record.drafts[firstGroup[kind]];
    if (!draft || Object.keys(record.groups).length > 0) return [];
    const value = draft.value as JsonObject;
    const title = value['title'];
    return [
      {
        recordId: record.id,
        kind,
        compartment: record.compartment,
        parentId: idIn(value, parentField),
        afterId: idIn(value, afterField),
        title: typeof title === 'string' ? title : '',
      },
    ];
  });

type Sibling = Pick<PlanNode, 'id' | 'orderKey' | 'record'>;

const headsOf = (record: RecordView | undefined, group: string): string[] =>
  record?.groups[group]?.heads.map((head) => head.changeId) ?? [];

/** The order that puts a row before another among its siblings (null: last), as edits of their keys. */
export const orderEdits = (
  siblings: readonly Sibling[],
  moved: Sibling,
  before: Id | null,
  kind: PlanKind,
): readonly Edit[] => {
  const rows = siblings.map(({ id, orderKey }) => ({ id, key: orderKey }));
  return [...keysForMove(rows, moved.id, before)].map(([id, key]) => {
    const record = id === moved.id ? moved.record : siblings.find((each) => each.id === id)?.record;
    return {
      recordId: id,
      kind,
      compartment: record?.compartment ?? jointPlan,
      group: 'order',
      value: { key },
      basedOn: headsOf(record, 'order'),
    };
  });
};

const siblingsIn = (tree: PlanTree, parentId: Id | null): readonly PlanNode[] =>
  parentId === null ? tree.needs : (tree.byId.get(parentId)?.children ?? []);

/** Everything that makes a row of what was typed: its words, its place, where it begins. */
export const newRowEdits = (
  row: NewRow,
  typed: JsonObject,
  tree: PlanTree,
  view: ClientView,
): readonly Edit[] => {
  const { [parentField]: _parent, [afterField]: _after, ...value } = typed;
  const base = {
    recordId: row.recordId,
    kind: row.kind,
    compartment: row.compartment,
    basedOn: [],
  };
  const siblings = siblingsIn(tree, row.parentId);
  const following = siblings[siblings.findIndex((each) => each.id === row.afterId) + 1];
  const order =
    row.afterId === null || following === undefined
      ? [{ ...base, group: 'order', value: { key: keyAtEnd(keysOf(siblings)) } }]
      : orderEdits(
          siblings,
          {
            id: row.recordId,
            orderKey: '',
            record: recordById(view, row.recordId) ?? emptyRecord(row),
          },
          following.id,
          row.kind,
        );
  const belonging: JsonObject | null =
    row.kind === 'need'
      ? null
      : row.kind === 'goal'
        ? { needId: row.parentId }
        : { goalId: row.parentId };
  const status = { ...emptyValue(row.kind, statusGroup[row.kind]) };
  return [
    { ...base, group: firstGroup[row.kind], value: { ...value } as Edit['value'] },
    ...(belonging === null
      ? []
      : [{ ...base, group: 'belonging', value: { ...belonging } as Edit['value'] }]),
    { ...base, group: statusGroup[row.kind], value: status as Edit['value'] },
    ...order,
  ];
};

/** Keys without the stand-in of rows that nobody has ordered: nothing fits after that one. */
const keysOf = (siblings: readonly Sibling[]) =>
  siblings
    .filter((each) => each.record.groups['order'] !== undefined)
    .map(({ id, orderKey }) => ({ id, key: orderKey }));

const emptyRecord = (row: NewRow): RecordView => ({
  id: row.recordId,
  kind: row.kind,
  compartment: row.compartment,
  newer: false,
  groups: {},
  existence: { state: 'standing' },
  existenceTouched: null,
  drafts: {},
  unseen: [],
});
