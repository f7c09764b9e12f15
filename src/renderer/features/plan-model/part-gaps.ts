import type { ClientView } from '#shared/contract/views.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { asks, templateOf, type Asked } from '#shared/domain/plan-tracks.ts';
import { isRiskKind } from '#shared/domain/records/risk.ts';
import { valueOf } from '#renderer/store/reading.ts';
import { checksOf, type Check } from './checks.ts';
import type { ElementState } from './element-state.ts';
import type { PlanTree } from './plan-tree.ts';

/** What the plan lacks as a whole, by the element that mends it. */
export type PartGap = {
  readonly gap: 'element' | 'acceptance' | 'review' | 'review-past' | 'check' | 'check-past';
  readonly elementId: string;
  /** The row that lacks it; missing for the element as a whole. */
  readonly row?: Pick<Check, 'kind' | 'name'> & { readonly recordId: Id };
};

/** What the plan's own track asks for, element by element. */
export const askedOf = (tree: PlanTree, today: CivilDate): ((elementId: string) => Asked) => {
  const track = valueOf(tree.plan, 'plan', 'course')?.track ?? null;
  const template = templateOf(track, today);
  return (elementId) => asks(template, elementId);
};

const gapOf = (
  { element, isWritten }: ElementState,
  isRequired: boolean,
): PartGap['gap'] | null => {
  if (isWritten || !isRequired) return null;
  switch (element.id) {
    case 'acceptance':
    case 'review':
      return element.id;
    default:
      return 'element';
  }
};

/** What is followed has a day on which it is looked at next, and that day has not passed. A risk may have no day. */
const checkGaps = (view: ClientView, elementId: string, today: CivilDate): readonly PartGap[] =>
  checksOf(view).flatMap(({ record, kind, name, nextOn }): readonly PartGap[] => {
    if (kind !== elementId || (nextOn === null ? isRiskKind(kind) : nextOn >= today)) return [];
    const gap = nextOn === null ? 'check' : 'check-past';
    return [{ gap, elementId, row: { recordId: record.id, kind, name } }];
  });

/**
 * Elements that the plan's track requires and nobody has written, the client's acceptance, and a review that
 * has no day or whose day has passed, and follow-ups with no next day, in the order of the elements. A plan that has ended lacks nothing.
 */
export const partGaps = (
  view: ClientView,
  tree: PlanTree,
  states: readonly ElementState[],
  today: CivilDate,
): readonly PartGap[] => {
  if (!tree.plan || valueOf(tree.plan, 'plan', 'course')?.status === 'ended') return [];
  const asked = askedOf(tree, today);
  const review = valueOf(tree.plan, 'plan', 'review')?.date ?? null;
  return states.flatMap((state) => {
    const { id } = state.element;
    if (id === 'review' && review !== null && review < today) {
      return [{ gap: 'review-past' as const, elementId: id }];
    }
    if (state.element.shape === 'rows' && state.isWritten) return checkGaps(view, id, today);
    const gap = gapOf(state, asked(id) === 'required');
    return gap === null ? [] : [{ gap, elementId: id }];
  });
};
