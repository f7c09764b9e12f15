import elementList from '#resources/codes/plan-elements.json' with { type: 'json' };
import statuteList from '#resources/codes/statutes.json' with { type: 'json' };
import { findCode, type Code, type Language, type Register } from './codes.ts';
import type { GroupName, RecordKind } from './records/kinds.ts';

/** A place in the law: the statute's number and the section, such as `1301/2014` and `39 §`. */
export type Law = { readonly statute: string; readonly section: string };

/** The chapters under which the elements stand, in their order. */
export const planSections = [
  'start',
  'assessment',
  'means',
  'health',
  'together',
  'follow-up',
] as const;
export type PlanSection = (typeof planSections)[number];

type Common = {
  readonly id: string;
  readonly section: PlanSection;
  readonly law: readonly Law[];
  /** Tracks whose plans have it; missing for those of every track. Once written, it stays in sight. */
  readonly onlyFor?: readonly string[];
  /** Whose register it lies in: nothing tells of it to those who see none of that. Missing: the joint plan. */
  readonly register?: Register;
};

/** What is told by other rows of the plan or by the team, and written there. */
export const elsewhereIds = ['goals', 'services', 'providers', 'private-people'] as const;
export type ElsewhereId = (typeof elsewhereIds)[number];

/** Kinds of which a plan has several records. */
export const rowKinds = [
  'risk',
  'health-risk',
  'social-risk',
  'contingency',
  'diagnosis',
  'medication',
  'plan-meeting',
  'dissenting-view',
] as const;
export type RowKind = (typeof rowKinds)[number] & RecordKind;

export const isRowKind = (kind: string): kind is RowKind =>
  (rowKinds as readonly string[]).includes(kind);

/**
 * One thing that a client plan says (1301/2014 39 §; 703/2023 42–43 §): a group of the plan's record, rows of
 * a kind of their own, or what is written elsewhere.
 */
export type PlanElement =
  | (Common & { readonly shape: 'group'; readonly group: GroupName<'plan'> })
  | (Common & {
      readonly shape: 'rows';
      readonly kind: RowKind;
      /** What a row is called and begun by; `more` are its other groups. */
      readonly group: string;
      readonly more?: readonly string[];
    })
  | (Common & { readonly shape: 'elsewhere'; readonly id: ElsewhereId });

export const planElements = elementList as readonly PlanElement[];

/** The groups of a kind of rows, the one that it is begun by first. */
export const rowGroupsOf = (kind: RowKind): readonly string[] =>
  planElements.flatMap((each) =>
    each.shape === 'rows' && each.kind === kind ? [each.group, ...(each.more ?? [])] : [],
  );

/** The group that a row is called and begun by. */
export const rowGroupOf = (kind: RowKind): string => rowGroupsOf(kind)[0] ?? '';

export const statutes = statuteList as readonly Code[];

/** `Sosiaalihuoltolaki (1301/2014) 39 §`; a structure that is no statute has a name alone. */
export const lawWords = ({ statute, section }: Law, language: Language): string => {
  const name = findCode(statutes, statute)?.[language] ?? statute;
  return section === '' ? name : `${name} (${statute}) ${section}`;
};
