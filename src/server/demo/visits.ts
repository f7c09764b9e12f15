import type { DayNumber } from './days.ts';
import type { MembershipDraft, NeedDraft, VisitDraft } from './draft.ts';
import { entryCompartment } from './team.ts';
import type { Profile } from './profile.ts';

/**
 * Yesterday's visit of the home-care nurse of an invented client's team, when the plan gives the nurse
 * something to do. By the client's number and not by chance, so that nothing else of the region alters.
 */
export const inventVisits = (
  index: number,
  profile: Pick<Profile, 'track' | 'age'>,
  memberships: readonly MembershipDraft[],
  needs: readonly NeedDraft[],
  today: DayNumber,
): readonly VisitDraft[] => {
  const author = memberships.find(
    ({ member, validTo }) => member.person.profession === 'home-care-nurse' && validTo === null,
  )?.member;
  if (author === undefined) return [];
  const tasks = needs.flatMap(({ goals }, need) =>
    goals.flatMap(({ actions }, goal) =>
      actions.flatMap(({ responsibility, status }, action) =>
        responsibility.now.responsibleId === author.person.id && status.now.status === 'in-progress'
          ? [{ at: { need, goal, action }, whyNot: '' }]
          : [],
      ),
    ),
  );
  const [first] = tasks;
  if (first === undefined) return [];
  return [
    {
      author,
      compartment: entryCompartment(author, profile),
      day: today - 1,
      minutes: 8 * 60 + (index % 9) * 35,
      lasted: 20 + (index % 5) * 5,
      tasks,
      goals: [
        {
          at: { need: first.at.need, goal: first.at.goal },
          trend: (['same', 'better', 'same', 'worse'] as const)[index % 4] ?? 'same',
        },
      ],
      medication: '',
      observation: '',
    },
  ];
};
