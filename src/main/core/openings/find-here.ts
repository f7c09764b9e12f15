import type { CallOutput, Problem } from '#shared/contract/calls.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import {
  personalIdentityCodeProblem,
  tidyPersonalIdentityCode,
} from '#shared/domain/personal-identity-code.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { closedIdentities, type ClosedIdentity } from '#main/db/queries/changes.ts';
import { withReading } from '#main/db/handles.ts';
import type { Desk } from '../desk.ts';
import { problem, storageProblem } from '../problems.ts';
import { noteUse } from '../use/note-use.ts';

type Found = CallOutput<'emergency.findHere'>;

const identityOf = ({ valueText }: ClosedIdentity) =>
  JSON.parse(valueText) as Partial<GroupValue<'client', 'identity'>>;

/**
 * A client whose data lies here but whose rights the clock has ended, by the exact personal identity code.
 * The look-up stands in the log before the name is told.
 */
export const findHere = (desk: Desk, typed: string): Result<Found, Problem> => {
  const code = tidyPersonalIdentityCode(typed);
  if (personalIdentityCodeProblem(code) !== null) {
    return problem('personal-identity-code', 'personalIdentityCode');
  }
  const read = withReading(desk.db, (db) =>
    closedIdentities(db).find((known) => identityOf(known).personalIdentityCode === code),
  );
  if (!read.ok) return { ok: false, error: storageProblem(read.error) };
  const found = read.value;
  if (!found) return ok({ found: null });
  const logged = noteUse(desk, [
    {
      action: 'find',
      role: '',
      caseId: found.caseId,
      register: 'joint',
      compartments: [jointPlan],
      what: { screen: 'find' },
      ground: '',
      basisId: null,
    },
  ]);
  if (!logged.ok) return logged;
  const { familyName = '', givenNames = '' } = identityOf(found);
  return ok({
    found: { caseId: found.caseId, clientName: `${familyName} ${givenNames}`.trim() },
  });
};
