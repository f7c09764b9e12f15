/** How many tables the log and its heads are spread over, by client. */
const partitions = 16;

const partitionsOf = (table: string): string =>
  Array.from(
    { length: partitions },
    (_, remainder) =>
      `CREATE TABLE ${table}_${String(remainder).padStart(2, '0')} PARTITION OF ${table}
         FOR VALUES WITH (MODULUS ${partitions}, REMAINDER ${remainder});`,
  ).join('\n');

/**
 * The region's directory, accounts and sessions, the log of changes with its heads and receipts,
 * what each device holds, and the region's own row.
 *
 * Moments come from the program's clock, not from now(), so that one clock rules a test. Ids and
 * hybrid times are compared byte by byte (COLLATE "C"), as every device does.
 */
const sql = `
CREATE TABLE region_state (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  region_id uuid NOT NULL,
  name text NOT NULL,
  -- A new one after a restore: devices notice and send again what was lost.
  epoch uuid NOT NULL,
  -- The highest sequence number given; moves in the transaction that stores the changes.
  last_seq bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);

-- The only place that gives sequence numbers (SPEC Q1). The lock is held to the end of the
-- transaction and released after its rows have become visible, so commits follow the numbers:
-- who sees a number sees every lower one. Taken last, just before the log insert, it is held for
-- one insert and the commit. @returns the highest of the "count" numbers given
CREATE FUNCTION take_sequence(count int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  highest bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(7021010);
  UPDATE region_state SET last_seq = last_seq + count RETURNING last_seq INTO STRICT highest;
  RETURN highest;
END $$;

CREATE TABLE directory_state (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  revision bigint NOT NULL DEFAULT 1
);
INSERT INTO directory_state DEFAULT VALUES;

CREATE TABLE unit (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  municipality text NOT NULL,
  sector text NOT NULL CHECK (sector IN ('social', 'health', 'joint'))
);

CREATE TABLE person (
  id uuid PRIMARY KEY,
  given_name text NOT NULL,
  family_name text NOT NULL,
  profession text NOT NULL,
  task_class text NOT NULL,
  unit_id uuid REFERENCES unit (id),
  -- The number in the registers of professionals (Terhikki, Suosikki), where there is one.
  registers_number text,
  active boolean NOT NULL DEFAULT true
);
CREATE INDEX person_unit ON person (unit_id);

CREATE FUNCTION raise_directory_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM changed) THEN
    UPDATE directory_state SET revision = revision + 1;
  END IF;
  RETURN NULL;
END $$;
${['unit', 'person']
  .flatMap((table) => [
    [table, 'INSERT', 'NEW'],
    [table, 'UPDATE', 'NEW'],
    [table, 'DELETE', 'OLD'],
  ])
  .map(
    ([table, event, rows]) =>
      `CREATE TRIGGER ${table}_${event}_seen AFTER ${event} ON ${table}
         REFERENCING ${rows} TABLE AS changed
         FOR EACH STATEMENT EXECUTE FUNCTION raise_directory_revision();`,
  )
  .join('\n')}

CREATE TABLE account (
  -- In lower case and normal form C.
  login text PRIMARY KEY,
  secret_hash text NOT NULL,
  person_id uuid NOT NULL UNIQUE REFERENCES person (id),
  created_at timestamptz NOT NULL
);

-- Guessing is slowed by login and by address, whether or not the login exists; the key is a hash.
CREATE TABLE sign_in_attempt (
  key bytea PRIMARY KEY,
  failures int NOT NULL,
  last_at timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL
);
CREATE INDEX sign_in_attempt_age ON sign_in_attempt (last_at);

CREATE TABLE device (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  -- Ed25519, 32 bytes.
  public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
  name text NOT NULL,
  -- The highest counter seen on a change from this device.
  counter bigint NOT NULL DEFAULT 0,
  -- Where its pull stands (SPEC L4): which beginning, the page it came back from last, and the pages
  -- offered after that one. A request from before them comes late and changes nothing.
  pull_begun uuid,
  pull_page text,
  pull_offered text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX device_person ON device (person_id);

CREATE TABLE session (
  -- SHA-256 of the token, which only the device has.
  token_hash bytea PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  device_id uuid NOT NULL REFERENCES device (id),
  created_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  -- When it ends however much it is used.
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX session_person ON session (person_id) WHERE ended_at IS NULL;
CREATE INDEX session_expiry ON session (expires_at);

-- One row per change id ever answered: a retry gets the same answer, and the same id with other
-- content is noticed whichever client it names. (A unique key of the log itself must contain the
-- client, by which the log is partitioned.)
CREATE TABLE change_receipt (
  change_id uuid PRIMARY KEY,
  -- SHA-256 of the signed text.
  content_hash bytea NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('stored', 'review', 'refused')),
  code text CHECK ((verdict = 'refused') = (code IS NOT NULL)),
  case_id uuid NOT NULL,
  -- Null for what the region itself wrote.
  device_id uuid,
  answered_at timestamptz NOT NULL
);

CREATE TABLE change_log (
  seq bigint NOT NULL,
  change_id uuid NOT NULL,
  record_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  case_id uuid NOT NULL,
  -- register/service-task.
  compartment text COLLATE "C" NOT NULL,
  grp text COLLATE "C" NOT NULL,
  value jsonb NOT NULL,
  parents uuid[] NOT NULL,
  author_id uuid NOT NULL,
  profession text NOT NULL,
  task_class text NOT NULL,
  hybrid_time text COLLATE "C" NOT NULL,
  schema smallint NOT NULL,
  -- Null only for what the region itself wrote (import, demo).
  signature bytea,
  device_id uuid,
  counter bigint,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (case_id, seq)
) PARTITION BY HASH (case_id);
CREATE UNIQUE INDEX change_log_change ON change_log (case_id, change_id);
CREATE INDEX change_log_seq ON change_log (seq);
CREATE INDEX change_log_record ON change_log (case_id, record_id, grp);
${partitionsOf('change_log')}

-- The heads of every group (SPEC H1), kept in the transaction that stores a change.
CREATE TABLE head (
  case_id uuid NOT NULL,
  record_id uuid NOT NULL,
  grp text COLLATE "C" NOT NULL,
  change_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  compartment text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (case_id, record_id, grp, change_id)
) PARTITION BY HASH (case_id);
CREATE INDEX head_scope ON head (case_id, compartment, seq);
${partitionsOf('head')}

-- Which compartments a client has anything in: what a right to the client opens, without reading heads.
CREATE TABLE case_compartment (
  case_id uuid NOT NULL,
  compartment text COLLATE "C" NOT NULL,
  PRIMARY KEY (case_id, compartment)
);

-- Every id that a stored change names as parent: so a parent that arrives after its child (H5) is
-- known not to be a head.
CREATE TABLE named_parent (
  case_id uuid NOT NULL,
  record_id uuid NOT NULL,
  grp text COLLATE "C" NOT NULL,
  parent_id uuid NOT NULL,
  PRIMARY KEY (case_id, record_id, grp, parent_id)
) PARTITION BY HASH (case_id);
${partitionsOf('named_parent')}

-- Content that waits for a reviewer: its author had the right and has it no more.
CREATE TABLE review (
  change_id uuid PRIMARY KEY REFERENCES change_receipt (change_id),
  case_id uuid NOT NULL,
  author_id uuid NOT NULL,
  content jsonb NOT NULL,
  signature bytea NOT NULL,
  device_id uuid NOT NULL,
  counter bigint NOT NULL,
  received_at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by uuid REFERENCES person (id),
  decision text CHECK (decision IN ('accepted', 'returned'))
);
CREATE INDEX review_case ON review (case_id) WHERE decided_at IS NULL;

-- What the membership records' heads say now; access is decided on these rows.
CREATE TABLE membership_current (
  membership_id uuid PRIMARY KEY,
  person_id uuid NOT NULL,
  case_id uuid NOT NULL,
  role text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  seq bigint NOT NULL
);
CREATE INDEX membership_person ON membership_current (person_id, case_id);
CREATE INDEX membership_case ON membership_current (case_id);

-- What was delivered to each device, and what is on its way in or out (SPEC P1-P3).
CREATE TABLE device_scope (
  device_id uuid NOT NULL REFERENCES device (id),
  case_id uuid NOT NULL,
  compartment text COLLATE "C" NOT NULL,
  state text NOT NULL CHECK (state IN ('entering', 'present', 'leaving')),
  -- Heads up to here are covered by the entering; the log carries on from here.
  entered_seq bigint NOT NULL,
  -- Where a cut entering goes on: the last record that the device is known to have taken.
  progress uuid,
  -- The page that carried the next part, and how far it went. They count when the device comes back
  -- with that page's cursor; until then the same part is sent again (SPEC L4).
  pending_page text,
  pending_progress uuid,
  pending_done boolean NOT NULL DEFAULT false,
  PRIMARY KEY (device_id, case_id, compartment)
);
CREATE INDEX device_scope_state ON device_scope (device_id, state);
`;

export const first = { number: 1, name: 'first', sql };
