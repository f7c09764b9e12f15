import { finnishDate } from '#shared/domain/civil-date.ts';
import { teamAccess, type TeamMembership } from '#shared/domain/access/team-access.ts';
import { membershipGranted } from '#shared/domain/access/membership-grant.ts';
import type { Change, SentChange } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Receipt } from '#shared/protocol/push.ts';
import { withTransaction, type Database, type Transaction } from '../db/pool.ts';
import { lockCases } from './append.ts';
import { checkAlone, signatureCheck, valueProblem, type Sender } from './check-change.ts';
import type { LogEntry } from './log-entry.ts';
import { placeProblems } from './place-problems.ts';
import { claimReceipts, type Claim, type Verdict } from './receipts.ts';
import { keepForReview } from './review.ts';
import { storeChanges } from './store-changes.ts';
import { everMember, readTeams } from './team.ts';

/**
 * Takes in a batch and answers change by change, in its order (SPEC U2). One transaction: what is
 * answered as stored is on the disk. The same batch again gets the same answers (U3).
 */
export const pushChanges = async (
  db: Database,
  sender: Sender,
  batch: readonly { readonly change: { readonly id: Id } }[],
  nowMs: number,
): Promise<readonly Receipt[]> => {
  const signatureHolds = signatureCheck(sender.publicKey);
  const answers = new Map<Id, Receipt>();
  const checked: SentChange[] = [];
  for (const raw of batch) {
    const alone = checkAlone(raw, sender, signatureHolds);
    if (alone.ok) checked.push(alone.value);
    // Nothing is kept of these: their id may yet come from its rightful author.
    else
      answers.set(raw.change.id, {
        changeId: raw.change.id,
        verdict: 'refused',
        code: alone.error,
      });
  }
  if (checked.length > 0) {
    const receipts = await withTransaction(db, (tx) => storeBatch(tx, sender, checked, nowMs));
    for (const receipt of receipts) answers.set(receipt.changeId, receipt);
  }
  return batch.flatMap((raw) => answers.get(raw.change.id) ?? []);
};

const storeBatch = async (
  tx: Transaction,
  sender: Sender,
  batch: readonly SentChange[],
  nowMs: number,
): Promise<readonly Receipt[]> => {
  const changes = batch.map(({ change }) => change);
  const caseIds = [...new Set(changes.map((change) => change.caseId))];
  await lockCases(tx, caseIds);
  const verdicts = await judge(tx, sender, changes, caseIds, nowMs);
  const at = new Date(nowMs);
  const entries = batch.map((sent) => asEntry(sent, sender));
  const judged = (verdict: Verdict['verdict']): readonly LogEntry[] =>
    entries.filter((entry) => verdicts.get(entry.change)?.verdict === verdict);

  const reviewed = judged('review');
  const claimed = await claimReceipts(
    tx,
    reviewed.map((entry): Claim => ({ entry, verdict: 'review' })),
    at,
  );
  await keepForReview(tx, claimed.fresh, at);
  const stored = await storeChanges(tx, judged('stored'), at);
  return [
    ...stored,
    ...reviewed.map(
      (entry): Receipt =>
        claimed.settled.get(entry) ?? { changeId: entry.change.id, verdict: 'review' },
    ),
    // A refusal leaves nothing behind (U3).
    ...changes.flatMap((change): Receipt[] => {
      const verdict = verdicts.get(change);
      return verdict?.verdict === 'refused'
        ? [{ changeId: change.id, verdict: 'refused', code: verdict.code }]
        : [];
    }),
  ];
};

const asEntry = (sent: SentChange, sender: Sender): LogEntry => ({
  change: sent.change,
  device: {
    id: sender.deviceId,
    counter: sent.counter,
    signature: Buffer.from(sent.signature, 'base64url'),
  },
});

/** What each change deserves, were it new: rights first, so that a stranger learns nothing else (U4). */
const judge = async (
  tx: Transaction,
  sender: Sender,
  changes: readonly Change[],
  caseIds: readonly Id[],
  nowMs: number,
): Promise<ReadonlyMap<Change, Verdict>> => {
  const day = finnishDate(nowMs);
  const teams = new Map(await readTeams(tx, caseIds));
  const existing = await existingCases(tx, caseIds);
  const past = await everMember(tx, sender.personId, caseIds);
  const problems = await placeProblems(tx, changes);
  const verdicts = new Map<Change, Verdict>();
  for (const change of changes) {
    const team = teams.get(change.caseId) ?? [];
    const founding = existing.has(change.caseId) ? null : foundingMembership(change, sender);
    if (founding) {
      existing.add(change.caseId);
      teams.set(change.caseId, [...team, founding]);
    }
    const allowed = founding !== null || teamAccess(sender.personId, team, day).allowed;
    const problem = valueProblem(change) ?? problems.get(change) ?? null;
    if (!allowed && !past.has(change.caseId)) {
      verdicts.set(change, { verdict: 'refused', code: 'no-access' });
    } else if (problem) verdicts.set(change, { verdict: 'refused', code: problem });
    else verdicts.set(change, { verdict: allowed ? 'stored' : 'review' });
  }
  return verdicts;
};

/** A new client begins with its author's own membership. */
const foundingMembership = (change: Change, sender: Sender): TeamMembership | null => {
  if (change.kind !== 'membership' || change.group !== 'grant') return null;
  const granted = membershipGranted(change.recordId, [change.value]);
  return granted?.personId === sender.personId ? granted : null;
};

const existingCases = async (tx: Transaction, caseIds: readonly Id[]): Promise<Set<Id>> => {
  const rows = await tx.query<{ caseId: Id }>(
    `SELECT DISTINCT case_id AS "caseId" FROM case_compartment WHERE case_id = ANY($1::uuid[])`,
    [caseIds],
  );
  return new Set(rows.map((row) => row.caseId));
};
