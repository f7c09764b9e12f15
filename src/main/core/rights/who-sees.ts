import type { CallOutput, Problem } from '#shared/contract/calls.ts';
import type { AccessDecision } from '#shared/domain/access/decide.ts';
import type { Moment } from '#shared/domain/access/facts.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import { permissionsCompartment, type Compartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import type { HeldGrant } from '#main/db/queries/scopes.ts';
import { readOpen } from '../clients/open-client.ts';
import type { Desk } from '../desk.ts';
import { readColleagues, readFacts, type LocalFacts } from './client-facts.ts';
import { rightTo } from './open-parts.ts';
import { compartmentsAsked, decisions, peopleConcerned, relationOf } from './people-concerned.ts';

type Who = CallOutput<'access.who'>;
type Part = Who['people'][number]['parts'][number];

export const momentOf = (nowMs: number): Moment => ({ today: finnishDate(nowMs), nowMs });

/** Reads on one picture what is asked of permissions, for somebody who may read them. */
export const readPermissions = <T>(
  desk: Desk,
  caseId: Id,
  read: (
    db: ReadableDb,
    facts: LocalFacts,
    parts: readonly HeldGrant[],
    caseNo: CaseNo,
  ) => Result<T, Problem>,
): Result<T, Problem> =>
  readOpen(desk, caseId, (db, caseNo, parts) =>
    rightTo({ ...desk, db }, caseNo, parts, permissionsCompartment) === null
      ? err({ code: 'no-access' })
      : read(db, readFacts(db, caseNo, finnishDate(desk.now())), parts, caseNo),
  );

export const partView = (compartment: Compartment, decision: AccessDecision): Part =>
  decision.allowed
    ? { compartment, ...decision }
    : { allowed: false, compartment, because: decision.because };

/**
 * Who sees which part of the client today, and why, by the one rule and this device's knowledge. What one
 * sees oneself is told as the region granted it.
 */
export const whoSees = (desk: Desk, caseId: Id): Result<Who, Problem> =>
  readPermissions(desk, caseId, (db, facts, parts) => {
    const moment = momentOf(desk.now());
    const colleagues = readColleagues(db);
    const asked = decisions(facts, colleagues, moment);
    const people = peopleConcerned(db, facts, colleagues, moment, desk.person.id);
    const compartments = compartmentsAsked(parts, [facts], people.map(asked.person), moment);
    const ofPerson = (personId: Id): Who['people'][number] => {
      const own = personId === desk.person.id;
      const views = compartments.map((compartment): Part => {
        const held = own ? parts.find((part) => part.compartment === compartment) : undefined;
        return held
          ? { allowed: true, ...held }
          : partView(compartment, asked.decide(personId, compartment));
      });
      const open = views.find((view) => view.allowed);
      const { relation, role } = open ?? relationOf(asked.question(personId));
      return { personId, relation, role, parts: views };
    };
    return ok({ compartments: [...compartments], people: people.map(ofPerson) });
  });
