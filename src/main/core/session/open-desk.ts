import type { Problem } from '#shared/contract/calls.ts';
import type { Person } from '#shared/domain/directory.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { CaseFile } from '#main/db/file/case-file.ts';
import type { CaseFileProblem } from '#main/db/file/case-file-problem.ts';
import type { CreateCaseFileProblem } from '#main/db/file/create-case-file.ts';
import { outboxSummary } from '#main/db/queries/outbox.ts';
import { withTransaction } from '#main/db/handles.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { Desk, Surroundings } from '../desk.ts';
import { signerOf } from './device-key.ts';

/** A desk and the file it stands on. */
export type OpenDesk = { readonly desk: Desk; readonly file: CaseFile };

/** Why a case file did not open, as a code that the window has words for. */
export const caseFileProblem = (trouble: CaseFileProblem | CreateCaseFileProblem): Problem => ({
  code: `case-file-${trouble.kind}`,
});

export const deskOn = (
  file: CaseFile,
  person: Person,
  surroundings: Surroundings,
): Result<OpenDesk, Problem> => {
  const deviceKey = readState(file.db, 'deviceKey');
  // Files moved between people's folders by hand: nobody works in another's name.
  if (deviceKey === null || file.identity.personId !== person.id) {
    file.close();
    return err({ code: 'case-file-not-a-case-file' });
  }
  // A renewal that a crash cut off: nobody else has the file open.
  if (readState(file.db, 'renewal') !== null) {
    withTransaction(file.db, (db) => writeState(db, 'renewal', null));
  }
  const desk: Desk = {
    ...surroundings,
    db: file.db,
    person,
    deviceId: file.identity.deviceId,
    sign: signerOf(deviceKey),
  };
  return ok({ desk, file });
};

export const waitingAt = (file: CaseFile): number => outboxSummary(file.db).waiting;
