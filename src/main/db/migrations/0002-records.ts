import type { Migration } from './migrations.ts';

/**
 * Clients, changes and what is derived from them. Changes lie clustered by client, record and group, so
 * that opening a plan is one range of one tree, and the key that finds duplicates is the same tree.
 * Repeated texts (kind, compartment, group; author, profession, task class) are numbered once.
 */
export const recordsMigration: Migration = {
  number: 2,
  name: 'records',
  up: `
    CREATE TABLE client_case (
      case_no INTEGER PRIMARY KEY,
      case_id BLOB NOT NULL UNIQUE CHECK (length(case_id) = 16)
    ) STRICT;

    CREATE TABLE shape (
      shape_no INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      compartment TEXT NOT NULL,
      group_name TEXT NOT NULL,
      UNIQUE (kind, compartment, group_name)
    ) STRICT;

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
    CREATE INDEX change_own ON change (case_no) WHERE delivered = 0;

    -- What this device holds something of; entered is 1 when all of it has come.
    CREATE TABLE scope (
      case_no INTEGER NOT NULL,
      compartment TEXT NOT NULL,
      entered INTEGER NOT NULL,
      PRIMARY KEY (case_no, compartment)
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
    CREATE INDEX outbox_case ON outbox (case_no);

    -- Own changes that the region has, kept for the day it is restored from a backup.
    CREATE TABLE stored_change (
      change_id BLOB PRIMARY KEY,
      case_no INTEGER NOT NULL,
      body TEXT NOT NULL,
      stored_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stored_change_age ON stored_change (stored_at);

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

    CREATE TABLE conflict (
      case_no INTEGER NOT NULL,
      record_id BLOB NOT NULL,
      group_name TEXT NOT NULL,
      PRIMARY KEY (case_no, record_id, group_name)
    ) STRICT, WITHOUT ROWID;

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
    ) STRICT;
    CREATE INDEX client_index_name ON client_index (sort_name, case_no);

    CREATE TABLE client_word (
      word TEXT NOT NULL,
      case_no INTEGER NOT NULL,
      PRIMARY KEY (word, case_no)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX client_word_case ON client_word (case_no);

    CREATE TABLE unit (
      unit_id BLOB PRIMARY KEY,
      name TEXT NOT NULL,
      municipality TEXT NOT NULL,
      sector TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE person (
      person_id BLOB PRIMARY KEY,
      given_name TEXT NOT NULL,
      family_name TEXT NOT NULL,
      profession TEXT NOT NULL,
      task_class TEXT NOT NULL,
      unit_id BLOB,
      active INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE erased_scope (
      case_id BLOB NOT NULL,
      compartment TEXT NOT NULL,
      PRIMARY KEY (case_id, compartment)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE text_row (
      text_no INTEGER PRIMARY KEY,
      case_no INTEGER NOT NULL,
      record_id BLOB NOT NULL,
      kind TEXT NOT NULL,
      group_name TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX text_row_case ON text_row (case_no);

    CREATE VIRTUAL TABLE text_index USING fts5 (
      body, content = 'text_row', content_rowid = 'text_no',
      tokenize = 'trigram remove_diacritics 1'
    );

    -- What is erased leaves the index at once, not at its next merge.
    INSERT INTO text_index (text_index, rank) VALUES ('secure-delete', 1);

    CREATE TABLE text_pending (case_no INTEGER PRIMARY KEY) STRICT;
  `,
};
