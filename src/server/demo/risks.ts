import material from '#resources/demo/risks.json' with { type: 'json' };
import { jointPlan } from '#shared/domain/codes.ts';
import { isRiskKind } from '#shared/domain/records/risk.ts';
import { civilDate, type DayNumber } from './days.ts';
import { staffMember, type StaffMember } from './directory.ts';
import type { MembershipDraft, RowDraft } from './draft.ts';

type Row = {
  readonly kind: string;
  /** Missing for what lies in the joint plan. */
  readonly compartment?: string;
  readonly type: string;
  readonly means: string;
  readonly guidance: string;
  readonly checkedDaysAgo: number;
  readonly nextInDays: number | null;
};

const draftOf = (row: Row, author: StaffMember, today: DayNumber, daysAgo: number): RowDraft => {
  const { kind, compartment = jointPlan, type, means, guidance } = row;
  if (!isRiskKind(kind)) throw new Error(`No kind of risk in the demo's material: ${kind}`);
  const day = today - daysAgo;
  return {
    author,
    kind,
    compartment,
    day,
    groups: [
      {
        group: 'risk',
        value: { type, means, personId: author.person.id, notedOn: civilDate(day) },
      },
      { group: 'guidance', value: { text: guidance } },
      {
        group: 'check',
        value: {
          checkedOn: civilDate(today - row.checkedDaysAgo),
          nextOn: row.nextInDays === null ? null : civilDate(today + row.nextInDays),
        },
      },
      { group: 'state', value: { state: 'in-force', date: civilDate(day), reason: '' } },
    ],
  };
};

/** What must be known before one meets Aune. */
export const namedRisks = (today: DayNumber): readonly RowDraft[] =>
  material.aune.map((row) => draftOf(row, staffMember(row.by), today, row.daysAgo));

/** How many of the first invented clients may have risks written down. */
const clientsWithRisks = 24;

/** What the custodian of an older client has written of risks. */
export const inventedRisks = (
  index: number,
  plan: { readonly track: string; readonly language: 'fi' | 'sv' },
  memberships: readonly MembershipDraft[],
  today: DayNumber,
): readonly RowDraft[] => {
  if (index >= clientsWithRisks || plan.track !== 'older-people' || plan.language !== 'fi') {
    return [];
  }
  const author = memberships.find(
    ({ validFrom, validTo }) => validFrom <= civilDate(today - 20) && validTo === null,
  )?.member;
  return author === undefined
    ? []
    : material['older-people'].map((row) => draftOf(row, author, today, 12));
};
