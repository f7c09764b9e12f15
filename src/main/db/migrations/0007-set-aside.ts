import type { Migration } from './migrations.ts';

/** What could not be taken in, and whose outbox waits because the server stumbles over it. */
export const setAsideMigration: Migration = {
  number: 7,
  name: 'set-aside',
  up: `
    -- Changes of pages that this program could not take, as they came.
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
    CREATE INDEX set_aside_change_case ON set_aside_change (case_id);

    -- Clients whose outbox waits from one change on.
    CREATE TABLE set_aside_plan (
      case_no INTEGER PRIMARY KEY,
      change_id BLOB NOT NULL,
      code TEXT NOT NULL,
      since_ms INTEGER NOT NULL,
      tries INTEGER NOT NULL,
      next_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX set_aside_plan_change ON set_aside_plan (change_id);
  `,
};
