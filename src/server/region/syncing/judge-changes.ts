import { finnishDate } from '#shared/domain/civil-date.ts';
import type { AccessDecision, Granted } from '#shared/domain/access/decide.ts';
import { membershipGranted, type TeamMembership } from '#shared/domain/access/team-membership.ts';
import type { Change } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { mayLieIn } from '#shared/domain/records/compartment-of-kind.ts';
import { isPermissionKind } from '#shared/domain/records/permission.ts';
import { maySettle } from '#shared/domain/records/settling.ts';
import type { RefusalCode } from '#shared/protocol/push.ts';
import type { Transaction } from '../../db/pool.ts';
import { readAccess, type CaseAccess } from '../rights/read-access.ts';
import { everGiven, everMember } from '../rights/team.ts';
import { valueProblem, type Sender } from './check-change.ts';
import { readPlaces } from './place-problems.ts';
import { answeredBefore } from './receipts.ts';
import { readSettlings } from './settling.ts';

/** What a change deserves, and by what right where it is stored. `again`: its first answer is given again. */
export type Judgement =
  | { readonly verdict: 'again' }
  | { readonly verdict: 'stored'; readonly ground: Granted }
  | { readonly verdict: 'review' }
  | { readonly verdict: 'refused'; readonly code: RefusalCode };

/**
 * What each change of a batch deserves: rights first, so that a stranger learns nothing else (SPEC U4,
 * U7, U8, S4). The caller holds the clients' locks.
 */
export const judgeChanges = async (
  tx: Transaction,
  sender: Sender,
  changes: readonly Change[],
  caseIds: readonly Id[],
  nowMs: number,
): Promise<ReadonlyMap<Change, Judgement>> => {
  const today = finnishDate(nowMs);
  const access = await readAccess(tx, sender.personId, caseIds, nowMs);
  const member = await everMember(tx, sender.personId, caseIds, today);
  const given = await everGiven(tx, sender.personId, caseIds);
  const before = await answeredBefore(tx, changes);
  const places = await readPlaces(tx, changes);
  const settlings = await readSettlings(tx, changes);
  // The batch that makes a client is its founder's, also when the clocks here and there disagree on the day.
  const founders = new Map<Id, TeamMembership>();
  const judgements = new Map<Change, Judgement>();
  for (const change of changes) {
    const { caseId, compartment } = change;
    const one = access.get(caseId);
    if (!one) continue;
    const problem =
      before.get(change) === 'other'
        ? 'id-taken'
        : (valueProblem(change) ?? compartmentProblem(change) ?? places.problemOf(change));
    if (one.compartments.length === 0 && problem === null) {
      const own = ownMembership(change, sender, today);
      if (own && mayFound(one, own)) founders.set(caseId, own);
    }
    const founder = founders.get(caseId);
    const decision = founder ? one.decideIn([founder], compartment) : one.decide(compartment);
    const been = member.get(caseId) ?? [];
    const had = given(caseId, compartment) || one.decideIn(been, compartment).allowed;
    const mayDecide = !settlings.has(change) || maySettle(change, one.tasks, today);
    const judged = judge(change, decision, had, problem ?? (mayDecide ? null : 'read-only'));
    // Its first answer again, whatever has become of the author's rights or the program's rules (U3).
    judgements.set(change, before.get(change) === 'same' ? { verdict: 'again' } : judged);
    if (before.get(change) !== 'same' && judged.verdict !== 'refused') places.accept(change);
  }
  return judgements;
};

const judge = (
  change: Change,
  decision: AccessDecision,
  had: boolean,
  problem: RefusalCode | null,
): Judgement => {
  const refused = (code: RefusalCode): Judgement => ({ verdict: 'refused', code });
  if (!decision.allowed && !had) return refused('no-access');
  if (problem) return refused(problem);
  if (!decision.allowed) return { verdict: 'review' };
  const may = decision.writes && (decision.manages || !asksToManage(change));
  return may ? { verdict: 'stored', ground: decision } : refused('read-only');
};

/** The team, the permissions and the restraint on disclosure are for those who answer for the client. */
export const asksToManage = ({ kind, group }: Pick<Change, 'kind' | 'group'>): boolean =>
  kind === 'membership' || isPermissionKind(kind) || (kind === 'client' && group === 'protection');

/** Records of some kinds lie in one compartment, or one register, only. */
const compartmentProblem = ({ kind, compartment }: Change): RefusalCode | null =>
  mayLieIn(kind, compartment) ? null : 'bad-change';

/** A new client begins with its author's own membership, which counts from that day on. */
const ownMembership = (change: Change, sender: Sender, today: string): TeamMembership | null => {
  if (change.kind !== 'membership' || change.group !== 'grant') return null;
  const granted = membershipGranted(change.recordId, [change], today);
  if (granted?.personId !== sender.personId) return null;
  return { ...granted, validFrom: today, validTo: null };
};

const mayFound = (access: CaseAccess, own: TeamMembership): boolean => {
  const decision = access.decideIn([own], jointPlan);
  return decision.allowed && decision.writes && decision.manages;
};
