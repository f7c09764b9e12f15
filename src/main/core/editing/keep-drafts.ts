import type { CallArguments, Problem } from '#shared/contract/calls.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { ensureCase, findCase } from '#main/db/queries/cases.ts';
import { discardDraft, saveDraft } from '#main/db/queries/drafts.ts';
import { withTransaction } from '#main/db/handles.ts';
import type { Desk } from '../desk.ts';
import { storageProblem } from '../problems.ts';

/**
 * Keeps what is being typed. A draft asks for no right: words are never refused, not even when the right
 * ended, or the client left, in the middle of a sentence. They then go to the region for review.
 */
export const keepDraft = (
  desk: Desk,
  input: CallArguments<'drafts.save'>,
): Result<{ savedAt: number }, Problem> => {
  const savedAt = desk.now();
  const done = withTransaction(desk.db, (db) =>
    saveDraft(db, ensureCase(db, input.caseId).caseNo, { ...input, savedAt }),
  );
  return done.ok ? ok({ savedAt }) : err(storageProblem(done.error));
};

export const dropDraft = (
  desk: Desk,
  input: CallArguments<'drafts.discard'>,
): Result<Record<string, never>, Problem> => {
  const caseNo = findCase(desk.db, input.caseId);
  if (caseNo === undefined) return ok({});
  const done = withTransaction(desk.db, (db) =>
    discardDraft(db, caseNo, input.recordId, input.group),
  );
  return done.ok ? ok({}) : err(storageProblem(done.error));
};
