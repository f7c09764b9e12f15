import { membershipGranted } from '#shared/domain/access/membership-grant.ts';
import type { TeamMembership } from '#shared/domain/access/team-access.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import type { Reader, Transaction } from '../../db/pool.ts';

type MembershipRow = {
  readonly caseId: Id;
  readonly membershipId: Id;
  readonly personId: Id;
  readonly role: string;
  readonly validFrom: string;
  readonly validTo: string | null;
};

/** The teams of the given clients, by client. */
export const readTeams = async (
  db: Reader,
  caseIds: readonly Id[],
): Promise<ReadonlyMap<Id, readonly TeamMembership[]>> => {
  const rows = await db.query<MembershipRow>(
    `SELECT case_id AS "caseId", membership_id AS "membershipId", person_id AS "personId", role,
            valid_from AS "validFrom", valid_to AS "validTo"
     FROM membership_current WHERE case_id = ANY($1::uuid[])`,
    [caseIds],
  );
  return Map.groupBy(rows, (row) => row.caseId);
};

/**
 * The clients among the given in whose team the person has been until this day, by any stored membership
 * that had begun, whatever became of it since.
 */
export const everMember = async (
  db: Reader,
  personId: Id,
  caseIds: readonly Id[],
  day: string,
): Promise<ReadonlySet<Id>> => {
  const rows = await db.query<{ caseId: Id }>(
    `SELECT DISTINCT case_id AS "caseId" FROM change_log
     WHERE case_id = ANY($1::uuid[]) AND kind = 'membership' AND grp = 'grant'
       AND value ->> 'personId' = $2 AND value ->> 'validFrom' <= $3`,
    [caseIds, personId, day],
  );
  return new Set(rows.map((row) => row.caseId));
};

type HeadRow = {
  readonly recordId: Id;
  readonly caseId: Id;
  readonly group: string;
  readonly value: unknown;
  readonly seq: number;
};

/**
 * Works out what the touched memberships grant now, in the transaction that stored the changes: access is
 * decided on these rows. A membership removed, or edited apart from its removal, grants nothing.
 */
export const refreshMemberships = async (
  tx: Transaction,
  changes: readonly Change[],
): Promise<void> => {
  const touched = changes.filter((change) => change.kind === 'membership');
  if (touched.length === 0) return;
  const recordIds = [...new Set(touched.map((change) => change.recordId))];
  const caseIds = [...new Set(touched.map((change) => change.caseId))];
  const rows = await tx.query<HeadRow>(
    `SELECT head.record_id AS "recordId", head.case_id AS "caseId", head.grp AS "group", log.value,
            head.seq
     FROM head JOIN change_log AS log
       ON log.case_id = head.case_id AND log.change_id = head.change_id
     WHERE head.case_id = ANY($1::uuid[]) AND head.record_id = ANY($2::uuid[])`,
    [caseIds, recordIds],
  );
  await tx.query(
    `DELETE FROM membership_current
     WHERE membership_id = ANY($1::uuid[]) AND case_id = ANY($2::uuid[])`,
    [recordIds, caseIds],
  );
  const granted = [...Map.groupBy(rows, (row) => row.recordId)].flatMap(([recordId, heads]) => {
    if (!stands(heads)) return [];
    const grants = heads.filter((head) => head.group === 'grant');
    const [first] = grants;
    const membership = membershipGranted(
      recordId,
      grants.map((head) => head.value),
    );
    return first && membership
      ? [{ ...membership, caseId: first.caseId, seq: Math.max(...grants.map((head) => head.seq)) }]
      : [];
  });
  await tx.query(
    `INSERT INTO membership_current
       (membership_id, person_id, case_id, role, valid_from, valid_to, seq)
     SELECT "membershipId", "personId", "caseId", role, "validFrom", "validTo", seq
     FROM jsonb_to_recordset($1::jsonb) AS row
       ("membershipId" uuid, "personId" uuid, "caseId" uuid, role text, "validFrom" date,
        "validTo" date, seq bigint)`,
    [JSON.stringify(granted)],
  );
};

const stands = (heads: readonly HeadRow[]): boolean =>
  heads
    .filter((head) => head.group === existenceGroup)
    .every((head) => (head.value as { readonly state?: unknown }).state === 'standing');
