import type { Migration } from './migrations.ts';

/**
 * What the work list is made of, derived from the changes of each client: it is read in one go however many
 * clients lie here. The file's own person is the only one whose places and acknowledgments are kept.
 */
export const workListMigration: Migration = {
  number: 9,
  name: 'work list',
  up: `
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
    CREATE INDEX work_request_person ON work_request (person_id) WHERE open = 1;
    CREATE INDEX work_request_profession ON work_request (profession) WHERE open = 1;
    CREATE INDEX work_request_answerer ON work_request (answerer_id) WHERE open = 1;
    CREATE INDEX work_request_asker ON work_request (asker_id);

    -- Hand-over notes of others.
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
    CREATE INDEX work_hand_over_written ON work_hand_over (written_ms);

    -- What this person has said to have read.
    CREATE TABLE own_acknowledgment (
      case_no INTEGER NOT NULL,
      record_id BLOB NOT NULL,
      about_id BLOB NOT NULL,
      change_id BLOB NOT NULL,
      PRIMARY KEY (case_no, record_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX own_acknowledgment_about ON own_acknowledgment (about_id);

    -- This person's own places in teams.
    CREATE TABLE own_place (
      case_no INTEGER NOT NULL,
      record_id BLOB NOT NULL,
      valid_from TEXT NOT NULL,
      valid_to TEXT,
      PRIMARY KEY (case_no, record_id)
    ) STRICT, WITHOUT ROWID;

    -- Clients whose part of the work list is to be worked out: those that were here before it.
    CREATE TABLE work_pending (case_no INTEGER PRIMARY KEY) STRICT;
    INSERT INTO work_pending (case_no) SELECT case_no FROM client_case;

    CREATE INDEX client_index_review ON client_index (review_date) WHERE review_date IS NOT NULL;
    CREATE INDEX outbox_refused ON outbox (counter) WHERE refused IS NOT NULL;
  `,
};
