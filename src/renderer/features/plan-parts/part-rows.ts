import type { RecordView } from '#shared/contract/views.ts';
import { planSections, type PlanSection, type RowKind } from '#shared/domain/plan-elements.ts';
import type { Asked } from '#shared/domain/plan-tracks.ts';
import type { TreeRow } from '#renderer/components/tree-moves.ts';
import { versionsOf } from '#renderer/store/reading.ts';
import type { ElementState } from '../plan-model/index.ts';

export const partFilters = ['all', 'missing', 'conflicts'] as const;
export type PartFilter = (typeof partFilters)[number];

/** A row of the plan's parts: a chapter, an element, and a record of an element that has several. */
export type PartRow = TreeRow &
  (
    | {
        readonly of: 'section';
        readonly section: PlanSection;
        readonly states: readonly ElementState[];
      }
    | { readonly of: 'element'; readonly state: ElementState; readonly asked: Asked }
    | { readonly of: 'record'; readonly state: ElementState; readonly record: RecordView }
  );

export type PartChoice = {
  readonly filter: PartFilter;
  readonly closed: ReadonlySet<string>;
  readonly asked: (elementId: string) => Asked;
  /** Ids of the elements that the plan lacks, and of rows that lack something. */
  readonly missing: Pick<ReadonlySet<string>, 'has'>;
};

export const sectionRowId = (section: PlanSection): string => `section-${section}`;

const passes = (state: ElementState, { filter, missing }: PartChoice): boolean => {
  switch (filter) {
    case 'missing':
      return missing.has(state.element.id) || state.records.some(({ id }) => missing.has(id));
    case 'conflicts':
      return state.versions > 0;
    default:
      return true;
  }
};

const elementRows = (state: ElementState, choice: PartChoice): readonly PartRow[] => {
  const { element, records } = state;
  const shown = records.filter((each) => {
    if (choice.filter === 'conflicts') return versionsOf(each) > 0;
    return choice.filter === 'all' || choice.missing.has(each.id);
  });
  const isOpen = choice.filter !== 'all' || !choice.closed.has(element.id);
  return [
    {
      of: 'element',
      id: element.id,
      level: 2,
      parentId: sectionRowId(element.section),
      ...(shown.length > 0 ? { isOpen } : {}),
      state,
      asked: choice.asked(element.id),
    },
    ...(isOpen ? shown : []).map((record): PartRow => ({
      of: 'record',
      id: record.id,
      level: 3,
      parentId: element.id,
      state,
      record,
    })),
  ];
};

/** What is in sight, in order: a closed row hides what is beneath it, a filter opens everything. */
export const partRows = (states: readonly ElementState[], choice: PartChoice): readonly PartRow[] =>
  planSections.flatMap((section): readonly PartRow[] => {
    const id = sectionRowId(section);
    const ofSection = states.filter(({ element }) => element.section === section);
    const shown = ofSection.filter((state) => passes(state, choice));
    if (shown.length === 0) return [];
    const isOpen = choice.filter !== 'all' || !choice.closed.has(id);
    return [
      { of: 'section', id, level: 1, parentId: null, isOpen, section, states: ofSection },
      ...(isOpen ? shown.flatMap((state) => elementRows(state, choice)) : []),
    ];
  });

/** A row that somebody began and nobody has written. */
export const isUnwritten = (row: PartRow): boolean =>
  row.of === 'record' && Object.keys(row.record.groups).length === 0;

/** The kind of which a row is one, or under which it stands; null where there are no rows to add. */
export const rowKindOf = (row: PartRow): RowKind | null =>
  row.of !== 'section' && row.state.element.shape === 'rows' ? row.state.element.kind : null;

/** The record and group that a row writes, if it writes any. */
export const placeOfRow = (
  row: PartRow,
  plan: RecordView,
): { readonly record: RecordView; readonly group: string } | null => {
  if (row.of === 'section') return null;
  const { element } = row.state;
  if (row.of === 'record' && element.shape === 'rows') {
    return { record: row.record, group: element.group };
  }
  return row.of === 'element' && element.shape === 'group'
    ? { record: plan, group: element.group }
    : null;
};

/** The rows that stand above a place, to be opened when it is shown. */
export const rowsAbove = (states: readonly ElementState[], id: string): readonly string[] => {
  const state = states.find(
    ({ element, records }) => element.id === id || records.some((record) => record.id === id),
  );
  return state === undefined ? [] : [sectionRowId(state.element.section), state.element.id];
};
