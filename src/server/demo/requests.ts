import { planIdOf, type Id } from '#shared/domain/ids.ts';
import { civilDate, type DayNumber } from './days.ts';
import type { MembershipDraft, NeedDraft, RequestDraft } from './draft.ts';
import type { StaffMember } from './directory.ts';
import type { Phrases } from './material.ts';

/**
 * What an invented client's own worker has asked of the team: of every third client something, some of it
 * late, some answered. By the client's number and not by chance, so that nothing else of the region alters.
 */
export const inventRequests = (
  index: number,
  words: Phrases['requests'],
  custodian: StaffMember,
  memberships: readonly MembershipDraft[],
  needs: readonly NeedDraft[],
  today: DayNumber,
): readonly RequestDraft[] => {
  const colleague = memberships.find(
    ({ member, role, validTo }) =>
      member.person.id !== custodian.person.id && role !== 'student' && validTo === null,
  )?.member;
  if (index % 3 !== 1 || colleague === undefined || needs.length === 0) return [];
  const isQuestion = index % 2 === 0;
  const state = (['open', 'open', 'answered', 'open', 'declined'] as const)[index % 5] ?? 'open';
  return [
    {
      asker: custodian,
      kind: isQuestion ? 'question' : 'fill-part',
      asked: colleague,
      profession: null,
      at: { need: 0, goal: null },
      text: isQuestion ? words.question : words.fillPart,
      due: civilDate(today + (index % 11) - 3),
      day: today - 6,
      minutes: 9 * 60 + (index % 7) * 20,
      answer:
        state === 'open'
          ? null
          : {
              by: colleague,
              state,
              text: words[state],
              day: today - 1,
              minutes: 13 * 60 + (index % 5) * 15,
            },
      acknowledged: false,
    },
  ];
};

/** Where the rows of a plan were put, by their numbers in the draft. */
export type PlanPlaces = readonly {
  readonly id: Id;
  readonly goals: readonly { readonly id: Id; readonly actions: readonly Id[] }[];
}[];

/** The row that a request is about; the plan as a whole where it names none. */
export const placeOf = (caseId: Id, places: PlanPlaces, at: RequestDraft['at']): Id => {
  const need = at === null ? undefined : places[at.need];
  if (at === null || need === undefined) return planIdOf(caseId);
  return (at.goal === null ? undefined : need.goals[at.goal]?.id) ?? need.id;
};
