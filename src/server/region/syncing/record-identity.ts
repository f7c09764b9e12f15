import type { Change } from '#shared/domain/change.ts';
import type { Transaction } from '../../db/pool.ts';

/** Another transaction made the same record for another client: run again, this one sees and refuses it. */
class RecordMeanwhileTaken extends Error {
  /** PostgreSQL's own code for a transaction that has to be run again. */
  readonly code = '40001';
}

/** Notes what new records are (SPEC G1), in the order of their ids, so that two batches never wait crosswise. */
export const claimRecords = async (tx: Transaction, changes: readonly Change[]): Promise<void> => {
  const given = [
    changes.map((change) => change.recordId),
    changes.map((change) => change.kind),
    changes.map((change) => change.caseId),
    changes.map((change) => change.compartment),
  ];
  await tx.query(
    `INSERT INTO record_identity (record_id, kind, case_id, compartment)
     SELECT DISTINCT ON (record_id) *
     FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[])
       AS given (record_id, kind, case_id, compartment)
     ORDER BY record_id
     ON CONFLICT DO NOTHING`,
    given,
  );
  const [other] = await tx.query(
    `SELECT 1 AS one FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[])
       AS given (record_id, kind, case_id, compartment)
     JOIN record_identity AS known USING (record_id)
     WHERE (known.kind, known.case_id, known.compartment)
       IS DISTINCT FROM (given.kind, given.case_id, given.compartment)
     LIMIT 1`,
    given,
  );
  if (other !== undefined) throw new RecordMeanwhileTaken('a record of another client');
};
