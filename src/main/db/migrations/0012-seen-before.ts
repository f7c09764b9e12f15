import type { Migration } from './migrations.ts';

/** What this person had here when a pull began anew: what comes again of it is nothing new to them. */
export const seenBeforeMigration: Migration = {
  number: 12,
  name: 'seen before',
  up: `
    CREATE TABLE seen_before (
      case_no INTEGER NOT NULL,
      compartment TEXT NOT NULL,
      change_id BLOB NOT NULL,
      PRIMARY KEY (case_no, compartment, change_id)
    ) STRICT, WITHOUT ROWID;
  `,
};
