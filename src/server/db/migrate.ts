import { err, ok, type Result } from '#shared/lib/result.ts';
import { first } from './migrations/0001-first.ts';
import { recordIdentity } from './migrations/0002-record-identity.ts';
import { rights } from './migrations/0003-rights.ts';
import { useLog } from './migrations/0004-use-log.ts';
import { identity } from './migrations/0005-identity.ts';
import { ownClientsFirst } from './migrations/0006-own-clients-first.ts';
import { historyTold } from './migrations/0007-history-told.ts';
import { rightsJournal } from './migrations/0008-rights-journal.ts';
import { setAside } from './migrations/0009-set-aside.ts';
import { deviceSteps } from './migrations/0010-device-steps.ts';
import { stepNumbers } from './migrations/0011-step-numbers.ts';
import { journalReplaced } from './migrations/0012-journal-replaced.ts';
import { withTransaction, type Database, type Transaction } from './pool.ts';

/** One step of the schema, forward only. What has been released is never edited. */
export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
};

export const migrations: readonly Migration[] = [
  first,
  recordIdentity,
  rights,
  useLog,
  identity,
  ownClientsFirst,
  historyTold,
  rightsJournal,
  setAside,
  deviceSteps,
  stepNumbers,
  journalReplaced,
];

export type MigrationProblem =
  | {
      readonly code: 'database-from-the-future';
      readonly found: number;
      readonly known: number;
    }
  | { readonly code: 'database-too-old'; readonly version: number; readonly needed: number };

/** The oldest PostgreSQL whose features the schema uses. */
const oldestServer = 15;

/** Any number: two servers that start at once take turns on it. */
const migrating = 7_021_003;

/**
 * Brings the database to the newest schema, or to `upTo` in tests. Several processes may call it at
 * once. A database that a newer program has changed is left as it is.
 * @returns the numbers of the steps taken
 */
export const migrate = async (
  owner: Database,
  steps: readonly Migration[] = migrations,
  upTo: number = Math.max(...steps.map((step) => step.number)),
): Promise<Result<readonly number[], MigrationProblem>> => {
  const [server] = await owner.query<{ version: number }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version`,
  );
  const version = server?.version ?? 0;
  if (version < oldestServer)
    return err({ code: 'database-too-old', version, needed: oldestServer });

  return withTransaction(owner, async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock($1)`, [migrating]);
    // Creating what the first step needs is quicker than the waiting of a big one may be.
    await tx.query(`SET LOCAL statement_timeout = 0`);
    await tx.query(`SET LOCAL lock_timeout = 0`);
    const done = await stepsDone(tx);
    const found = Math.max(0, ...done);
    const known = Math.max(...steps.map((step) => step.number));
    if (found > known) return err({ code: 'database-from-the-future' as const, found, known });
    const missing = steps.filter((step) => step.number > found && step.number <= upTo);
    for (const step of missing) {
      await tx.query(step.sql);
      await tx.query(
        `INSERT INTO schema_migration (number, name, applied_at) VALUES ($1, $2, now())`,
        [step.number, step.name],
      );
    }
    return ok(missing.map((step) => step.number));
  });
};

const stepsDone = async (tx: Transaction): Promise<readonly number[]> => {
  await tx.query(`
    CREATE TABLE IF NOT EXISTS schema_migration (
      number int PRIMARY KEY,
      name text NOT NULL,
      applied_at timestamptz NOT NULL
    )`);
  const rows = await tx.query<{ number: number }>(`SELECT number FROM schema_migration`);
  return rows.map((row) => row.number);
};

/**
 * Gives the app role what the program needs and no more: it cannot change the schema, and in the
 * log it can add but neither alter nor delete (a receipt's verdict moves when a review is decided). What
 * was opened or delivered once is never unsaid. Run by the owner after every migration.
 * @param role a name of ours, never input
 */
export const grantToApp = async (owner: Database, role: string): Promise<void> => {
  await withTransaction(owner, async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock($1)`, [migrating]);
    await tx.query(`
      GRANT USAGE ON SCHEMA public TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
      REVOKE UPDATE, DELETE ON change_log, change_receipt, record_identity FROM ${role};
      GRANT UPDATE (verdict, code) ON change_receipt TO ${role};
      REVOKE UPDATE, DELETE ON scope_history FROM ${role};
      REVOKE DELETE ON opening FROM ${role};
      REVOKE INSERT, UPDATE, DELETE ON schema_migration FROM ${role};
      REVOKE UPDATE, DELETE ON use_entry, use_block, use_alarm FROM ${role};
      REVOKE UPDATE ON use_unsealed FROM ${role};
      GRANT EXECUTE ON FUNCTION ensure_use_partition(text) TO ${role};
    `);
    const partitions = await tx.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits
       WHERE inhparent IN ('change_log'::regclass, 'use_entry'::regclass)`,
    );
    for (const { name } of partitions) {
      await tx.query(`REVOKE ALL ON ${name} FROM ${role}`);
    }
  });
};
