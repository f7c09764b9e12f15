import material from '#resources/demo/followed.json' with { type: 'json' };
import { civilDate, type DayNumber } from './days.ts';
import { staffMember, type StaffMember } from './directory.ts';
import type { RowDraft, MembershipDraft } from './draft.ts';

type Row = {
  readonly kind: string;
  readonly compartment: string;
  readonly by?: string;
  readonly daysAgo: number;
  readonly main: Readonly<Record<string, unknown>>;
  /** Days from the region's day, for a diagnosis. */
  readonly since?: number;
  readonly followUp: Readonly<Record<string, unknown>>;
  /** Whoever answers for it by name. */
  readonly person?: string;
  readonly nextInDays: number | null;
  readonly state: Readonly<Record<string, unknown>>;
};

const draftOf = (row: Row, author: StaffMember, today: DayNumber): RowDraft => {
  const kind = row.kind === 'diagnosis' ? 'diagnosis' : 'medication';
  const since = row.since === undefined ? {} : { since: civilDate(today + row.since) };
  return {
    author,
    kind,
    compartment: row.compartment,
    day: today - row.daysAgo,
    groups: [
      {
        group: kind === 'diagnosis' ? 'diagnosis' : 'medicine',
        value: { ...row.main, ...since },
      },
      {
        group: 'follow-up',
        value: {
          ...row.followUp,
          personId: row.person === undefined ? null : staffMember(row.person).person.id,
          nextOn: row.nextInDays === null ? null : civilDate(today + row.nextInDays),
        },
      },
      { group: 'state', value: { ...row.state, date: null } },
    ],
  };
};

/** What is followed of Aune's health, by her doctor and the home nursing. */
export const namedFollowed = (today: DayNumber): readonly RowDraft[] =>
  material.aune.map((row) => draftOf(row, staffMember(row.by), today));

/** How many of the first invented clients may have something that is followed. */
const clientsFollowed = 12;

/** What a nurse or doctor of the team follows of an older client's health. */
export const inventedFollowed = (
  index: number,
  plan: { readonly track: string; readonly language: 'fi' | 'sv' },
  memberships: readonly MembershipDraft[],
  today: DayNumber,
): readonly RowDraft[] => {
  if (index >= clientsFollowed || plan.track !== 'older-people' || plan.language !== 'fi') {
    return [];
  }
  const author = memberships.find(
    ({ member, validFrom, validTo }) =>
      member.person.taskClass === 'broad-health' &&
      validFrom <= civilDate(today - 20) &&
      validTo === null,
  )?.member;
  return author === undefined
    ? []
    : material['older-people'].map((row) => draftOf(row, author, today));
};
