import type { Change, SentChange } from '#shared/domain/change.ts';
import type { Id, RandomBytes } from '#shared/domain/ids.ts';
import type { Receipt } from '#shared/protocol/push.ts';
import type { Step } from '#shared/protocol/step.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { withTransaction, type Database, type Transaction } from '../../db/pool.ts';
import { takeStep } from '../identity/take-step.ts';
import { takeInForReview } from '../reviews/keep-for-review.ts';
import { lockCases } from './append.ts';
import { checkAlone, signatureCheck, type Sender } from './check-change.ts';
import { judgeChanges, type Judgement } from './judge-changes.ts';
import type { LogEntry } from './log-entry.ts';
import { logWrites, type TakenIn } from './log-use.ts';
import { claimReceipts, type Claim } from './receipts.ts';
import { storeChanges } from './store-changes.ts';

export type PushParts = {
  readonly db: Database;
  readonly nowMs: number;
  readonly random: RandomBytes;
};

/**
 * Takes in a batch and answers change by change, in its order (SPEC U2). One transaction: what is
 * answered as stored is on the disk. The same batch again gets the same answers (U3).
 */
export const pushChanges = async (
  parts: PushParts,
  sender: Sender,
  batch: readonly { readonly change: { readonly id: Id } }[],
  step?: Step,
): Promise<Result<readonly Receipt[], 'device-copied'>> => {
  const signatureHolds = signatureCheck(sender.publicKey);
  const alone = await Promise.all(batch.map((raw) => checkAlone(raw, sender, signatureHolds)));
  const checked = alone.flatMap((result) => (result.ok ? [result.value] : []));
  const stored = await withTransaction(parts.db, async (tx) => {
    const taken = await takeStep(tx, sender.deviceId, step);
    if (!taken.ok) return taken;
    return ok(
      checked.length === 0
        ? new Map<Change, Receipt>()
        : await storeBatch(tx, parts, sender, checked),
    );
  });
  if (!stored.ok) return stored;
  const answers = stored.value;
  const receipts = alone.flatMap((result, index): Receipt[] => {
    const changeId = batch[index]?.change.id ?? '';
    // Nothing is kept of what is refused here: its id may yet come from its rightful author.
    if (!result.ok) return [{ changeId, verdict: 'refused', code: result.error }];
    return [answers.get(result.value.change) ?? []].flat();
  });
  return ok(receipts);
};

const storeBatch = async (
  tx: Transaction,
  parts: PushParts,
  sender: Sender,
  batch: readonly SentChange[],
): Promise<ReadonlyMap<Change, Receipt>> => {
  const changes = batch.map(({ change }) => change);
  const caseIds = [...new Set(changes.map((change) => change.caseId))];
  await lockCases(tx, caseIds);
  const judgements = await judgeChanges(tx, sender, changes, caseIds, parts.nowMs);
  const at = new Date(parts.nowMs);
  const entries = batch.map((sent) => asEntry(sent, sender));
  const judged = (...verdicts: readonly Judgement['verdict'][]): readonly LogEntry[] =>
    entries.filter((entry) => {
      const judgement = judgements.get(entry.change);
      return judgement !== undefined && verdicts.includes(judgement.verdict);
    });

  const reviewed = judged('review');
  const claimed = await claimReceipts(
    tx,
    reviewed.map((entry): Claim => ({ entry, verdict: 'review' })),
    at,
  );
  await takeInForReview(tx, claimed.fresh, at);
  await logWrites(tx, sender, takenIn(changes, judgements), parts);
  const toStore = judged('stored', 'again');
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
      const judgement = judgements.get(change);
      return judgement?.verdict === 'refused'
        ? [[change, { changeId: change.id, verdict: 'refused', code: judgement.code }]]
        : [];
    }),
  ]);
};

/** What is new among them, for the log of use: what was answered before was logged then. */
const takenIn = (
  changes: readonly Change[],
  judgements: ReadonlyMap<Change, Judgement>,
): readonly TakenIn[] =>
  changes.flatMap((change): readonly TakenIn[] => {
    const judgement = judgements.get(change);
    if (judgement?.verdict === 'stored') return [{ change, ground: judgement.ground }];
    return judgement?.verdict === 'review' ? [{ change, ground: null }] : [];
  });

const asEntry = (sent: SentChange, sender: Sender): LogEntry => ({
  change: sent.change,
  device: {
    id: sender.deviceId,
    counter: sent.counter,
    signature: Buffer.from(sent.signature, 'base64url'),
  },
});
