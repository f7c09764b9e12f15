import { personFacts, type PersonFacts } from '../access/facts.ts';
import { isCurrent } from '../access/team-membership.ts';
import type { CivilDate } from '../civil-date.ts';
import type { Person } from '../directory.ts';
import { sameJson, type Json } from '#shared/lib/canonical-json.ts';
import { existenceGroup, groupDefinition, kindDefinition } from './kinds.ts';

/**
 * Ids of the task classes that settle conflicts of a group (SPEC S4); null where everybody who writes does.
 * Whether a record stands is settled by those who settle what it says.
 */
export const settlersOf = (kind: string, group: string): readonly string[] | null => {
  if (group !== existenceGroup) return groupDefinition(kind, group)?.settledBy ?? null;
  const marked = Object.values(kindDefinition(kind)?.groups ?? {}).flatMap(
    ({ settledBy }) => settledBy ?? [],
  );
  return marked.length === 0 ? null : [...new Set(marked)];
};

/** Whether somebody with these tasks settles conflicts of the group on that day. */
export const maySettle = (
  { kind, group }: { readonly kind: string; readonly group: string },
  tasks: PersonFacts['tasks'],
  today: CivilDate,
): boolean => {
  const settlers = settlersOf(kind, group);
  return (
    settlers === null ||
    tasks.some((task) => settlers.includes(task.taskClass) && isCurrent(task, today))
  );
};

/** As `maySettle`, for somebody of the directory. */
export const personSettles = (
  place: { readonly kind: string; readonly group: string },
  person: Person,
  today: CivilDate,
): boolean => maySettle(place, personFacts(person, []).tasks, today);

/** Whether a change that replaces versions of these values decides between them: equal ones ask nothing (M2). */
export const decidesBetween = (replaced: readonly Json[]): boolean => {
  const [first, ...others] = replaced;
  return first !== undefined && others.some((value) => !sameJson(value, first));
};
