import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader, Transaction } from '../../db/pool.ts';
import type { OnlineRefusal } from '../online/online-handlers.ts';
import type { CaseAccess } from '../rights/read-access.ts';

/** The same words whether the client is the asker, is hidden from the asker, or does not exist. */
export const noAccess: OnlineRefusal = { code: 'no-access' };

/** Whether the region has anything of the client. */
export const exists = (access: CaseAccess | undefined): access is CaseAccess =>
  access !== undefined && access.compartments.length > 0;

/** Nobody opens their own record as a professional. */
export const isOwnRecord = (access: CaseAccess): boolean => {
  const decision = access.decide(jointPlan);
  return !decision.allowed && decision.because === 'own-record';
};

/** Whether any part of the client is open now. */
export const isOpen = (access: CaseAccess): boolean =>
  access.compartments.some((compartment) => access.decide(compartment).allowed);

/** What one person does here goes one after another: what is counted or must be made once stays so. */
export const lockPerson = async (tx: Transaction, personId: Id): Promise<void> => {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 7021012))`, [personId]);
};

type ClientName = { readonly familyName: string; readonly givenNames: string };

/** The name as lists show it. */
export const nameInList = ({ familyName, givenNames }: ClientName): string =>
  `${familyName} ${givenNames}`.trim();

/** Names of clients for lists; the caller has made sure that they may be shown. */
export const clientNames = async (
  db: Reader,
  caseIds: readonly Id[],
): Promise<ReadonlyMap<Id, string>> => {
  if (caseIds.length === 0) return new Map();
  const rows = await db.query<ClientName & { readonly caseId: Id }>(
    `SELECT case_id AS "caseId", family_name AS "familyName", given_names AS "givenNames"
     FROM client_standing WHERE case_id = ANY($1::uuid[])`,
    [[...new Set(caseIds)]],
  );
  return new Map(rows.map((row) => [row.caseId, nameInList(row)]));
};
