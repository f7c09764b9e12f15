/**
 * What rights depend on besides the team: work tasks, absences, openings on a ground, permissions and
 * prohibitions as their records' heads say now, aliases of clients, and what each device was told of why
 * it holds something.
 */
const sql = `
ALTER TABLE person
  -- Work tasks as the directory's schema has them; empty means the main fields are the one task.
  ADD COLUMN tasks jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN duties text[] NOT NULL DEFAULT '{}',
  ADD COLUMN partner_sector text,
  -- SHA-256 of the personal identity code with the region's id: a colleague who is a client is noticed.
  ADD COLUMN identity_code_hash bytea,
  -- Rises with everything but changes of records that may alter this person's rights.
  ADD COLUMN rights_version bigint NOT NULL DEFAULT 1;
CREATE INDEX person_identity_code ON person (identity_code_hash) WHERE identity_code_hash IS NOT NULL;

-- The directory that devices hold is the same as before when only these two have changed.
CREATE FUNCTION raise_directory_revision_for_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM before JOIN after USING (id)
    WHERE to_jsonb(before) - '{rights_version,identity_code_hash}'::text[]
      IS DISTINCT FROM to_jsonb(after) - '{rights_version,identity_code_hash}'::text[]
  ) THEN
    UPDATE directory_state SET revision = revision + 1;
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER person_UPDATE_seen ON person;
CREATE TRIGGER person_UPDATE_seen AFTER UPDATE ON person
  REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION raise_directory_revision_for_people();

CREATE TABLE absence (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  deputy_id uuid REFERENCES person (id),
  valid_from date NOT NULL,
  valid_to date NOT NULL CHECK (valid_to >= valid_from),
  -- Null: all clients of the absent person.
  case_ids uuid[],
  created_by uuid NOT NULL REFERENCES person (id),
  created_at timestamptz NOT NULL,
  CHECK (deputy_id IS DISTINCT FROM person_id)
);
CREATE INDEX absence_person ON absence (person_id, valid_to);
CREATE INDEX absence_deputy ON absence (deputy_id, valid_to);
${[
  ['INSERT', 'NEW'],
  ['UPDATE', 'NEW'],
  ['DELETE', 'OLD'],
]
  .map(
    ([event, rows]) =>
      `CREATE TRIGGER absence_${event}_seen AFTER ${event} ON absence
         REFERENCING ${rows} TABLE AS changed
         FOR EACH STATEMENT EXECUTE FUNCTION raise_directory_revision();`,
  )
  .join('\n')}

ALTER TABLE membership_current
  ADD COLUMN task_class text NOT NULL DEFAULT '',
  ADD COLUMN supervisor_id uuid;
UPDATE membership_current AS member SET task_class = coalesce((
  SELECT log.value ->> 'taskClass' FROM head JOIN change_log AS log
    ON log.case_id = head.case_id AND log.change_id = head.change_id
  WHERE head.case_id = member.case_id AND head.record_id = member.membership_id
    AND head.grp = 'grant' ORDER BY head.seq LIMIT 1), '');

-- What permissions, consents, prohibitions and joint services come to now (permissionFacts).
CREATE TABLE permission_fact (
  record_id uuid NOT NULL,
  place int NOT NULL,
  case_id uuid NOT NULL,
  kind text NOT NULL,
  fact jsonb NOT NULL,
  PRIMARY KEY (record_id, place)
);
CREATE INDEX permission_fact_case ON permission_fact (case_id);

-- The client's own record as its heads say now: what rights and the search by identity code need.
CREATE TABLE client_standing (
  case_id uuid PRIMARY KEY,
  unit_id uuid,
  restraint boolean NOT NULL DEFAULT false,
  family_name text NOT NULL DEFAULT '',
  given_names text NOT NULL DEFAULT '',
  birth_date text,
  personal_identity_code text
);
CREATE INDEX client_standing_unit ON client_standing (unit_id);
CREATE INDEX client_standing_code ON client_standing (personal_identity_code)
  WHERE personal_identity_code IS NOT NULL;

-- The highest sequence number of a change that may alter rights to the client. Numbers follow commits
-- (SPEC Q1), so a device that has looked up to a number has missed none below it.
CREATE TABLE case_rights (
  case_id uuid PRIMARY KEY,
  seq bigint NOT NULL
);
CREATE INDEX case_rights_seq ON case_rights (seq);
INSERT INTO case_rights (case_id, seq)
  SELECT case_compartment.case_id, (SELECT last_seq FROM region_state)
  FROM (SELECT DISTINCT case_id FROM case_compartment) AS case_compartment;

-- One person entered twice: both histories stay, and a relation to either opens both.
CREATE TABLE case_alias (
  case_id uuid PRIMARY KEY,
  main_case_id uuid NOT NULL CHECK (main_case_id <> case_id),
  reason text NOT NULL,
  merged_by uuid NOT NULL REFERENCES person (id),
  merged_at timestamptz NOT NULL
);
CREATE INDEX case_alias_main ON case_alias (main_case_id);

-- A client opened on a ground, in an emergency, or a protected part by confirmation. Never deleted.
CREATE TABLE opening (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('ground', 'emergency', 'confirmation')),
  person_id uuid NOT NULL REFERENCES person (id),
  device_id uuid,
  case_id uuid NOT NULL,
  ground text NOT NULL,
  reason text NOT NULL,
  -- The confirmed parts, for a confirmation.
  compartments text[],
  from_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL,
  -- Ended before its time by the person.
  ended_at timestamptz,
  -- Opened without a network and told at the next contact.
  offline boolean NOT NULL,
  received_at timestamptz NOT NULL,
  reviewed_by uuid REFERENCES person (id),
  reviewed_at timestamptz,
  review_note text
);
CREATE INDEX opening_person ON opening (person_id, until_at);
CREATE INDEX opening_case ON opening (case_id);
CREATE INDEX opening_unreviewed ON opening (from_at) WHERE reviewed_at IS NULL;

-- What a person has ever been given: work on it that arrives after the right has gone is for review.
CREATE TABLE scope_history (
  person_id uuid NOT NULL,
  case_id uuid NOT NULL,
  compartment text COLLATE "C" NOT NULL,
  first_at timestamptz NOT NULL,
  PRIMARY KEY (person_id, case_id, compartment)
);
INSERT INTO scope_history (person_id, case_id, compartment, first_at)
  SELECT DISTINCT ON (device.person_id, held.case_id, held.compartment)
    device.person_id, held.case_id, held.compartment, device.created_at
  FROM device_scope AS held JOIN device ON device.id = held.device_id;

-- How far a device's scope has been compared with its person's rights. When nothing that may alter them
-- has happened since and no date has come, the comparison has nothing to do.
ALTER TABLE device
  ADD COLUMN rights_seq bigint NOT NULL DEFAULT -1,
  ADD COLUMN rights_version bigint NOT NULL DEFAULT 0,
  -- Names the rules that were compared with: a program with other rules compares anew.
  ADD COLUMN rights_rules text NOT NULL DEFAULT '',
  ADD COLUMN rights_next_at timestamptz;

-- Why the device holds the scope, as the protocol's schema of a grant has it, and whether it has been told.
ALTER TABLE device_scope
  ADD COLUMN grant_value jsonb,
  ADD COLUMN grant_page text,
  ADD COLUMN grant_told boolean NOT NULL DEFAULT false;
CREATE INDEX device_scope_untold ON device_scope (device_id) WHERE NOT grant_told;
-- Who holds something of a client that there is news of.
CREATE INDEX device_scope_case ON device_scope (case_id, compartment);

ALTER TABLE review ADD COLUMN reason text NOT NULL DEFAULT '';

-- The clients' own records, for what stands here before this step.
INSERT INTO client_standing
  (case_id, unit_id, restraint, family_name, given_names, birth_date, personal_identity_code)
SELECT one.case_id,
  (SELECT (log.value ->> 'unitId')::uuid FROM head JOIN change_log AS log USING (case_id, change_id)
   WHERE head.case_id = one.case_id AND head.record_id = one.case_id AND head.grp = 'care'
   ORDER BY head.seq DESC LIMIT 1),
  coalesce((SELECT bool_or((log.value ->> 'restraintOnDisclosure')::boolean)
   FROM head JOIN change_log AS log USING (case_id, change_id)
   WHERE head.case_id = one.case_id AND head.record_id = one.case_id AND head.grp = 'protection'), false),
  coalesce(identity.value ->> 'familyName', ''), coalesce(identity.value ->> 'givenNames', ''),
  identity.value ->> 'birthDate', identity.value ->> 'personalIdentityCode'
FROM (SELECT DISTINCT case_id FROM head WHERE kind = 'client') AS one
LEFT JOIN LATERAL (
  SELECT log.value FROM head JOIN change_log AS log USING (case_id, change_id)
  WHERE head.case_id = one.case_id AND head.record_id = one.case_id AND head.grp = 'identity'
  ORDER BY head.seq DESC LIMIT 1) AS identity ON true;
`;

export const rights = { number: 3, name: 'rights', sql };
