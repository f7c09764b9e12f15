import type { Migration } from './migrations.ts';

/**
 * Every version of one's own clients, as the region's log has them, apart from `change`: what is shown of
 * the plan is never worked out from here. In the order of the log, so that the newest page is the end of one
 * range; without an index of its own beside it, because history is read seldom and there is much of it.
 */
export const historyMigration: Migration = {
  number: 6,
  name: 'history',
  up: `
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

    -- How far the history of a part has come.
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
  `,
};
