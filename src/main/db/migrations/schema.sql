CREATE TABLE absence (
      absence_id BLOB PRIMARY KEY,
      person_id BLOB NOT NULL,
      deputy_id BLOB,
      valid_from TEXT NOT NULL,
      valid_to TEXT NOT NULL,
      -- Clients handed over, ids as JSON; NULL for all of the absent person's.
      case_ids TEXT
    ) STRICT, WITHOUT ROWID;

CREATE TABLE author (
      author_no INTEGER PRIMARY KEY,
      person_id BLOB NOT NULL,
      profession TEXT NOT NULL,
      task_class TEXT NOT NULL,
      UNIQUE (person_id, profession, task_class)
    ) STRICT;

CREATE TABLE change (
      case_no INTEGER NOT NULL,
      record_id BLOB NOT NULL,
      shape_no INTEGER NOT NULL,
      change_id BLOB NOT NULL,
      value TEXT NOT NULL,
      parents BLOB,
      author_no INTEGER NOT NULL,
      time_ms INTEGER NOT NULL,
      time_count INTEGER NOT NULL,
      schema INTEGER NOT NULL,
      seq INTEGER,
      -- 1 when a pull brought it, 0 while only this device's own writing accounts for it.
      delivered INTEGER NOT NULL,
      PRIMARY KEY (case_no, record_id, shape_no, change_id)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE client_case (
      case_no INTEGER PRIMARY KEY,
      case_id BLOB NOT NULL UNIQUE CHECK (length(case_id) = 16)
    ) STRICT;

CREATE TABLE client_index (
      case_no INTEGER PRIMARY KEY,
      sort_name TEXT NOT NULL,
      family_name TEXT NOT NULL,
      given_names TEXT NOT NULL,
      personal_identity_code TEXT,
      birth_date TEXT,
      unit_id BLOB,
      custodian_id BLOB,
      review_date TEXT,
      track TEXT,
      restraint INTEGER NOT NULL
    , words TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE client_word (
      word TEXT NOT NULL,
      sort_name TEXT NOT NULL,
      case_no INTEGER NOT NULL,
      PRIMARY KEY (word, sort_name, case_no)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE conflict (
      case_no INTEGER NOT NULL,
      record_id BLOB NOT NULL,
      group_name TEXT NOT NULL,
      PRIMARY KEY (case_no, record_id, group_name)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
      case_no INTEGER NOT NULL,
      record_id BLOB NOT NULL,
      kind TEXT NOT NULL,
      compartment TEXT NOT NULL,
      group_name TEXT NOT NULL,
      value TEXT NOT NULL,
      based_on BLOB,
      saved_at INTEGER NOT NULL,
      PRIMARY KEY (case_no, record_id, group_name)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE erased_scope (
      case_id BLOB NOT NULL,
      compartment TEXT NOT NULL, scrubbed INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (case_id, compartment)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE file_identity (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      file_uuid TEXT NOT NULL,
      person_id TEXT NOT NULL,
      device_id TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL
    ) STRICT;

CREATE TABLE file_state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      -- 1 while a program has the file open: work may then lie in the -wal beside it.
      wal_expected INTEGER NOT NULL CHECK (wal_expected IN (0, 1)),
      -- The migration that was begun last, and how often it did not come to its end.
      migration_begun INTEGER NOT NULL DEFAULT 0,
      migration_attempts INTEGER NOT NULL DEFAULT 0
    ) STRICT;

CREATE TABLE history (
      case_no INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      change_id BLOB NOT NULL,
      record_id BLOB NOT NULL,
      shape_no INTEGER NOT NULL,
      author_no INTEGER NOT NULL,
      time_ms INTEGER NOT NULL,
      time_count INTEGER NOT NULL,
      schema INTEGER NOT NULL,
      -- When the region received it, milliseconds since 1970, UTC.
      received_ms INTEGER NOT NULL,
      parents BLOB,
      value TEXT NOT NULL,
      PRIMARY KEY (case_no, seq)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE history_scope (
      case_no INTEGER NOT NULL,
      compartment TEXT NOT NULL,
      through INTEGER NOT NULL,
      -- 1 when the region's log had been given to its end.
      complete INTEGER NOT NULL,
      -- The region's clock then, milliseconds since 1970, UTC; 0 before it.
      known_ms INTEGER NOT NULL,
      PRIMARY KEY (case_no, compartment)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE opening (
      opening_id BLOB PRIMARY KEY,
      case_id BLOB NOT NULL,
      kind TEXT NOT NULL,
      ground TEXT NOT NULL,
      reason TEXT NOT NULL,
      from_ms INTEGER NOT NULL,
      until_ms INTEGER NOT NULL,
      ended_ms INTEGER,
      -- 0 until the region has it, 1 when it has, 2 when it also has that it was ended early.
      told INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
      counter INTEGER PRIMARY KEY,
      change_id BLOB NOT NULL UNIQUE,
      case_no INTEGER NOT NULL,
      body TEXT NOT NULL,
      signature TEXT NOT NULL,
      made_at INTEGER NOT NULL,
      sent_at INTEGER,
      refused TEXT
    ) STRICT;

CREATE TABLE own_acknowledgment (
      case_no INTEGER NOT NULL,
      record_id BLOB NOT NULL,
      about_id BLOB NOT NULL,
      change_id BLOB NOT NULL,
      PRIMARY KEY (case_no, record_id)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE own_place (
      case_no INTEGER NOT NULL,
      record_id BLOB NOT NULL,
      valid_from TEXT NOT NULL,
      valid_to TEXT,
      PRIMARY KEY (case_no, record_id)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE person (
      person_id BLOB PRIMARY KEY,
      given_name TEXT NOT NULL,
      family_name TEXT NOT NULL,
      profession TEXT NOT NULL,
      task_class TEXT NOT NULL,
      unit_id BLOB,
      active INTEGER NOT NULL
    , register_number TEXT, tasks TEXT NOT NULL DEFAULT '[]', duties TEXT NOT NULL DEFAULT '[]', partner_sector TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE pinned_client (
      case_no INTEGER PRIMARY KEY,
      pinned_ms INTEGER NOT NULL
    ) STRICT;

CREATE TABLE reviewed_change (
      change_id BLOB PRIMARY KEY,
      state TEXT NOT NULL CHECK (state IN ('review', 'accepted', 'returned')),
      taken_ms INTEGER NOT NULL,
      decided_ms INTEGER,
      reviewer_id BLOB,
      -- What the reviewer tells the author.
      reason TEXT NOT NULL DEFAULT ''
    ) STRICT, WITHOUT ROWID;

CREATE TABLE scope (
      case_no INTEGER NOT NULL,
      compartment TEXT NOT NULL,
      entered INTEGER NOT NULL, grant_value TEXT, until_ms INTEGER, closed INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (case_no, compartment)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE seen_before (
      case_no INTEGER NOT NULL,
      compartment TEXT NOT NULL,
      change_id BLOB NOT NULL,
      PRIMARY KEY (case_no, compartment, change_id)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE set_aside_change (
      change_no INTEGER PRIMARY KEY,
      -- SHA-256 of the text: the same change comes again with others of its group.
      content_hash BLOB NOT NULL UNIQUE,
      -- NULL when the part it may have belonged to has left: the mark stays, the words do not.
      body TEXT,
      code TEXT NOT NULL,
      taken_ms INTEGER NOT NULL,
      -- Its place, as far as it can be read.
      change_id BLOB,
      case_id BLOB,
      record_id BLOB,
      compartment TEXT,
      kind TEXT,
      group_name TEXT,
      parents BLOB
    ) STRICT;

CREATE TABLE set_aside_plan (
      case_no INTEGER PRIMARY KEY,
      change_id BLOB NOT NULL,
      code TEXT NOT NULL,
      since_ms INTEGER NOT NULL,
      tries INTEGER NOT NULL,
      next_ms INTEGER NOT NULL
    ) STRICT;

CREATE TABLE setting (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE shape (
      shape_no INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      compartment TEXT NOT NULL,
      group_name TEXT NOT NULL,
      UNIQUE (kind, compartment, group_name)
    ) STRICT;

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE stored_change (
      change_id BLOB PRIMARY KEY,
      case_no INTEGER NOT NULL,
      body TEXT NOT NULL,
      stored_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE text_index USING fts5 (
      body, content = 'text_row', content_rowid = 'text_no',
      tokenize = 'trigram remove_diacritics 1'
    );

CREATE TABLE 'text_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'text_index_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'text_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'text_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE text_pending (case_no INTEGER PRIMARY KEY) STRICT;

CREATE TABLE text_row (
      text_no INTEGER PRIMARY KEY,
      case_no INTEGER NOT NULL,
      record_id BLOB NOT NULL,
      kind TEXT NOT NULL,
      group_name TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT;

CREATE TABLE unit (
      unit_id BLOB PRIMARY KEY,
      name TEXT NOT NULL,
      municipality TEXT NOT NULL,
      sector TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE unseen_change (
      -- In the order of arrival, whatever clocks say: a change that comes late is as new as any.
      unseen_no INTEGER PRIMARY KEY AUTOINCREMENT,
      case_no INTEGER NOT NULL,
      change_id BLOB NOT NULL,
      kind TEXT NOT NULL,
      compartment TEXT NOT NULL
    ) STRICT;

CREATE TABLE use_chain (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      through INTEGER NOT NULL,
      hash TEXT NOT NULL,
      held_through INTEGER NOT NULL,
      held_hash TEXT NOT NULL,
      -- The region's epoch when it last said so: under another one it is asked anew.
      epoch TEXT
    ) STRICT;

CREATE TABLE use_log (
      no INTEGER PRIMARY KEY,
      prev TEXT NOT NULL,
      hash TEXT NOT NULL,
      -- The entry as canonical JSON: ids and codes, no text of a plan.
      body TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      -- When the region said that it has it, milliseconds since 1970, UTC; NULL until then.
      held_ms INTEGER
    ) STRICT;

CREATE TABLE work_hand_over (
      case_no INTEGER NOT NULL,
      record_id BLOB NOT NULL,
      compartment TEXT NOT NULL,
      author_id BLOB NOT NULL,
      change_id BLOB NOT NULL,
      written_ms INTEGER NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (case_no, record_id)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE work_pending (case_no INTEGER PRIMARY KEY) STRICT;

CREATE TABLE work_request (
      case_no INTEGER NOT NULL,
      record_id BLOB NOT NULL,
      compartment TEXT NOT NULL,
      kind TEXT NOT NULL,
      place_id BLOB NOT NULL,
      text TEXT NOT NULL,
      due TEXT,
      asker_id BLOB NOT NULL,
      asked_ms INTEGER NOT NULL,
      person_id BLOB,
      profession TEXT,
      state TEXT NOT NULL,
      -- 1 while it waits for its answer.
      open INTEGER NOT NULL,
      answer_text TEXT NOT NULL,
      answerer_id BLOB,
      answer_id BLOB,
      answered_ms INTEGER,
      PRIMARY KEY (case_no, record_id)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX change_own ON change (case_no) WHERE delivered = 0;

CREATE INDEX client_index_name ON client_index (sort_name, case_no);

CREATE INDEX client_index_review ON client_index (review_date) WHERE review_date IS NOT NULL;

CREATE INDEX outbox_case ON outbox (case_no);

CREATE INDEX outbox_refused ON outbox (counter) WHERE refused IS NOT NULL;

CREATE INDEX own_acknowledgment_about ON own_acknowledgment (about_id);

CREATE INDEX scope_closed ON scope (case_no) WHERE closed = 1;

CREATE INDEX scope_until ON scope (until_ms) WHERE until_ms IS NOT NULL AND closed = 0;

CREATE INDEX set_aside_change_case ON set_aside_change (case_id);

CREATE INDEX set_aside_plan_change ON set_aside_plan (change_id);

CREATE INDEX stored_change_age ON stored_change (stored_at);

CREATE INDEX text_row_case ON text_row (case_no);

CREATE INDEX unseen_change_case ON unseen_change (case_no);

CREATE INDEX use_log_held ON use_log (held_ms) WHERE held_ms IS NOT NULL;

CREATE INDEX use_log_unheld ON use_log (no) WHERE held_ms IS NULL;

CREATE INDEX work_hand_over_written ON work_hand_over (written_ms);

CREATE INDEX work_request_answerer ON work_request (answerer_id) WHERE open = 1;

CREATE INDEX work_request_asker ON work_request (asker_id);

CREATE INDEX work_request_person ON work_request (person_id) WHERE open = 1;

CREATE INDEX work_request_profession ON work_request (profession) WHERE open = 1;
