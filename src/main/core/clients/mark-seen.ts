import type { CallArguments, Problem } from '#shared/contract/calls.ts';
import { sectionOfKind } from '#shared/domain/records/sections.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { findHeldCase } from '#main/db/queries/changes.ts';
import { noteSeen } from '#main/db/queries/unseen-changes.ts';
import { withTransaction } from '#main/db/handles.ts';
import type { Desk } from '../desk.ts';
import { storageProblem } from '../problems.ts';

/** This person has looked at a section, or at all of the client: for nobody else, and on this computer. */
export const markSeen = (
  { db }: Pick<Desk, 'db'>,
  { caseId, section, through }: CallArguments<'clients.markSeen'>,
): Result<Record<string, never>, Problem> => {
  const caseNo = findHeldCase(db, caseId);
  if (caseNo === undefined) return err({ code: 'not-on-this-device' });
  const done = withTransaction(db, () =>
    noteSeen(db, caseNo, (kind) => section === null || sectionOfKind(kind) === section, through),
  );
  return done.ok ? ok({}) : err(storageProblem(done.error));
};
