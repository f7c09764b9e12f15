import { jointPlan } from '#shared/domain/codes.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import {
  birthDateOf,
  personalIdentityCodeProblem,
  tidyPersonalIdentityCode,
  type PersonalIdentityCode,
} from '#shared/domain/personal-identity-code.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { withTransaction, type Transaction } from '../../db/pool.ts';
import { entryOf, rightOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { readAccess, type CaseAccess } from '../rights/read-access.ts';
import { writeUse } from '../use-log/write-use.ts';
import { isOpen, isOwnRecord, lockPerson, noAccess } from './case-standing.ts';
import { secondsToWait } from './look-up-limit.ts';
import { lookUpDuty, mayLookUp, worksWithClients } from './task-reach.ts';

type Found = NonNullable<OnlineOutput<'clients.find'>['found']>;

type Candidate = {
  readonly caseId: Id;
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthDate: string | null;
  readonly restraint: boolean;
};

/**
 * Finds a client by the whole personal identity code. The look-up stands in the client's log before it is
 * answered; one that finds nobody is logged too and costs the same work, and both count against guessing.
 */
export const findClient = async (
  asker: Asker,
  { personalIdentityCode }: OnlineInput<'clients.find'>,
): Promise<Result<OnlineOutput<'clients.find'>, OnlineRefusal>> => {
  const code = tidyPersonalIdentityCode(personalIdentityCode);
  const problem = personalIdentityCodeProblem(code);
  if (problem) return err({ code: 'not-acceptable', path: 'personalIdentityCode', problem });
  const nowMs = asker.now().getTime();
  const today = finnishDate(nowMs);
  const { person } = asker;
  if (!mayLookUp(person, today)) return err(noAccess);
  return withTransaction(asker.db, async (tx) => {
    await lockPerson(tx, person.id);
    const retryAfterSeconds = await secondsToWait(tx, person.id, nowMs);
    if (retryAfterSeconds > 0) return err({ code: 'slow-down', retryAfterSeconds });
    const candidates = await candidatesFor(tx, code);
    const caseIds = candidates.map(({ caseId }) => caseId);
    const nobody = newId(nowMs, asker.random);
    const access = await readAccess(tx, person.id, caseIds.length > 0 ? caseIds : [nobody], nowMs);
    const found = foundAmong(candidates, access, code);
    await writeUse(tx, [
      entryOf(asker, {
        action: 'find',
        caseId: found?.caseId ?? null,
        register: found ? 'joint' : 'none',
        what: { screen: 'find', count: found ? 1 : 0 },
        ...(worksWithClients(person, today)
          ? rightOf(access.get(found?.caseId ?? nobody)?.decide(jointPlan))
          : { role: lookUpDuty(person) ?? '', ground: 'duty' }),
      }),
    ]);
    return ok({ found });
  });
};

/** Those who carry the code, and whom they were merged with: the main record first, then the oldest. */
const candidatesFor = (
  tx: Transaction,
  code: PersonalIdentityCode,
): Promise<readonly Candidate[]> =>
  tx.query<Candidate>(
    `WITH coded AS (SELECT case_id FROM client_standing WHERE personal_identity_code = $1),
     meant AS (
       SELECT case_id FROM coded
       UNION
       SELECT alias.main_case_id FROM coded JOIN case_alias AS alias USING (case_id))
     SELECT standing.case_id AS "caseId", standing.family_name AS "familyName",
            standing.given_names AS "givenNames", standing.birth_date AS "birthDate",
            standing.restraint
     FROM meant JOIN client_standing AS standing USING (case_id)
     ORDER BY EXISTS (SELECT FROM case_alias WHERE main_case_id = standing.case_id) DESC,
              (SELECT min(seq) FROM change_log WHERE case_id = standing.case_id) NULLS LAST,
              standing.case_id`,
    [code],
  );

const foundAmong = (
  candidates: readonly Candidate[],
  access: ReadonlyMap<Id, CaseAccess>,
  code: PersonalIdentityCode,
): Found | null => {
  const standing = ({ caseId }: Candidate): Found['access'] => {
    const toCase = access.get(caseId);
    if (!toCase) return 'ground';
    if (isOwnRecord(toCase)) return 'own-record';
    return isOpen(toCase) ? 'open' : 'ground';
  };
  const chosen = candidates.find((one) => standing(one) !== 'ground') ?? candidates[0];
  if (!chosen) return null;
  return {
    caseId: chosen.caseId,
    familyName: chosen.familyName,
    givenNames: chosen.givenNames,
    birthDate: chosen.birthDate ?? birthDateOf(code),
    restraintOnDisclosure: candidates.some(({ restraint }) => restraint),
    access: standing(chosen),
  };
};
