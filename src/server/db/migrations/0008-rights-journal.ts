/**
 * What is on its way into the journal of rights outside the database: every fact that gives or takes
 * rights, noted in the transaction that makes it, so that none can be made without. The columns that rights
 * need, no texts about clients.
 */
const noted: readonly {
  readonly table: string;
  readonly events: string;
  readonly columns: readonly string[];
}[] = [
  {
    table: 'unit',
    events: 'INSERT OR UPDATE',
    columns: ['id', 'name', 'municipality', 'sector'],
  },
  {
    table: 'person',
    events:
      'INSERT OR UPDATE OF profession, task_class, unit_id, active, tasks, duties, partner_sector, identity_code_hash',
    columns: [
      'id',
      'given_name',
      'family_name',
      'profession',
      'task_class',
      'unit_id',
      'registers_number',
      'active',
      'tasks',
      'duties',
      'partner_sector',
      'identity_code_hash',
    ],
  },
  {
    table: 'account',
    events: 'INSERT OR UPDATE',
    columns: ['login', 'secret_hash', 'person_id', 'created_at'],
  },
  {
    table: 'device',
    events: 'INSERT OR UPDATE OF person_id, public_key, revoked_at',
    columns: ['id', 'person_id', 'public_key', 'name', 'created_at', 'last_seen_at', 'revoked_at'],
  },
  {
    table: 'absence',
    events: 'INSERT OR UPDATE OR DELETE',
    columns: [
      'id',
      'person_id',
      'deputy_id',
      'valid_from',
      'valid_to',
      'case_ids',
      'created_by',
      'created_at',
    ],
  },
  {
    table: 'opening',
    events: 'INSERT OR UPDATE',
    columns: [
      'id',
      'kind',
      'person_id',
      'device_id',
      'case_id',
      'ground',
      'compartments',
      'from_at',
      'until_at',
      'ended_at',
      'offline',
      'received_at',
      'reviewed_by',
      'reviewed_at',
    ],
  },
  {
    table: 'case_alias',
    events: 'INSERT OR UPDATE OR DELETE',
    columns: ['case_id', 'main_case_id', 'merged_by', 'merged_at'],
  },
  {
    table: 'review',
    events: 'UPDATE OF decided_at',
    columns: ['change_id', 'decided_at', 'decided_by', 'decision'],
  },
];

const sql = `
CREATE TABLE rights_entry (
  place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Names the entry for good, also after a restore.
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  -- Its number in the journal, from the moment that somebody is about to write it there.
  no bigint,
  kind text NOT NULL,
  value jsonb NOT NULL
);
CREATE UNIQUE INDEX rights_entry_no ON rights_entry (no) WHERE no IS NOT NULL;

-- How this database stands to the journal. A copy of before knows lower numbers than the journal.
CREATE TABLE rights_journal (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- Rises with every restore; tells which of two epochs is the later one.
  epoch_no int NOT NULL DEFAULT 1,
  -- The highest number given, and the highest known to be on the journal's disk.
  last_no bigint NOT NULL DEFAULT 0,
  written_no bigint NOT NULL DEFAULT 0
);
INSERT INTO rights_journal DEFAULT VALUES;

-- Notes the row under the table's name; its arguments are the columns. What the journal itself brings back
-- stands in it already.
CREATE FUNCTION note_rights() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  after jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
  named text[] := TG_ARGV;
BEGIN
  IF current_setting('punos.replaying', true) = 'on' THEN RETURN NULL; END IF;
  SELECT jsonb_object_agg(key, value) INTO before FROM jsonb_each(before) WHERE key = ANY(named);
  SELECT jsonb_object_agg(key, value) INTO after FROM jsonb_each(after) WHERE key = ANY(named);
  IF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;
  IF TG_OP = 'DELETE' THEN after := after || '{"deleted": true}'; END IF;
  INSERT INTO rights_entry (kind, value) VALUES (TG_TABLE_NAME, after);
  PERFORM pg_notify('punos_journal', '');
  RETURN NULL;
END $$;
${noted
  .map(
    ({ table, events, columns }) =>
      `CREATE TRIGGER ${table}_rights AFTER ${events} ON ${table}
         FOR EACH ROW EXECUTE FUNCTION note_rights(${columns.map((name) => `'${name}'`).join(', ')});`,
  )
  .join('\n')}
`;

export const rightsJournal = { number: 8, name: 'rights-journal', sql };
