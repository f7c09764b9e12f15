import type { Migration } from './migrations.ts';

export const foundation: Migration = {
  number: 1,
  name: 'foundation',
  up: `
    -- Whose file this is and on which device. One row, written once, never changed.
    CREATE TABLE file_identity (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      file_uuid TEXT NOT NULL,
      person_id TEXT NOT NULL,
      device_id TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL
    ) STRICT;

    -- How the file was last left. One row.
    CREATE TABLE file_state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      -- 1 while a program has the file open: work may then lie in the -wal beside it.
      wal_expected INTEGER NOT NULL CHECK (wal_expected IN (0, 1)),
      -- The migration that was begun last, and how often it did not come to its end.
      migration_begun INTEGER NOT NULL DEFAULT 0,
      migration_attempts INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    CREATE TABLE setting (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
