import type { CallArguments, Problem } from '#shared/contract/calls.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { ensureCase, findCase, type CaseNo } from '#main/db/queries/cases.ts';
import { readRecord, type KnownChange } from '#main/db/queries/changes.ts';
import { discardDraft, saveDraft } from '#main/db/queries/drafts.ts';
import { withTransaction, type ReadableDb } from '#main/db/handles.ts';
import type { Desk } from '../desk.ts';
import { joined, storageProblem } from '../problems.ts';
import { newerDraftProblem } from './newer-program.ts';

/** What the draft may be based on; nothing is read for what nobody has written yet. */
const groupOf = (
  db: ReadableDb,
  caseNo: CaseNo,
  { recordId, group, basedOn }: CallArguments<'drafts.save'>,
): readonly KnownChange[] =>
  basedOn.length === 0
    ? []
    : readRecord(db, caseNo, recordId).filter(({ shape }) => shape.group === group);

/**
 * Keeps what is being typed. A draft asks for no right: words are never refused, not even when the right
 * ended, or the client left, in the middle of a sentence. They then go to the region for review. Only what
 * was begun on a version that this program cannot write is refused (`newer-program`).
 */
export const keepDraft = (
  desk: Desk,
  input: CallArguments<'drafts.save'>,
): Result<{ savedAt: number }, Problem> => {
  const savedAt = desk.now();
  return joined(
    withTransaction<Result<{ savedAt: number }, Problem>>(desk.db, (db, undo) => {
      const { caseNo } = ensureCase(db, input.caseId);
      const newer = newerDraftProblem(input, input.basedOn, groupOf(db, caseNo, input));
      if (newer) return undo(err(newer));
      saveDraft(db, caseNo, { ...input, savedAt });
      return ok({ savedAt });
    }),
  );
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
