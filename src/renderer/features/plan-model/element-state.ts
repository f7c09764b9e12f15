import type { ClientView, RecordView, VersionView } from '#shared/contract/views.ts';
import type { Register } from '#shared/domain/codes.ts';
import { planElements, type ElsewhereId, type PlanElement } from '#shared/domain/plan-elements.ts';
import type { Json, JsonObject } from '#shared/lib/canonical-json.ts';
import {
  latestVersion,
  shownValue,
  standingOf,
  valueOf,
  versionsOf,
} from '#renderer/store/reading.ts';
import { isActiveAction } from './gaps.ts';
import { allNodes, type PlanNode, type PlanTree } from './plan-tree.ts';

/** Choices that mean "nobody has asked yet", by group: they alone say nothing. */
const unasked: Readonly<Record<string, JsonObject>> = {
  acceptance: { state: 'not-asked' },
  'earlier-goals': { attainment: 'not-assessed' },
};

const isBlank = (content: Json): boolean =>
  content === null ||
  content === false ||
  (typeof content === 'string' && content.trim() === '') ||
  (Array.isArray(content) && content.length === 0);

/** Whether a value of the plan's group says anything. */
export const saysSomething = (group: string, value: JsonObject): boolean =>
  Object.entries(value).some(
    ([field, content]) => !isBlank(content) && unasked[group]?.[field] !== content,
  );

/** One element as the plan has it now. */
export type ElementState = {
  readonly element: PlanElement;
  readonly isWritten: boolean;
  /** Who wrote it last; null for what is told by other rows. */
  readonly written: VersionView | null;
  /** How many versions stand side by side; nought when none do. */
  readonly versions: number;
  readonly isUnfinished: boolean;
  /** The rows of an element that has several, in the order of their writing. */
  readonly records: readonly RecordView[];
};

const serviceKinds: ReadonlySet<string> = new Set(['service', 'care', 'rehabilitation']);

/** Whether an action is something that is delivered to the client, and not what the client or a relative does. */
export const isService = (node: PlanNode): boolean =>
  serviceKinds.has(valueOf(node.record, 'action', 'content')?.kind ?? '');

/** Services that are planned or under way: keinot, jotka ovat palveluja. */
export const plannedServices = (tree: PlanTree): readonly PlanNode[] =>
  allNodes(tree).filter(
    (node) =>
      node.kind === 'action' && node.state !== 'removed' && isActiveAction(node) && isService(node),
  );

/** Representatives and close people who have a task in the plan (703/2023 43 §). */
export const privatePeople = (view: ClientView): readonly RecordView[] =>
  standingOf(view, 'representative').filter(
    (record) => (valueOf(record, 'representative', 'details')?.taskInPlan ?? '').trim() !== '',
  );

const isToldElsewhere = (id: ElsewhereId, view: ClientView, tree: PlanTree): boolean => {
  switch (id) {
    case 'goals':
      return allNodes(tree).some((node) => node.kind === 'goal' && node.state !== 'removed');
    case 'services':
      return plannedServices(tree).length > 0;
    case 'providers':
      return allNodes(tree).some(
        (node) =>
          node.kind === 'action' &&
          node.state !== 'removed' &&
          Boolean(valueOf(node.record, 'action', 'responsibility')?.responsibleId),
      );
    default:
      return privatePeople(view).length > 0;
  }
};

const nothing = { written: null, versions: 0, isUnfinished: false, records: [] };

const groupState = (element: PlanElement, group: string, plan: RecordView | undefined) => {
  const groupView = plan?.groups[group];
  const value = groupView === undefined ? undefined : shownValue(groupView);
  return {
    element,
    isWritten: value !== undefined && saysSomething(group, value),
    written: latestVersion(groupView?.heads ?? []) ?? null,
    versions: groupView?.state === 'conflict' ? groupView.heads.length : 0,
    isUnfinished: plan !== undefined && Object.hasOwn(plan.drafts, group),
    records: [],
  };
};

const hasBeenWritten = (record: RecordView): boolean => Object.keys(record.groups).length > 0;

const rowsState = (element: PlanElement, kind: string, view: ClientView): ElementState => {
  const records = view.records.filter(
    (record) => record.kind === kind && record.existence.state !== 'removed',
  );
  const written = records.filter(hasBeenWritten);
  return {
    element,
    isWritten: written.length > 0,
    written: null,
    versions: Math.max(0, ...records.map(versionsOf)),
    isUnfinished: false,
    // An id is made when a row is begun, so that ids stand in the order of their rows.
    records: records.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
};

const stateOf = (element: PlanElement, view: ClientView, tree: PlanTree): ElementState => {
  switch (element.shape) {
    case 'group':
      return groupState(element, element.group, tree.plan);
    case 'rows':
      return rowsState(element, element.kind, view);
    default:
      return { ...nothing, element, isWritten: isToldElsewhere(element.id, view, tree) };
  }
};

/**
 * Every element of the national client plan that concerns this plan, in its order, as it is now. What lies in a
 * register of its own is there when something is written, or where one may begin it oneself.
 */
export const elementStates = (
  view: ClientView,
  tree: PlanTree,
  begins: readonly Register[] = [],
): readonly ElementState[] => {
  const track = valueOf(tree.plan, 'plan', 'course')?.track ?? '';
  return planElements
    .map((element) => stateOf(element, view, tree))
    .filter(
      ({ element: { onlyFor, register }, isWritten, isUnfinished, records }) =>
        isWritten ||
        isUnfinished ||
        records.length > 0 ||
        ((onlyFor === undefined || onlyFor.includes(track)) &&
          (register === undefined || begins.includes(register))),
    );
};

/** Who wrote a row last. */
export const rowWriter = (record: RecordView): VersionView | null =>
  latestVersion(Object.values(record.groups).flatMap(({ heads }) => heads)) ?? null;
