import type { Migration } from './migrations.ts';

/** Clients that this person keeps at hand: of this computer, and never sent. */
export const pinnedClientsMigration: Migration = {
  number: 10,
  name: 'pinned clients',
  up: `
    CREATE TABLE pinned_client (
      case_no INTEGER PRIMARY KEY,
      pinned_ms INTEGER NOT NULL
    ) STRICT;
  `,
};
