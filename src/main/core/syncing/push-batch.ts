import { protocolVersion } from '#shared/protocol/version.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { withdrawChange } from '#main/db/queries/changes.ts';
import { withTransaction } from '#main/db/handles.ts';
import { noteRefused, noteSent, type OutboxRow } from '#main/db/queries/outbox.ts';
import type { Desk } from '../desk.ts';
import { collectTouched } from '../derived/refresh.ts';
import { applyReceipts } from './apply-receipts.ts';
import { nextStep, noteAnswered } from './device-steps.ts';
import type { RegionClient } from './region-client.ts';
import { isRestored, restartAfterRestore } from './restart-after-restore.ts';
import { storageTrouble, type RoundReports, type RoundTrouble } from './round-trouble.ts';

/** What a push works with. */
export type Pushing = {
  readonly desk: Desk;
  readonly region: RegionClient;
  readonly token: string;
  readonly reports: RoundReports;
};

/** Sends one batch and acts on its receipts. */
export const pushBatch = async (
  { desk, region, token, reports }: Pushing,
  batch: readonly OutboxRow[],
): Promise<Result<void, RoundTrouble>> => {
  const marked = withTransaction(desk.db, (db) => {
    noteSent(
      db,
      batch.map((row) => row.counter),
      desk.now(),
    );
    return nextStep(desk, db);
  });
  if (!marked.ok) return storageTrouble(marked.error);
  const step = marked.value;
  const answer = await region.push(token, {
    protocol: protocolVersion,
    step,
    changes: batch.map(({ change, signature, counter }) => ({ change, signature, counter })),
  });
  if (!answer.ok) return answer;
  // Receipts of another epoch say nothing of this one; the pull that follows notices it too (SPEC L5).
  if (isRestored(desk, answer.value)) return restartAfterRestore(desk, reports);
  const applied = withTransaction(desk.db, (db) => {
    const touched = collectTouched(desk);
    noteAnswered(db, step);
    applyReceipts(desk, answer.value.receipts, touched);
    touched.refresh(db);
  });
  if (!applied.ok) return storageTrouble(applied.error);
  const caseIds = new Set(batch.map((row) => row.change.caseId));
  reports.onApplied({ caseIds: [...caseIds], directoryChanged: false });
  return ok(undefined);
};

/** A change that no message can carry waits for its author like a refused one (SPEC D3). */
export const keepTooLarge = (
  desk: Desk,
  { changeId, change, caseNo }: OutboxRow,
): Result<void, RoundTrouble> => {
  const kept = withTransaction(desk.db, (db) => {
    const touched = collectTouched(desk);
    noteRefused(db, changeId, 'too-large');
    withdrawChange(db, change, caseNo);
    touched.note(caseNo, change, false);
    touched.refresh(db);
  });
  return kept.ok ? ok(undefined) : storageTrouble(kept.error);
};
