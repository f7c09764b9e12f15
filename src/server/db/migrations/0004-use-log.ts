/**
 * Käyttöloki: the log of use (703/2023 10 §), by calendar months in Finland so that what is twelve years
 * old goes as whole tables. The program's role adds to it and reads it, nothing else; blocks with hashes
 * seal what was added, and the last hash of each register and month is also written outside the database.
 */
const sql = `
CREATE TABLE use_entry (
  -- The entry's own id for what the server wrote; follows from device and number for a device's.
  id uuid NOT NULL,
  -- When it counts as made (filedAtMs): the writer's clock, or the arrival when that clock cannot be right.
  at timestamptz NOT NULL,
  -- What the writer's clock said, milliseconds since 1970, UTC: any whole number.
  written_ms bigint NOT NULL,
  received_at timestamptz NOT NULL,
  action text COLLATE "C" NOT NULL,
  person_id uuid NOT NULL,
  profession text NOT NULL,
  task_class text NOT NULL,
  unit_id uuid,
  role text NOT NULL,
  case_id uuid,
  register text COLLATE "C" NOT NULL,
  compartments text[] NOT NULL,
  ground text NOT NULL,
  basis_id uuid,
  device_id uuid,
  offline boolean NOT NULL,
  -- The whole entry as canonical text: what the hashes cover. The columns repeat it, to be searched.
  body text NOT NULL,
  -- Its place in the chain of the device that wrote it.
  device_no bigint,
  device_prev text COLLATE "C",
  device_hash text COLLATE "C",
  PRIMARY KEY (id, at),
  CHECK ((device_no IS NULL) = (device_prev IS NULL) AND (device_no IS NULL) = (device_hash IS NULL))
) PARTITION BY RANGE (at);
-- The client's log; one's own log and the patterns; the blocks of a month; a device's chain.
CREATE INDEX use_entry_case ON use_entry (case_id, at DESC) WHERE case_id IS NOT NULL;
CREATE INDEX use_entry_person ON use_entry (person_id, at DESC);
CREATE INDEX use_entry_register ON use_entry (register, at);
CREATE INDEX use_entry_device ON use_entry (device_id, device_no) WHERE device_no IS NOT NULL;

-- Makes the table of a month, YYYY-MM, if it is not there. Attached, not created in place, so that those
-- who write to other months do not wait. Owned by the schema's owner: the program itself makes no tables.
CREATE FUNCTION ensure_use_partition(month text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  place text := 'use_entry_' || replace(month, '-', '_');
BEGIN
  IF month !~ '^20[2-9][0-9]-(0[1-9]|1[0-2])$' THEN
    RAISE EXCEPTION 'not a month of the log: %', month;
  END IF;
  IF to_regclass(place) IS NOT NULL THEN RETURN false; END IF;
  PERFORM pg_advisory_xact_lock(7021031);
  BEGIN
    EXECUTE format('CREATE TABLE %I (LIKE use_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', place);
  EXCEPTION WHEN duplicate_table THEN
    -- Made by the writer whose turn was before ours.
    RETURN false;
  END;
  EXECUTE format('ALTER TABLE use_entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', place,
    (month || '-01')::timestamp AT TIME ZONE 'Europe/Helsinki',
    ((month || '-01')::timestamp + interval '1 month') AT TIME ZONE 'Europe/Helsinki');
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION ensure_use_partition(text) FROM PUBLIC;

-- Entries that no block has yet.
CREATE TABLE use_unsealed (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  register text COLLATE "C" NOT NULL
);
CREATE INDEX use_unsealed_order ON use_unsealed (at);

CREATE TABLE use_block (
  register text COLLATE "C" NOT NULL,
  -- YYYY-MM, in Finland.
  month text COLLATE "C" NOT NULL,
  no int NOT NULL,
  entry_ids uuid[] NOT NULL,
  entries_hash text NOT NULL,
  prev text NOT NULL,
  hash text NOT NULL,
  sealed_at timestamptz NOT NULL,
  -- Entries of the register and month up to and with this block.
  entries_so_far bigint NOT NULL,
  PRIMARY KEY (register, month, no)
);
CREATE INDEX use_block_sealed ON use_block (sealed_at);

-- How far each device's chain is held, and where it begins after old entries were forgotten.
CREATE TABLE use_device_chain (
  device_id uuid PRIMARY KEY,
  through bigint NOT NULL,
  hash text NOT NULL,
  forgotten_through bigint NOT NULL DEFAULT 0,
  forgotten_hash text NOT NULL DEFAULT repeat('0', 64)
);

-- What a device sent that cannot be part of its chain: evidence, never deleted.
CREATE TABLE use_alarm (
  id uuid PRIMARY KEY,
  received_at timestamptz NOT NULL,
  device_id uuid NOT NULL,
  person_id uuid NOT NULL,
  -- fork: another entry under a held number; altered: it does not fit its own hash; bad-signature; not-own.
  code text NOT NULL CHECK (code IN ('fork', 'altered', 'bad-signature', 'not-own')),
  no bigint,
  held_hash text,
  sent_hash text,
  body text NOT NULL
);
CREATE INDEX use_alarm_time ON use_alarm (received_at);
CREATE UNIQUE INDEX use_alarm_once ON use_alarm (device_id, code, no, sent_hash);
`;

export const useLog = { number: 4, name: 'use-log', sql };
