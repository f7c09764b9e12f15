import type { Migration } from './migrations.ts';

/**
 * The log of use (703/2023 10 §): what this device's person has looked at, chained entry by entry, until
 * the region has it and for thirty days after, so that a restored region gets it again.
 */
export const useLogMigration: Migration = {
  number: 5,
  name: 'use log',
  up: `
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
    CREATE INDEX use_log_unheld ON use_log (no) WHERE held_ms IS NULL;
    CREATE INDEX use_log_held ON use_log (held_ms) WHERE held_ms IS NOT NULL;

    -- Where the chain stands, and how far the region holds it. One row.
    CREATE TABLE use_chain (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      through INTEGER NOT NULL,
      hash TEXT NOT NULL,
      held_through INTEGER NOT NULL,
      held_hash TEXT NOT NULL,
      -- The region's epoch when it last said so: under another one it is asked anew.
      epoch TEXT
    ) STRICT;
    INSERT INTO use_chain (id, through, hash, held_through, held_hash)
      VALUES (1, 0, '${'0'.repeat(64)}', 0, '${'0'.repeat(64)}');
  `,
};
