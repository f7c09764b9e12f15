import { currentRelations } from '#shared/domain/access/relations.ts';
import { decide, type AccessDecision, type AccessQuestion } from '#shared/domain/access/decide.ts';
import { servicesOf } from '#shared/domain/access/decide.ts';
import { personFacts, type Moment, type PersonFacts } from '#shared/domain/access/facts.ts';
import { isRestricted } from '#shared/domain/access/rules.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import {
  compartments as allCompartments,
  contactDetails,
  jointPlan,
  permissionsCompartment,
  type Compartment,
} from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { peopleOnRounds } from '#main/db/queries/directory.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import type { HeldGrant } from '#main/db/queries/scopes.ts';
import { asClientFacts, type Colleagues, type LocalFacts } from './client-facts.ts';

/** Somebody whom the directory does not know sees nothing. */
const unknown = (id: Id): PersonFacts => ({
  id,
  active: false,
  tasks: [],
  partnerSector: null,
  deputyFor: [],
  ownCaseIds: new Set(),
});

/**
 * Everybody whom rights to the client may be about, by this device's knowledge: the team, present and
 * coming; who stands in for one of it; who goes the unit's round; and who asks.
 */
export const peopleConcerned = (
  db: ReadableDb,
  facts: LocalFacts,
  colleagues: Colleagues,
  moment: Moment,
  askerId: Id,
): readonly Id[] => {
  const { today } = moment;
  const team = facts.team.filter(({ validTo }) => validTo === null || validTo >= today);
  const members = new Set(team.map(({ personId }) => personId));
  const deputies = colleagues.absences.flatMap((absence) =>
    members.has(absence.personId) && isCurrent(absence, today) && absence.deputyId !== null
      ? [absence.deputyId]
      : [],
  );
  const onRound = peopleOnRounds(db)
    .map((person) => personFacts(person, colleagues.absences))
    .filter(({ tasks }) =>
      tasks.some((task) => task.round && task.unitId === facts.unitId && isCurrent(task, today)),
    )
    .map(({ id }) => id);
  return [
    ...new Set([...members, ...deputies, ...(facts.unitId === null ? [] : onRound), askerId]),
  ];
};

/** The rule for each person, by this device's knowledge. */
export const decisions = (
  facts: LocalFacts,
  colleagues: Colleagues,
  moment: Moment,
): {
  readonly person: (personId: Id) => PersonFacts;
  readonly question: (personId: Id) => AccessQuestion;
  readonly decide: (personId: Id, compartment: Compartment) => AccessDecision;
} => {
  const client = asClientFacts(facts);
  const person = (personId: Id): PersonFacts => colleagues.find(personId) ?? unknown(personId);
  const question = (personId: Id): AccessQuestion => ({
    person: person(personId),
    client,
    openings: [],
    moment,
    findPerson: colleagues.find,
  });
  return {
    person,
    question,
    decide: (personId, compartment) => decide(question(personId), compartment),
  };
};

/** The relation and role that stand beside a name where no part is open. */
export const relationOf = (
  question: AccessQuestion,
): { readonly relation: string; readonly role: string } => {
  const [current] = currentRelations(question);
  if (current) return { relation: current.kind, role: current.role };
  const coming = question.client.team.find(({ personId }) => personId === question.person.id);
  return { relation: coming ? 'team' : '', role: coming?.role ?? '' };
};

/**
 * The parts worth asking about, in the order of the code list: what is open here, what permissions name,
 * and the services of the people concerned. Restricted ones only where they are open here anyway.
 */
export const compartmentsAsked = (
  parts: readonly HeldGrant[],
  facts: readonly LocalFacts[],
  people: readonly PersonFacts[],
  moment: Moment,
): readonly Compartment[] => {
  const open = new Set(parts.map(({ compartment }) => compartment));
  const named = facts.flatMap(({ permissions }) =>
    permissions.flatMap((fact) => ('compartments' in fact ? fact.compartments : [])),
  );
  const services = people.flatMap(({ tasks }) =>
    tasks.filter((task) => isCurrent(task, moment.today)).flatMap((task) => servicesOf(task)),
  );
  const asked = new Set<Compartment>([
    jointPlan,
    contactDetails,
    permissionsCompartment,
    ...open,
    ...[...named, ...services].filter((compartment) => !isRestricted(compartment)),
  ]);
  return allCompartments.map(({ id }) => id).filter((id) => asked.has(id));
};
