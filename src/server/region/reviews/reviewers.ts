import { personFacts, type ClientFacts } from '#shared/domain/access/facts.ts';
import { isCurrent, type TeamRole } from '#shared/domain/access/team-membership.ts';
import type { AccessDecision } from '#shared/domain/access/decide.ts';
import type { Change } from '#shared/domain/change.ts';
import { finnishDate, type CivilDate } from '#shared/domain/civil-date.ts';
import type { Person } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';
import { readPeople } from '../directory.ts';
import { isOwnRecord } from '../openings/case-standing.ts';
import { reachesByRelation, tasksOn } from '../openings/task-reach.ts';
import { readAccessOfMany, type CaseAccess } from '../rights/read-access.ts';
import { asksToManage } from '../syncing/judge-changes.ts';

/** In what place somebody reviews: for the log, and for telling why. */
export type ReviewerRight = {
  readonly role: string;
  readonly ground: string;
  readonly basisId: Id | null;
};

export type Reviewers = ReadonlyMap<Id, ReviewerRight>;

type Work = Pick<Change, 'id' | 'caseId' | 'compartment' | 'kind' | 'group' | 'authorId'>;

/** Who reviews one piece of work now. */
export const reviewers = async (db: Reader, change: Work, nowMs: number): Promise<Reviewers> =>
  (await reviewersOf(db, [change], nowMs)).get(change.id) ?? new Map();

/**
 * Who reviews each piece of work now: the client's custodians who may see the part, else the team's
 * responsible members who may, each also through whoever stands in for them; else the leads of the
 * client's unit, else of the author's, whose task reaches the part; else the privacy officers who may see
 * it. While all whom one step names are away, the next step's people may review as well. Never the author,
 * and never the client's own self.
 */
export const reviewersOf = async (
  db: Reader,
  work: readonly Work[],
  nowMs: number,
): Promise<ReadonlyMap<Id, Reviewers>> => {
  const found = new Map<Id, Reviewers>();
  const answered = new Set<Id>();
  if (work.length === 0) return found;
  const facts = await gather(db, work, nowMs);
  let left = work;
  for (const level of [custodians, responsible, leadsOfClient, leadsOfAuthor, privacyOfficers]) {
    const candidates = left.map((one) => ({ one, people: level(facts, one) }));
    const personIds = [
      ...new Set(candidates.flatMap(({ people }) => people.map(({ personId }) => personId))),
    ];
    const absent = await absentAmong(db, personIds, facts.today);
    const accessOf = await readAccessOfMany(
      db,
      personIds,
      left.map(({ caseId }) => caseId),
      nowMs,
    );
    for (const { one, people } of candidates) {
      const allowed = people.flatMap(({ personId, mayBy }) => {
        const right = personId === one.authorId ? null : mayBy(accessOf(personId, one.caseId));
        return right ? [[personId, right] as const] : [];
      });
      found.set(one.id, new Map([...(found.get(one.id) ?? []), ...allowed]));
      if (allowed.some(([personId]) => !absent.has(personId))) answered.add(one.id);
    }
    left = left.filter((one) => !answered.has(one.id));
    if (left.length === 0) break;
  }
  return found;
};

type Candidate = {
  readonly personId: Id;
  /** The right to review, by what the person may do with the client; null for none. */
  readonly mayBy: (access: CaseAccess) => ReviewerRight | null;
};

type Level = (facts: Facts, work: Work) => readonly Candidate[];

type Facts = {
  readonly today: CivilDate;
  readonly clientOf: (work: Work) => ClientFacts;
  readonly deputiesOf: (personId: Id, caseId: Id) => readonly Id[];
  readonly leads: readonly Person[];
  readonly officers: readonly Person[];
  readonly unitsOfAuthor: (personId: Id) => readonly Id[];
};

/** What only those may write who answer for the client is also taken in only by such. */
const byDecision = (decision: AccessDecision, work: Work): ReviewerRight | null =>
  decision.allowed && (decision.manages || !asksToManage(work))
    ? { role: decision.role, ground: decision.basis, basisId: decision.basisId }
    : null;

const inRole =
  (role: TeamRole): Level =>
  (facts, work) => {
    const members = facts
      .clientOf(work)
      .team.filter((member) => member.role === role && isCurrent(member, facts.today))
      .map((member) => member.personId);
    const people = new Set(
      members.flatMap((personId) => [personId, ...facts.deputiesOf(personId, work.caseId)]),
    );
    return [...people].map((personId) => ({
      personId,
      mayBy: (access) => byDecision(access.decide(work.compartment), work),
    }));
  };

const custodians = inRole('custodian');
const responsible = inRole('responsible');

const leadsOf =
  (unitsOf: (facts: Facts, work: Work) => readonly (Id | null)[]): Level =>
  (facts, work) => {
    const units = unitsOf(facts, work);
    return facts.leads
      .filter((lead) =>
        reachesByRelation(
          tasksOn(lead, facts.today).filter(
            ({ unitId }) => unitId !== null && units.includes(unitId),
          ),
          work.compartment,
          facts.today,
        ),
      )
      .map((lead) => ({
        personId: lead.id,
        mayBy: (access) =>
          isOwnRecord(access) ? null : { role: 'unit-lead', ground: 'duty', basisId: null },
      }));
  };

const leadsOfClient = leadsOf((facts, work) => [facts.clientOf(work).unitId]);
const leadsOfAuthor = leadsOf((facts, work) => facts.unitsOfAuthor(work.authorId));

const privacyOfficers: Level = (facts, work) =>
  facts.officers.map((officer) => ({
    personId: officer.id,
    mayBy: (access) => byDecision(access.decide(work.compartment), work),
  }));

const gather = async (db: Reader, work: readonly Work[], nowMs: number): Promise<Facts> => {
  const today = finnishDate(nowMs);
  const caseIds = [...new Set(work.map(({ caseId }) => caseId))];
  const authorIds = [...new Set(work.map(({ authorId }) => authorId))];
  // What is known of a client is the same whoever asks.
  const known = await readAccessOfMany(db, [], caseIds, nowMs);
  const authors = await readPeople(db, authorIds);
  const deputies = await currentDeputies(
    db,
    caseIds.flatMap((caseId) => known('', caseId).client.team.map(({ personId }) => personId)),
    today,
  );
  const onDuty = await peopleOnDuty(db);
  return {
    today,
    clientOf: ({ caseId }) => known('', caseId).client,
    deputiesOf: (personId, caseId) =>
      deputies
        .filter(
          (absence) =>
            absence.personId === personId &&
            (absence.caseIds === null || absence.caseIds.includes(caseId)),
        )
        .map(({ deputyId }) => deputyId),
    leads: onDuty.filter(({ duties }) => duties.includes('unit-lead')),
    officers: onDuty.filter(({ duties }) => duties.includes('privacy-officer')),
    unitsOfAuthor: (personId) =>
      authors
        .filter(({ id }) => id === personId)
        .flatMap((author) => personFacts(author, []).tasks)
        .flatMap(({ unitId }) => (unitId === null ? [] : [unitId])),
  };
};

type Deputy = {
  readonly personId: Id;
  readonly deputyId: Id;
  readonly caseIds: readonly Id[] | null;
};

const currentDeputies = (
  db: Reader,
  personIds: readonly Id[],
  today: CivilDate,
): Promise<readonly Deputy[]> =>
  db.query<Deputy>(
    `SELECT person_id AS "personId", deputy_id AS "deputyId", case_ids AS "caseIds" FROM absence
     WHERE person_id = ANY($1::uuid[]) AND deputy_id IS NOT NULL
       AND valid_from <= $2 AND valid_to >= $2`,
    [[...new Set(personIds)], today],
  );

const absentAmong = async (
  db: Reader,
  personIds: readonly Id[],
  today: CivilDate,
): Promise<ReadonlySet<Id>> => {
  const rows = await db.query<{ personId: Id }>(
    `SELECT person_id AS "personId" FROM absence
     WHERE person_id = ANY($1::uuid[]) AND valid_from <= $2 AND valid_to >= $2`,
    [personIds, today],
  );
  return new Set(rows.map(({ personId }) => personId));
};

const peopleOnDuty = async (db: Reader): Promise<readonly Person[]> => {
  const rows = await db.query<{ id: Id }>(
    `SELECT id FROM person WHERE active AND duties && '{unit-lead,privacy-officer}'`,
  );
  return readPeople(
    db,
    rows.map(({ id }) => id),
  );
};
