import material from '#resources/demo/plan-parts.json' with { type: 'json' };
import { rowGroupOf, type RowKind } from '#shared/domain/plan-elements.ts';
import { civilDate, type DayNumber } from './days.ts';
import { staffMember, type StaffMember } from './directory.ts';
import type { Track } from './material.ts';

type Written = {
  /** Who wrote it; the own worker where nobody else is named. */
  readonly by?: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Days from the region's day, by field; null for none. */
  readonly days?: Readonly<Record<string, number | null>>;
  /** A field for the own worker, and one for several of the staff. */
  readonly person?: string;
  readonly people?: Readonly<Record<string, readonly string[]>>;
};

type Part = Written & { readonly group: string };
type Row = Written & { readonly kind: string };
type Material = { readonly groups: readonly Part[]; readonly rows: readonly Row[] };

/** What a plan says besides its tree, before it becomes changes. */
export type PlanPartDraft = {
  readonly author: StaffMember;
  /** Null for a group of the plan's own record. */
  readonly kind: RowKind | null;
  readonly group: string;
  readonly value: Readonly<Record<string, unknown>>;
};

const valueOf = (
  { value, days = {}, person, people = {} }: Written,
  custodian: StaffMember,
  today: DayNumber,
): PlanPartDraft['value'] => ({
  ...value,
  ...Object.fromEntries(
    Object.entries(days).map(([field, offset]) => [
      field,
      offset === null ? null : civilDate(today + offset),
    ]),
  ),
  ...(person === undefined ? {} : { [person]: custodian.person.id }),
  ...Object.fromEntries(
    Object.entries(people).map(([field, logins]) => [
      field,
      logins.map((login) => staffMember(login).person.id),
    ]),
  ),
});

const draftsOf = (
  { groups, rows }: Material,
  custodian: StaffMember,
  today: DayNumber,
): readonly PlanPartDraft[] => {
  const draft = (written: Written, kind: RowKind | null, group: string): PlanPartDraft => ({
    author: written.by === undefined ? custodian : staffMember(written.by),
    kind,
    group,
    value: valueOf(written, custodian, today),
  });
  return [
    ...groups.map((part) => draft(part, null, part.group)),
    ...rows.map((row) => draft(row, row.kind as RowKind, rowGroupOf(row.kind as RowKind))),
  ];
};

/** The parts of Aune's plan. Two that her track requires are still to be written. */
export const namedParts = (custodian: StaffMember, today: DayNumber): readonly PlanPartDraft[] =>
  draftsOf(material.aune, custodian, today);

/** The service of Aune's plan for which she said how she would have it. */
export const namedService = material.aune.service;

/** How many of the first invented clients have parts: enough for each track to be seen. */
const clientsWithParts = 12;

/** The parts of an invented client's plan. */
export const inventedParts = (
  index: number,
  plan: { readonly track: Track; readonly language: 'fi' | 'sv' },
  custodian: StaffMember,
  today: DayNumber,
): readonly PlanPartDraft[] =>
  index < clientsWithParts && plan.language === 'fi'
    ? draftsOf(material[plan.track], custodian, today)
    : [];
