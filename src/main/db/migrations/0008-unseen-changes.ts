import type { Migration } from './migrations.ts';

/** What others have changed since this person last looked: of this computer, and never sent. */
export const unseenChangesMigration: Migration = {
  number: 8,
  name: 'unseen-changes',
  up: `
    CREATE TABLE unseen_change (
      -- In the order of arrival, whatever clocks say: a change that comes late is as new as any.
      unseen_no INTEGER PRIMARY KEY AUTOINCREMENT,
      case_no INTEGER NOT NULL,
      change_id BLOB NOT NULL,
      kind TEXT NOT NULL,
      compartment TEXT NOT NULL
    ) STRICT;
    CREATE INDEX unseen_change_case ON unseen_change (case_no);
  `,
};
