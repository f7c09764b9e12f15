import { z } from 'zod';
import { withTransaction, type Database } from '#server/db/pool.ts';

/** A client as most are: known by a few records. */
const recordsEach = 5;

const filling = `
  CREATE TEMP TABLE filling ON COMMIT DROP AS
  SELECT case_id, number, place, CASE WHEN place = 1 THEN case_id ELSE gen_random_uuid() END AS record_id,
    gen_random_uuid() AS change_id, row_number() OVER () AS row_no
  FROM (SELECT gen_random_uuid() AS case_id, number FROM generate_series(1, $1::int) AS number) AS client
  CROSS JOIN generate_series(1, ${recordsEach}) AS place`;

const kindOf = `CASE WHEN place = 1 THEN 'client' ELSE 'need' END`;
const groupOf = `CASE WHEN place = 1 THEN 'identity' ELSE 'heading' END`;

const statements = [
  `INSERT INTO change_log (seq, change_id, record_id, kind, case_id, compartment, grp, value, parents,
     author_id, profession, task_class, hybrid_time, schema, received_at)
   SELECT $1::bigint + row_no, change_id, record_id, ${kindOf}, case_id, 'joint/plan', ${groupOf},
     CASE WHEN place = 1
       THEN jsonb_build_object('familyName', 'Kivimetsä ' || number, 'givenNames', 'Aune',
         'preferredName', '', 'personalIdentityCode', null, 'temporaryId', null, 'birthDate', null)
       ELSE jsonb_build_object('lifeArea', 'housing', 'title', 'Asumisen tuki ja liikkuminen ' || row_no)
     END,
     '{}', case_id, 'social-worker', 'limited-health', '019000000000-0000', 1, now() FROM filling`,
  `INSERT INTO head (case_id, record_id, grp, change_id, kind, compartment, seq)
   SELECT case_id, record_id, ${groupOf}, change_id, ${kindOf}, 'joint/plan', $1::bigint + row_no
   FROM filling`,
  `INSERT INTO change_receipt (change_id, content_hash, verdict, case_id, answered_at)
   SELECT change_id, decode(md5(change_id::text), 'hex'), 'stored', case_id, now() FROM filling
   WHERE $1::bigint IS NOT NULL`,
  `INSERT INTO record_identity (record_id, kind, case_id, compartment)
   SELECT record_id, ${kindOf}, case_id, 'joint/plan' FROM filling WHERE $1::bigint IS NOT NULL`,
  `INSERT INTO case_compartment (case_id, compartment)
   SELECT case_id, 'joint/plan' FROM filling WHERE place = 1 AND $1::bigint IS NOT NULL`,
  `INSERT INTO client_standing (case_id, family_name, given_names, unit_id)
   SELECT case_id, 'Kivimetsä ' || number, 'Aune', nullif(current_setting('bench.unit'), '')::uuid
   FROM filling WHERE place = 1 AND $1::bigint IS NOT NULL`,
  `INSERT INTO case_rights (case_id, seq)
   SELECT case_id, $1::bigint + row_no FROM filling WHERE place = 1`,
  `INSERT INTO membership_current (membership_id, person_id, case_id, role, valid_from, seq)
   SELECT gen_random_uuid(), gen_random_uuid(), case_id, 'custodian', '2020-01-01', $1::bigint + row_no
   FROM filling WHERE place <= 3`,
] as const;

/**
 * Adds clients of other people by plain SQL, with all that the program would keep of them; of one unit's
 * round when it is named.
 */
export const growRegion = async (owner: Database, input: unknown): Promise<number> => {
  const { clients, unitId } = z
    .object({ clients: z.int(), unitId: z.string().optional() })
    .parse(input);
  await withTransaction(owner, async (tx) => {
    await tx.query("SELECT set_config('bench.unit', $1, true)", [unitId ?? '']);
    await tx.query(filling, [clients]);
    const [taken] = await tx.query<{ before: number }>(
      'SELECT take_sequence($1::int) - $1::int AS before',
      [clients * recordsEach],
    );
    for (const statement of statements) await tx.query(statement, [taken?.before ?? 0]);
  });
  // As its own housekeeping would, so that plans know how large the tables are.
  await owner.query('VACUUM ANALYZE');
  return clients;
};
