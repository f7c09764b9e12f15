import type { Migration } from './migrations.ts';

/**
 * Why this device holds what it holds and until when, what became of work that a reviewer decides about,
 * openings made without a network, and who stands in for whom.
 */
export const rightsMigration: Migration = {
  number: 4,
  name: 'rights',
  up: `
    -- The grant as the region told it, without the client's id; NULL while only own writing is here.
    ALTER TABLE scope ADD COLUMN grant_value TEXT;
    -- When the grant ends by the clock, milliseconds since 1970, UTC; no longer included.
    ALTER TABLE scope ADD COLUMN until_ms INTEGER;
    -- 1 when the part is not open: lists, search and conflicts are worked out without it.
    ALTER TABLE scope ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX scope_until ON scope (until_ms) WHERE until_ms IS NOT NULL AND closed = 0;
    CREATE INDEX scope_closed ON scope (case_no) WHERE closed = 1;

    -- 1 when nothing of it is left in the -wal either; only then is the region told.
    ALTER TABLE erased_scope ADD COLUMN scrubbed INTEGER NOT NULL DEFAULT 0;

    -- Own work that went for review, without its content: whose and what it was is no longer here.
    CREATE TABLE reviewed_change (
      change_id BLOB PRIMARY KEY,
      state TEXT NOT NULL CHECK (state IN ('review', 'accepted', 'returned')),
      taken_ms INTEGER NOT NULL,
      decided_ms INTEGER,
      reviewer_id BLOB,
      -- What the reviewer tells the author.
      reason TEXT NOT NULL DEFAULT ''
    ) STRICT, WITHOUT ROWID;

    -- Emergencies opened without a network. Kept until the region has them and they are over.
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

    CREATE TABLE absence (
      absence_id BLOB PRIMARY KEY,
      person_id BLOB NOT NULL,
      deputy_id BLOB,
      valid_from TEXT NOT NULL,
      valid_to TEXT NOT NULL,
      -- Clients handed over, ids as JSON; NULL for all of the absent person's.
      case_ids TEXT
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE person ADD COLUMN register_number TEXT;
    -- Work tasks and duties as JSON, as the directory's schema has them.
    ALTER TABLE person ADD COLUMN tasks TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE person ADD COLUMN duties TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE person ADD COLUMN partner_sector TEXT;

    -- The directory comes whole again, with what it did not tell before.
    DELETE FROM setting WHERE key = 'directoryRevision';
  `,
};
