/**
 * What every record is, once for the whole region: its kind, client and compartment never change (SPEC
 * G1). The log and the heads are spread by client, so none of their keys can notice a record that is
 * written under a second one.
 */
const sql = `
CREATE TABLE record_identity (
  record_id uuid PRIMARY KEY,
  kind text COLLATE "C" NOT NULL,
  case_id uuid NOT NULL,
  compartment text COLLATE "C" NOT NULL
);
INSERT INTO record_identity (record_id, kind, case_id, compartment)
  SELECT DISTINCT ON (record_id) record_id, kind, case_id, compartment
  FROM head ORDER BY record_id, seq;
`;

export const recordIdentity = { number: 2, name: 'record-identity', sql };
