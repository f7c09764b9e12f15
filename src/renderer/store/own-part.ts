import type { ClientView, GrantPart } from '#shared/contract/views.ts';
import { servicesOf } from '#shared/domain/access/decide.ts';
import { personFacts } from '#shared/domain/access/facts.ts';
import { covers, isProtected, relationRules, ruleFor } from '#shared/domain/access/rules.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import {
  compartments,
  contactDetails,
  jointPlan,
  type Compartment,
  type Register,
} from '#shared/domain/codes.ts';
import type { Person } from '#shared/domain/directory.ts';
import { useDirectory } from './people.ts';
import { useAppSelector } from './store.ts';
import { useToday } from './use-now.ts';

/**
 * One part of a client as it is open to oneself: as the region granted it, or, where nothing of it lies
 * here yet, as one's relation and tasks open it by themselves, so that the first record of it can be
 * begun. Null when it is not open. The core decides by the same rule when something is written.
 */
export const ownPart = (
  view: Pick<ClientView, 'access'>,
  person: Person | null,
  compartment: Compartment,
  today: CivilDate,
): GrantPart | null => {
  const { parts } = view.access;
  const held = parts.find((part) => part.compartment === compartment);
  if (held) return held;
  const joint = parts.find((part) => part.compartment === jointPlan);
  if (!joint || person === null) return null;
  const contact = relationRules.find(({ role }) => role === joint.role)?.contact ?? 'never';
  if (compartment === contactDetails && contact !== 'always') return null;
  const isOwn = personFacts(person, []).tasks.some((task) => {
    const rule = ruleFor(task.taskClass, today);
    if (!rule || !isCurrent(task, today)) return false;
    const own = servicesOf(task);
    return (
      covers(rule.byRelation, compartment, own) &&
      (!isProtected(compartment) || own.includes(compartment))
    );
  });
  return isOwn ? { ...joint, compartment, basis: 'relation' } : null;
};

/** Whoever is at this window, as the directory knows them by now. */
export const useOwnPerson = (): Person | null => {
  const directory = useDirectory();
  const person = useAppSelector((state) => state.session.session?.person ?? null);
  return person === null ? null : (directory.people.get(person.id) ?? person);
};

/** The part for whoever is at this window. */
export const useOwnPart = (view: ClientView, compartment: Compartment): GrantPart | null =>
  ownPart(view, useOwnPerson(), compartment, useToday());

/** The services of a register in which one may write of this client; one's own services first. */
export const writableParts = (
  view: Pick<ClientView, 'access'>,
  person: Person | null,
  register: Register,
  today: CivilDate,
): readonly Compartment[] => {
  const own = new Set(
    person === null ? [] : personFacts(person, []).tasks.flatMap((task) => servicesOf(task)),
  );
  return compartments
    .filter((each) => each.register === register)
    .map(({ id }) => id)
    .filter((id) => ownPart(view, person, id, today)?.writes === true)
    .toSorted((a, b) => Number(own.has(b)) - Number(own.has(a)));
};
