import type { Edit } from '#shared/contract/calls.ts';
import type { RecordView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import {
  carriedPart,
  copyIdOf,
  newPartOf,
  partEdit,
  partOf,
} from '#shared/domain/family/common-rows.ts';
import type { Id } from '#shared/domain/ids.ts';
import { keyAtEnd } from '#shared/sync/order-key.ts';
import { valueOf } from '#renderer/store/reading.ts';
import { emptyValue } from '../editing/index.ts';
import type { Sibling } from './family.ts';

/** Why a row cannot be put in a sibling's plan, or how it stands there already. */
export type Hindrance = 'there' | 'read-only' | 'removed' | 'no-place';

/** A row of the sibling's plan under which the row can be put. */
export type Place = { readonly id: Id; readonly title: string; readonly lifeArea: string | null };

/** The need that the row hangs on here, to be made anew in the sibling's plan. */
export const newNeed = 'new';

export type PutPlace = {
  readonly hindrance: Hindrance | null;
  readonly places: readonly Place[];
  /** Where it is put until another place is chosen: an id, `new`, or null for none. */
  readonly place: string | null;
};

const standing = (records: readonly RecordView[], kind: string): readonly RecordView[] =>
  records.filter((record) => record.kind === kind && record.existence.state !== 'removed');

const needPlace = (record: RecordView): Place => {
  const heading = valueOf(record, 'need', 'heading');
  return { id: record.id, title: heading?.title ?? '', lifeArea: heading?.lifeArea ?? null };
};

const goalPlace = (record: RecordView): Place => ({
  id: record.id,
  title: valueOf(record, 'goal', 'statement')?.title ?? '',
  lifeArea: null,
});

/** The row that would say the same in the sibling's plan: one of that tie, or the id it will have. */
const counterpart = (row: RecordView, there: readonly RecordView[], caseId: Id) => {
  const part = carriedPart(row) ?? newPartOf(row.id);
  const id = copyIdOf(part, caseId);
  return { id, record: there.find((each) => carriedPart(each) === part || each.id === id) };
};

/** Where a row may be put among a sibling's rows. `parent` is what it hangs on in its own plan. */
export const putPlace = (
  row: RecordView,
  parent: RecordView | undefined,
  sibling: Sibling,
  there: readonly RecordView[],
): PutPlace => {
  const same = counterpart(row, there, sibling.caseId).record;
  const isGoal = row.kind === 'goal';
  const places = isGoal
    ? standing(there, 'need').map(needPlace)
    : standing(there, 'goal').map(goalPlace);
  const lifeArea = valueOf(parent, 'need', 'heading')?.lifeArea;
  const tie = parent === undefined ? null : partOf(parent);
  const likely = isGoal
    ? (places.find((place) => place.lifeArea === lifeArea)?.id ?? newNeed)
    : (standing(there, 'goal').find((goal) => tie !== null && partOf(goal) === tie)?.id ??
      places[0]?.id ??
      null);
  const hindrance =
    same !== undefined && partOf(same) !== null && partOf(row) !== null
      ? 'there'
      : !sibling.mayWrite
        ? 'read-only'
        : same?.existence.state === 'removed'
          ? 'removed'
          : likely === null || (likely === newNeed && parent === undefined)
            ? 'no-place'
            : null;
  return { hindrance, places, place: likely };
};

type Made = Omit<Edit, 'group' | 'value'>;

const begun = (recordId: Id, kind: string): Made => ({
  recordId,
  kind,
  compartment: jointPlan,
  basedOn: [],
});

const edit = (made: Made, group: string, value: object): Edit => ({
  ...made,
  group,
  value: { ...value },
});

const lastKey = (there: readonly RecordView[], kind: string): string =>
  keyAtEnd(
    standing(there, kind).flatMap((record) => {
      const order = record.groups['order'];
      const key = order === undefined || order.state === 'conflict' ? null : order.value['key'];
      return typeof key === 'string' ? [{ id: record.id, key }] : [];
    }),
  );

/** The need as it is called here; what was assessed of this child stays here. */
const needEdits = (need: RecordView, id: Id, there: readonly RecordView[]): readonly Edit[] => {
  const made = begun(id, 'need');
  return [
    edit(made, 'heading', valueOf(need, 'need', 'heading') ?? emptyValue('need', 'heading')),
    edit(made, 'status', emptyValue('need', 'status')),
    edit(made, 'order', { key: lastKey(there, 'need') }),
  ];
};

/** What the children have in common goes along; how it goes and who answers begins anew with each child. */
const sayings: Readonly<Record<string, readonly string[]>> = {
  goal: ['statement', 'target'],
  action: ['content', 'schedule', 'provider'],
};

/** Everything that puts the row in the sibling's plan, as edits of that plan. */
export const putEdits = (
  row: RecordView,
  parent: RecordView | undefined,
  sibling: Sibling,
  there: readonly RecordView[],
  { place, needId }: { readonly place: string; readonly needId: Id },
): readonly Edit[] => {
  const { id, record } = counterpart(row, there, sibling.caseId);
  if (record !== undefined) return [partEdit(record, true) as Edit];
  const made = begun(id, row.kind);
  const isGoal = row.kind === 'goal';
  const makesNeed = isGoal && place === newNeed && parent !== undefined;
  const under = makesNeed ? needId : place;
  const said = (sayings[row.kind] ?? []).flatMap((group) => {
    const view = row.groups[group];
    return view === undefined || view.state === 'conflict' ? [] : [edit(made, group, view.value)];
  });
  return [
    ...(makesNeed ? needEdits(parent, needId, there) : []),
    ...said,
    edit(made, 'belonging', isGoal ? { needId: under } : { goalId: under }),
    isGoal
      ? edit(made, 'lifecycle', emptyValue('goal', 'lifecycle'))
      : edit(made, 'status', emptyValue('action', 'status')),
    edit(made, 'order', { key: lastKey(there, row.kind) }),
    edit(made, 'family-part', partEdit(row, true).value),
  ];
};
