import { finnishDate } from '#shared/domain/civil-date.ts';
import {
  decide,
  nextBoundary,
  type AccessDecision,
  type AccessQuestion,
} from '#shared/domain/access/decide.ts';
import type { ClientFacts, Moment, Opening, PersonFacts } from '#shared/domain/access/facts.ts';
import type { TeamMembership } from '#shared/domain/access/team-membership.ts';
import type { Compartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';
import { readClients, type KnownClient } from './client-facts.ts';
import { readOpenings, readPersonFacts } from './person-facts.ts';

/** One person's rights to one client at a moment. */
export type CaseAccess = {
  /** The answer for any compartment, whether or not the client has anything in it. */
  readonly decide: (compartment: Compartment) => AccessDecision;
  /** As it would be were the person in the team in these ways as well: about to be, or as once. */
  readonly decideIn: (
    memberships: readonly TeamMembership[],
    compartment: Compartment,
  ) => AccessDecision;
  /** Those in which the client has anything; none for a client that does not exist. */
  readonly compartments: readonly Compartment[];
  /** When the clock alone may next change an answer: milliseconds since 1970, UTC; null for never. */
  readonly nextBoundary: () => number | null;
  /** What rights to the client depend on, aliases joined. */
  readonly client: ClientFacts;
  /** The person's tasks, also those that have ended or not begun. */
  readonly tasks: PersonFacts['tasks'];
};

/** Nobody whom the directory knows. */
const nobody = (id: Id): PersonFacts => ({
  id,
  active: false,
  tasks: [],
  partnerSector: null,
  deputyFor: [],
  ownCaseIds: new Set(),
});

/**
 * The person's rights to each of the clients. A handful of questions to the database, however many the
 * clients; they are answered for clients that do not exist in the same way.
 */
export const readAccess = async (
  db: Reader,
  personId: Id,
  caseIds: readonly Id[],
  nowMs: number,
): Promise<ReadonlyMap<Id, CaseAccess>> => {
  const access = await readAccessOfMany(db, [personId], caseIds, nowMs);
  return new Map(caseIds.map((caseId) => [caseId, access(personId, caseId)]));
};

/** As `readAccess`, for several people at once: the rights of any of them to any of the clients. */
export const readAccessOfMany = async (
  db: Reader,
  personIds: readonly Id[],
  caseIds: readonly Id[],
  nowMs: number,
): Promise<(personId: Id, caseId: Id) => CaseAccess> => {
  const clients = await readClients(db, [...new Set(caseIds)]);
  const every = [...new Set([...clients.values()].flatMap(({ group }) => group))];
  const asked = new Set(personIds);
  const supervisors = [...clients.values()].flatMap(({ facts }) =>
    facts.team.flatMap((member) =>
      asked.has(member.personId) && member.supervisorId !== null ? [member.supervisorId] : [],
    ),
  );
  const people = await readPersonFacts(db, [...new Set([...asked, ...supervisors])], every, nowMs);
  const openings = Map.groupBy(
    await readOpenings(db, [...asked], every, nowMs),
    ({ personId, caseId }) => `${personId} ${caseId}`,
  );
  const moment = { today: finnishDate(nowMs), nowMs };
  return (personId, caseId) => {
    const client = clients.get(caseId);
    if (!client) throw new Error('Rights were asked for a client that was not read.');
    const of = client.group.flatMap((member) => openings.get(`${personId} ${member}`) ?? []);
    return caseAccess({ personId, client, openings: of, people, moment });
  };
};

type Known = {
  readonly personId: Id;
  readonly client: KnownClient;
  readonly openings: readonly Opening[];
  readonly people: ReadonlyMap<Id, PersonFacts>;
  readonly moment: Moment;
};

const caseAccess = ({ personId, client, openings, people, moment }: Known): CaseAccess => {
  const asFor = (person: PersonFacts): PersonFacts => inGroup(person, client);
  const person = asFor(people.get(personId) ?? nobody(personId));
  const question: AccessQuestion = {
    person,
    client: { ...client.facts, unitId: unitFor(person, client, moment) },
    openings,
    moment,
    findPerson: (id) => {
      const found = people.get(id);
      return found && asFor(found);
    },
  };
  return {
    decide: (compartment) => decide(question, compartment),
    decideIn: (memberships, compartment) => {
      const team = [...question.client.team, ...memberships];
      return decide({ ...question, client: { ...question.client, team } }, compartment);
    },
    compartments: client.compartments,
    nextBoundary: () => boundaryOf(question),
    client: question.client,
    tasks: person.tasks,
  };
};

/** Also a supervisor's own dates may change a student's right. */
const boundaryOf = (question: AccessQuestion): number | null => {
  const guides = question.client.team.flatMap((member) =>
    member.personId === question.person.id && member.supervisorId !== null
      ? (question.findPerson(member.supervisorId) ?? [])
      : [],
  );
  const dates = [question.person, ...guides].flatMap(
    (person, index) =>
      nextBoundary({
        ...question,
        person,
        openings: index === 0 ? question.openings : [],
      }) ?? [],
  );
  return dates.length === 0 ? null : Math.min(...dates);
};

/** What holds of one client of a group holds of all: one's own record, and clients handed over for an absence. */
const inGroup = (person: PersonFacts, { facts, group }: KnownClient): PersonFacts => {
  if (group.length === 1) return person;
  const { caseId } = facts;
  return {
    ...person,
    ownCaseIds: group.some((member) => person.ownCaseIds.has(member))
      ? new Set([...person.ownCaseIds, caseId])
      : person.ownCaseIds,
    deputyFor: person.deputyFor.map((absence) =>
      absence.caseIds !== null && group.some((member) => absence.caseIds?.includes(member))
        ? { ...absence, caseIds: [...absence.caseIds, caseId] }
        : absence,
    ),
  };
};

/** Of the units of a client and its aliases, the one whose round the person goes now; else the client's own. */
const unitFor = (
  person: PersonFacts,
  { facts, unitIds }: KnownClient,
  { today }: Moment,
): Id | null => {
  if (unitIds.length < 2) return unitIds[0] ?? facts.unitId;
  const rounds = person.tasks.filter(
    (task) =>
      task.round && task.validFrom <= today && (task.validTo === null || today <= task.validTo),
  );
  return unitIds.find((unitId) => rounds.some((task) => task.unitId === unitId)) ?? facts.unitId;
};
