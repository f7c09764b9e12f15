import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Receipt, RefusalCode } from '#shared/protocol/push.ts';
import { oneByOne, type Reader, type Transaction } from '../../db/pool.ts';
import { contentHash, type LogEntry } from './log-entry.ts';

/** What a change gets when it has not been answered before. */
export type Verdict =
  | { readonly verdict: 'stored' }
  | { readonly verdict: 'review' }
  | { readonly verdict: 'refused'; readonly code: RefusalCode };

export type Claim = { readonly entry: LogEntry } & Verdict;

export type Claimed = {
  /** Entries that this transaction answers for the first time, in their order. */
  readonly fresh: readonly LogEntry[];
  /** Answers to the others: the first answer again, or `id-taken` for other content. */
  readonly settled: ReadonlyMap<LogEntry, Receipt>;
};

type ReceiptRow = {
  readonly change_id: Id;
  readonly content_hash: Buffer;
  readonly verdict: 'stored' | 'review' | 'refused';
  readonly code: RefusalCode | null;
  readonly seq: number | null;
  readonly decision: 'accepted' | 'returned' | null;
  readonly reason: string | null;
  readonly decided_at: Date | null;
  readonly decided_by: Id | null;
};

/**
 * Writes the answer to each change unless its id was answered before (SPEC U3, G4). A change that
 * another transaction is answering at this moment is waited for. Rows go in the order of their ids,
 * so that two batches with the same changes do not stand in each other's way.
 */
export const claimReceipts = async (
  tx: Transaction,
  claims: readonly Claim[],
  at: Date,
): Promise<Claimed> => {
  const byId = new Map<Id, { readonly claim: Claim; readonly hash: Buffer }>();
  const others: { readonly claim: Claim; readonly hash: Buffer }[] = [];
  for (const claim of claims) {
    const hashed = { claim, hash: contentHash(claim.entry.change) };
    const id = claim.entry.change.id;
    if (byId.has(id)) others.push(hashed);
    else byId.set(id, hashed);
  }
  const rows = [...byId.values()]
    .toSorted((a, b) => (a.claim.entry.change.id < b.claim.entry.change.id ? -1 : 1))
    .map(({ claim, hash }) => ({
      change_id: claim.entry.change.id,
      content_hash: `\\x${hash.toString('hex')}`,
      verdict: claim.verdict,
      code: claim.verdict === 'refused' ? claim.code : null,
      case_id: claim.entry.change.caseId,
      device_id: claim.entry.device?.id ?? null,
    }));
  const inserted = await tx.query<{ change_id: Id }>(
    `INSERT INTO change_receipt
       (change_id, content_hash, verdict, code, case_id, device_id, answered_at)
     SELECT change_id, content_hash, verdict, code, case_id, device_id, $2
     FROM jsonb_to_recordset($1::jsonb) AS row
       (change_id uuid, content_hash bytea, verdict text, code text, case_id uuid, device_id uuid)
     ON CONFLICT (change_id) DO NOTHING
     RETURNING change_id`,
    [JSON.stringify(rows), at],
  );
  const freshIds = new Set(inserted.map((row) => row.change_id));
  const fresh: LogEntry[] = [];
  const known = new Set<Id>();
  const repeated = [...others];
  for (const [id, hashed] of byId) {
    if (freshIds.has(id)) fresh.push(hashed.claim.entry);
    else {
      known.add(id);
      repeated.push(hashed);
    }
  }

  const rowsOfKnown = await receiptRows(tx, [...known]);
  const settled = new Map<LogEntry, Receipt>();
  for (const { claim, hash } of repeated) {
    const { id } = claim.entry.change;
    const row = rowsOfKnown.get(id);
    const firstHash = row?.content_hash ?? byId.get(id)?.hash;
    if (firstHash === undefined || !firstHash.equals(hash)) {
      settled.set(claim.entry, { changeId: id, verdict: 'refused', code: 'id-taken' });
    } else if (row !== undefined) settled.set(claim.entry, receiptOf(row));
    // The same change twice in one batch: the caller gives both the first one's answer.
  }
  return { fresh, settled };
};

/**
 * Which of the changes were stored or taken in for review before: with the `same` content, or with `other`
 * content under the same id (SPEC G4). Those never answered are missing.
 */
export const answeredBefore = async (
  db: Reader,
  changes: readonly Change[],
): Promise<ReadonlyMap<Change, 'same' | 'other'>> => {
  const rows = await receiptRows(
    db,
    changes.map((change) => change.id),
  );
  return new Map(
    changes.flatMap((change) => {
      const row = rows.get(change.id);
      if (row === undefined) return [];
      return [[change, row.content_hash.equals(contentHash(change)) ? 'same' : 'other'] as const];
    }),
  );
};

/** The receipts of changes answered before; ids never answered are missing (SPEC L3). */
export const findReceipts = async (
  db: Reader,
  changeIds: readonly Id[],
): Promise<readonly Receipt[]> => {
  const rows = await receiptRows(db, changeIds);
  return changeIds.flatMap((id) => {
    const row = rows.get(id);
    return row === undefined ? [] : [receiptOf(row)];
  });
};

const receiptRows = async (
  db: Reader,
  changeIds: readonly Id[],
): Promise<ReadonlyMap<Id, ReceiptRow>> => {
  if (changeIds.length === 0) return new Map();
  const rows = await db.query<ReceiptRow>(
    `SELECT receipt.change_id, receipt.content_hash, receipt.verdict, receipt.code, log.seq,
            review.decision, review.reason, review.decided_at, review.decided_by
     FROM change_receipt AS receipt
     LEFT JOIN LATERAL (
       SELECT seq FROM change_log AS log
       WHERE receipt.verdict = 'stored'
         AND log.case_id = receipt.case_id AND log.change_id = receipt.change_id
       ${oneByOne}) AS log ON true
     LEFT JOIN review
       ON receipt.verdict = 'review' AND review.change_id = receipt.change_id
     WHERE receipt.change_id = ANY($1::uuid[])`,
    [changeIds],
  );
  return new Map(rows.map((row) => [row.change_id, row]));
};

const receiptOf = (row: ReceiptRow): Receipt => {
  if (row.verdict === 'review') return reviewReceipt(row);
  if (row.verdict === 'refused' && row.code !== null) {
    return { changeId: row.change_id, verdict: 'refused', code: row.code };
  }
  if (row.seq !== null) return { changeId: row.change_id, verdict: 'stored', seq: row.seq };
  throw new Error(`The receipt of change ${row.change_id} names no row of the log.`);
};

/** Taken in for review, until the reviewer has returned it; an accepted one is stored. */
const reviewReceipt = (row: ReceiptRow): Receipt => {
  const { change_id: changeId, decision, decided_at: at, decided_by: reviewerId } = row;
  if (decision !== 'returned' || at === null || reviewerId === null) {
    return { changeId, verdict: 'review' };
  }
  const reason = row.reason ?? '';
  return { changeId, verdict: 'returned', reason, atMs: at.getTime(), reviewerId };
};
