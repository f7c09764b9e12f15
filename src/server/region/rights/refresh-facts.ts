import type { Change } from '#shared/domain/change.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { isPermissionKind } from '#shared/domain/records/permission.ts';
import type { Transaction } from '../../db/pool.ts';
import {
  membershipRow,
  permissionRows,
  standingRow,
  type Head,
  type MembershipRow,
  type PermissionRow,
  type StandingRow,
} from './facts.ts';

/** The client's own record has the client's id; one made beside it says nothing of the client. */
const isOfClient = (change: Pick<Change, 'kind' | 'recordId' | 'caseId'>): boolean =>
  change.kind === 'client' && change.recordId === change.caseId;

/**
 * Works out anew what the touched memberships, permissions and clients' own records come to, in the
 * transaction that stored the changes at that time: access is decided on these rows.
 */
export const refreshFacts = async (
  tx: Transaction,
  changes: readonly Change[],
  storedAt: Date,
): Promise<void> => {
  const touched = changes.filter(
    (change) => change.kind === 'membership' || isPermissionKind(change.kind) || isOfClient(change),
  );
  if (touched.length === 0) return;
  const records = [...Map.groupBy(await readHeads(tx, touched), (head) => head.recordId).values()];
  const ofKind = (isKind: (kind: string) => boolean): readonly (readonly Head[])[] =>
    records.filter(([first]) => first !== undefined && isKind(first.kind));
  const idsOf = (isKind: (kind: string) => boolean): readonly Id[] => [
    ...new Set(touched.filter(({ kind }) => isKind(kind)).map((change) => change.recordId)),
  ];
  const isMembership = (kind: string): boolean => kind === 'membership';
  const today = finnishDate(storedAt.getTime());
  await writeMemberships(
    tx,
    idsOf(isMembership),
    ofKind(isMembership).flatMap((heads) => membershipRow(heads, today) ?? []),
  );
  await writePermissions(
    tx,
    idsOf(isPermissionKind),
    ofKind(isPermissionKind).flatMap((heads) => permissionRows(heads)),
  );
  await writeStandings(
    tx,
    ofKind((kind) => kind === 'client').flatMap((heads) => standingRow(heads) ?? []),
  );
};

const readHeads = (tx: Transaction, touched: readonly Change[]): Promise<readonly Head[]> => {
  const records = [...new Map(touched.map((change) => [change.recordId, change])).values()];
  return tx.query<Head>(
    `SELECT head.change_id AS "changeId", head.record_id AS "recordId", head.kind,
            head.case_id AS "caseId", head.grp AS "group", log.value,
            log.author_id AS "authorId", head.seq
     FROM unnest($1::uuid[], $2::uuid[]) AS touched (case_id, record_id)
     JOIN head USING (case_id, record_id)
     JOIN change_log AS log
       ON log.case_id = head.case_id AND log.change_id = head.change_id
     ORDER BY head.seq`,
    [records.map((change) => change.caseId), records.map((change) => change.recordId)],
  );
};

const writeMemberships = async (
  tx: Transaction,
  recordIds: readonly Id[],
  rows: readonly MembershipRow[],
): Promise<void> => {
  if (recordIds.length === 0) return;
  await tx.query(`DELETE FROM membership_current WHERE membership_id = ANY($1::uuid[])`, [
    recordIds,
  ]);
  await tx.query(
    `INSERT INTO membership_current
       (membership_id, person_id, case_id, role, task_class, supervisor_id, valid_from, valid_to, seq)
     SELECT "membershipId", "personId", "caseId", role, "taskClass", "supervisorId", "validFrom",
       "validTo", seq
     FROM jsonb_to_recordset($1::jsonb) AS row
       ("membershipId" uuid, "personId" uuid, "caseId" uuid, role text, "taskClass" text,
        "supervisorId" uuid, "validFrom" date, "validTo" date, seq bigint)`,
    [JSON.stringify(rows)],
  );
};

const writePermissions = async (
  tx: Transaction,
  recordIds: readonly Id[],
  rows: readonly PermissionRow[],
): Promise<void> => {
  if (recordIds.length === 0) return;
  await tx.query(`DELETE FROM permission_fact WHERE record_id = ANY($1::uuid[])`, [recordIds]);
  await tx.query(
    `INSERT INTO permission_fact (record_id, place, case_id, kind, fact)
     SELECT "recordId", place, "caseId", kind, fact
     FROM jsonb_to_recordset($1::jsonb) AS row
       ("recordId" uuid, place int, "caseId" uuid, kind text, fact jsonb)`,
    [JSON.stringify(rows)],
  );
};

const writeStandings = async (tx: Transaction, rows: readonly StandingRow[]): Promise<void> => {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO client_standing
       (case_id, unit_id, restraint, family_name, given_names, birth_date, personal_identity_code)
     SELECT "caseId", "unitId", restraint, "familyName", "givenNames", "birthDate",
       "personalIdentityCode"
     FROM jsonb_to_recordset($1::jsonb) AS row
       ("caseId" uuid, "unitId" uuid, restraint boolean, "familyName" text, "givenNames" text,
        "birthDate" text, "personalIdentityCode" text)
     ON CONFLICT (case_id) DO UPDATE SET
       unit_id = excluded.unit_id, restraint = excluded.restraint,
       family_name = excluded.family_name, given_names = excluded.given_names,
       birth_date = excluded.birth_date,
       personal_identity_code = excluded.personal_identity_code`,
    [JSON.stringify(rows)],
  );
};
