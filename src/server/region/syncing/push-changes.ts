import { finnishDate } from '#shared/domain/civil-date.ts';
import { teamAccess } from '#shared/domain/access/team-access.ts';
import { membershipGranted } from '#shared/domain/access/membership-grant.ts';
import type { Change, SentChange } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Receipt } from '#shared/protocol/push.ts';
import { withTransaction, type Database, type Transaction } from '../../db/pool.ts';
import { lockCases } from './append.ts';
import { checkAlone, signatureCheck, valueProblem, type Sender } from './check-change.ts';
import type { LogEntry } from './log-entry.ts';
import { readPlaces } from './place-problems.ts';
import { answeredBefore, claimReceipts, type Claim, type Verdict } from './receipts.ts';
import { keepForReview } from '../reviews/keep-for-review.ts';
import { storeChanges } from './store-changes.ts';
import { everMember, readTeams } from '../rights/team.ts';

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
  const alone = batch.map((raw) => checkAlone(raw, sender, signatureHolds));
  const checked = alone.flatMap((result) => (result.ok ? [result.value] : []));
  const answers =
    checked.length === 0
      ? new Map<Change, Receipt>()
      : await withTransaction(db, (tx) => storeBatch(tx, sender, checked, nowMs));
  return alone.flatMap((result, index): Receipt[] => {
    const changeId = batch[index]?.change.id ?? '';
    // Nothing is kept of what is refused here: its id may yet come from its rightful author.
    if (!result.ok) return [{ changeId, verdict: 'refused', code: result.error }];
    return [answers.get(result.value.change) ?? []].flat();
  });
};

const storeBatch = async (
  tx: Transaction,
  sender: Sender,
  batch: readonly SentChange[],
  nowMs: number,
): Promise<ReadonlyMap<Change, Receipt>> => {
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
  const toStore = judged('stored');
  const stored = await storeChanges(tx, toStore, at);
  return new Map<Change, Receipt>([
    ...toStore.flatMap(({ change }, index) => {
      const receipt = stored[index];
      return receipt ? [[change, receipt] as const] : [];
    }),
    ...reviewed.map((entry): readonly [Change, Receipt] => [
      entry.change,
      claimed.settled.get(entry) ?? { changeId: entry.change.id, verdict: 'review' },
    ]),
    // A refusal leaves nothing behind (U3).
    ...judged('refused').flatMap(({ change }): readonly (readonly [Change, Receipt])[] => {
      const verdict = verdicts.get(change);
      return verdict?.verdict === 'refused'
        ? [[change, { changeId: change.id, verdict: 'refused', code: verdict.code }]]
        : [];
    }),
  ]);
};

const asEntry = (sent: SentChange, sender: Sender): LogEntry => ({
  change: sent.change,
  device: {
    id: sender.deviceId,
    counter: sent.counter,
    signature: Buffer.from(sent.signature, 'base64url'),
  },
});

/** What each change deserves: rights first, so that a stranger learns nothing else (U4). */
const judge = async (
  tx: Transaction,
  sender: Sender,
  changes: readonly Change[],
  caseIds: readonly Id[],
  nowMs: number,
): Promise<ReadonlyMap<Change, Verdict>> => {
  const day = finnishDate(nowMs);
  const teams = await readTeams(tx, caseIds);
  const existing = await existingCases(tx, caseIds);
  const past = await everMember(tx, sender.personId, caseIds, day);
  const before = await answeredBefore(tx, changes);
  const places = await readPlaces(tx, changes);
  // The batch that makes a client is its founder's, also when the clocks here and there disagree on the day.
  const founded = new Set<Id>();
  const verdicts = new Map<Change, Verdict>();
  for (const change of changes) {
    const { caseId } = change;
    const problem =
      before.get(change) === 'other'
        ? 'id-taken'
        : (valueProblem(change) ?? places.problemOf(change));
    if (!existing.has(caseId) && problem === null && makesOwnMembership(change, sender)) {
      founded.add(caseId);
    }
    const allowed =
      founded.has(caseId) || teamAccess(sender.personId, teams.get(caseId) ?? [], day).allowed;
    // Its first answer again, whatever has become of the author's rights or the program's rules (U3).
    if (before.get(change) === 'same') verdicts.set(change, { verdict: 'stored' });
    else if (!allowed && !past.has(caseId)) {
      verdicts.set(change, { verdict: 'refused', code: 'no-access' });
    } else if (problem) verdicts.set(change, { verdict: 'refused', code: problem });
    else {
      places.accept(change);
      verdicts.set(change, { verdict: allowed ? 'stored' : 'review' });
    }
  }
  return verdicts;
};

/** A new client begins with its author's own membership. */
const makesOwnMembership = (change: Change, sender: Sender): boolean =>
  change.kind === 'membership' &&
  change.group === 'grant' &&
  membershipGranted(change.recordId, [change.value])?.personId === sender.personId;

const existingCases = async (tx: Transaction, caseIds: readonly Id[]): Promise<Set<Id>> => {
  const rows = await tx.query<{ caseId: Id }>(
    `SELECT DISTINCT case_id AS "caseId" FROM case_compartment WHERE case_id = ANY($1::uuid[])`,
    [caseIds],
  );
  return new Set(rows.map((row) => row.caseId));
};
