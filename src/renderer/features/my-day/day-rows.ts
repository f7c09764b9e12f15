import type { WorkItem, WorkSort } from '#shared/contract/work-calls.ts';
import { foldForSearch } from '#shared/domain/search-fold.ts';
import type { TreeRow } from '#renderer/components/tree-moves.ts';

/** The parts of the day, in the order in which they are read. */
export const daySections = ['due', 'settle', 'requests', 'changed'] as const;
export type DaySection = (typeof daySections)[number];

const sectionOfSort: Readonly<Record<WorkSort, DaySection>> = {
  review: 'due',
  conflict: 'settle',
  refused: 'settle',
  returned: 'settle',
  'set-aside': 'settle',
  request: 'requests',
  'own-request': 'requests',
  answer: 'requests',
  'hand-over': 'requests',
  changed: 'changed',
};

export const sectionOf = ({ sort }: Pick<WorkItem, 'sort'>): DaySection => sectionOfSort[sort];

export type DayGrouping = 'section' | 'client';

export type DayHeading = {
  readonly section: DaySection | null;
  readonly client: WorkItem['client'];
  readonly count: number;
};

/** A line of the list: a heading, or something to do. */
export type DayRow = TreeRow & ({ readonly heading: DayHeading } | { readonly item: WorkItem });

export type DayChoice = {
  readonly grouping: DayGrouping;
  /** What was typed; every word must begin or be within a word of the line. */
  readonly query: string;
  readonly closed: ReadonlySet<string>;
  /** All that a line says, for looking in it. */
  readonly wordsOf: (item: WorkItem) => readonly string[];
};

const latest = '9999-12-31';

/** What is due first stands first; then what is newest. */
const byUrgency = (a: WorkItem, b: WorkItem): number => {
  const [one, other] = [a.due ?? latest, b.due ?? latest];
  if (one !== other) return one < other ? -1 : 1;
  return (b.time ?? 0) - (a.time ?? 0) || (a.key < b.key ? -1 : 1);
};

const isFound = (item: WorkItem, { query, wordsOf }: DayChoice): boolean => {
  const asked = foldForSearch(query).split(/\s+/u).filter(Boolean);
  if (asked.length === 0) return true;
  const said = foldForSearch(wordsOf(item).join(' '));
  return asked.every((word) => said.includes(word));
};

type Group = {
  readonly id: string;
  readonly heading: Omit<DayHeading, 'count'>;
  readonly items: readonly WorkItem[];
};

const bySection = (items: readonly WorkItem[]): readonly Group[] =>
  daySections.map((section) => ({
    id: `section/${section}`,
    heading: { section, client: null },
    items: items.filter((item) => sectionOf(item) === section).toSorted(byUrgency),
  }));

/** Clients by what is most urgent; within a client in the order of the sections. */
const byClient = (items: readonly WorkItem[]): readonly Group[] => {
  const place = (item: WorkItem): number => daySections.indexOf(sectionOf(item));
  const groups = [...Map.groupBy(items, ({ client }) => client?.caseId ?? '')].map(
    ([caseId, ofClient]) => ({
      id: `client/${caseId}`,
      heading: { section: null, client: ofClient[0]?.client ?? null },
      items: ofClient.toSorted((a, b) => place(a) - place(b) || byUrgency(a, b)),
      first: Math.min(...ofClient.map(place)),
      urgent: ofClient.toSorted(byUrgency)[0],
    }),
  );
  return groups.toSorted((a, b) => {
    if (!a.urgent || !b.urgent) return 0;
    const [one, other] = [a.urgent.due ?? latest, b.urgent.due ?? latest];
    if (one !== other) return one < other ? -1 : 1;
    return a.first - b.first || byUrgency(a.urgent, b.urgent);
  });
};

/** The lines in sight. Empty headings are left out. */
export const dayRows = (items: readonly WorkItem[], choice: DayChoice): readonly DayRow[] => {
  const found = items.filter((item) => isFound(item, choice));
  const groups = choice.grouping === 'section' ? bySection(found) : byClient(found);
  return groups.flatMap(({ id, heading, items: ofGroup }): readonly DayRow[] => {
    if (ofGroup.length === 0) return [];
    const isOpen = !choice.closed.has(id);
    return [
      {
        id,
        level: 1,
        parentId: null,
        isOpen,
        heading: { ...heading, count: ofGroup.length },
      },
      ...(isOpen ? ofGroup.map((item) => ({ id: item.key, level: 2, parentId: id, item })) : []),
    ];
  });
};

/** How many lines ask for something; what has merely changed does not. */
export const countOf = (items: readonly WorkItem[]): number =>
  items.filter(({ sort }) => sort !== 'changed').length;
