import type { CallArguments, CallOutput, Problem } from '#shared/contract/calls.ts';
import { decide, type Granted } from '#shared/domain/access/decide.ts';
import type { Opening } from '#shared/domain/access/facts.ts';
import { findGround, type OpeningGround } from '#shared/domain/access/rules.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import { registerOf } from '#shared/domain/codes.ts';
import { newId } from '#shared/domain/ids.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { findCase, type CaseNo } from '#main/db/queries/cases.ts';
import { withTransaction } from '#main/db/handles.ts';
import { addOpening, endOpening, findOpening } from '#main/db/queries/openings.ts';
import { endGrantsOf, noteGrant, scopesOfCase, type HeldGrant } from '#main/db/queries/scopes.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { refreshClient } from '../derived/refresh-client.ts';
import type { Desk } from '../desk.ts';
import { problem, storageProblem } from '../problems.ts';
import { asClientFacts, readColleagues, readFacts } from '../rights/client-facts.ts';
import { closeByClock } from '../rights/close-by-clock.ts';
import { ownFacts } from '../rights/open-parts.ts';
import { noteUse, type NewUse } from '../use/note-use.ts';

const minuteMs = 60_000;

/**
 * Emergency access without a network: only a client whose data lies here and whose parts the clock has
 * closed, only on a ground of that kind (`resources/rules/opening-grounds.json`), and for its minutes. What
 * opens is decided by the one rule from what this device knows, with the opening as the relation. It stands
 * in the log with its reason before anything opens, and in the case file until the region has been told.
 */
export const openHere = (
  desk: Desk,
  { caseId, ground, reason }: CallArguments<'emergency.openHere'>,
): Result<CallOutput<'emergency.openHere'>, Problem> => {
  const rule = emergencyGround(desk, ground);
  if (!rule) return problem('unknown-code', 'ground');
  const caseNo = findCase(desk.db, caseId);
  if (caseNo === undefined) return problem('not-on-this-device');
  const fromMs = Math.floor(desk.now());
  const opening: Opening = {
    id: newId(fromMs, desk.randomBytes),
    kind: 'emergency',
    personId: desk.person.id,
    ground,
    compartments: null,
    fromMs,
    untilMs: fromMs + rule.minutes * minuteMs,
  };
  const grants = grantsBy(desk, caseNo, opening);
  if (grants === null) return problem('not-on-this-device');
  if (grants.length === 0) return problem('no-access');
  const logged = noteUse(desk, usesOf(caseId, opening, grants, reason));
  if (!logged.ok) return logged;
  const { id, untilMs } = opening;
  const opened = withTransaction(desk.db, (db) => {
    addOpening(db, { id, caseId, ground, reason, fromMs, untilMs, endedMs: null });
    for (const grant of grants) noteGrant(db, caseNo, grant, false);
    refreshClient(db, caseNo);
  });
  return opened.ok
    ? ok({ openingId: id, untilMs })
    : { ok: false, error: storageProblem(opened.error) };
};

const emergencyGround = (desk: Desk, id: string): OpeningGround | null => {
  const ground = findGround(id);
  return ground?.kind === 'emergency' && isCurrent(ground, finnishDate(desk.now())) ? ground : null;
};

/** What the opening opens of the parts that the clock has closed; null when there are none. */
const grantsBy = (desk: Desk, caseNo: CaseNo, opening: Opening): readonly HeldGrant[] | null => {
  const closed = scopesOfCase(desk.db, caseNo).filter((scope) => scope.closed && scope.grant);
  if (closed.length === 0) return null;
  const nowMs = opening.fromMs;
  const today = finnishDate(nowMs);
  const question = {
    // The opening is the relation: what the team, the round or an absence gave has ended.
    person: ownFacts(desk),
    client: { ...asClientFacts(readFacts(desk.db, caseNo, today)), team: [], unitId: null },
    openings: [opening],
    moment: { today, nowMs },
    findPerson: readColleagues(desk.db).find,
  };
  return closed.flatMap(({ compartment }) => {
    const decision = decide(question, compartment);
    return decision.allowed ? [heldGrant(compartment, decision)] : [];
  });
};

const heldGrant = (compartment: string, decision: Granted): HeldGrant => ({
  compartment,
  basis: decision.basis,
  relation: decision.relation,
  role: decision.role,
  basisId: decision.basisId,
  writes: decision.writes,
  manages: decision.manages,
  untilMs: decision.untilMs,
});

const usesOf = (
  caseId: string,
  opening: Opening,
  grants: readonly HeldGrant[],
  reason: string,
): readonly NewUse[] =>
  [...Map.groupBy(grants, ({ compartment }) => registerOf(compartment))].map(
    ([register, ofRegister]) => ({
      action: 'emergency',
      role: 'opening',
      caseId,
      register,
      compartments: ofRegister.map(({ compartment }) => compartment),
      what: { subjectId: opening.id, reason },
      ground: opening.ground,
      basisId: opening.id,
    }),
  );

/** Ends an emergency that was opened here before its time; the region is told that too. */
export const endHere = (desk: Desk, openingId: string): Result<readonly string[], Problem> => {
  const opening = findOpening(desk.db, openingId);
  if (!opening) return problem('not-found');
  const nowMs = Math.floor(desk.now());
  const logged = noteUse(desk, [
    {
      action: 'end-opening',
      role: 'opening',
      caseId: opening.caseId,
      register: 'joint',
      compartments: [],
      what: { subjectId: openingId },
      ground: opening.ground,
      basisId: openingId,
    },
  ]);
  if (!logged.ok) return logged;
  const ended = withTransaction(desk.db, (db) => {
    endOpening(db, openingId, nowMs);
    endGrantsOf(db, openingId, nowMs);
  });
  return closedAfter(desk, ended);
};

const closedAfter = (
  desk: Desk,
  ended: Result<void, StorageProblem>,
): Result<readonly string[], Problem> => {
  const closed = ended.ok ? closeByClock(desk) : ended;
  return closed.ok ? closed : { ok: false, error: storageProblem(closed.error) };
};
