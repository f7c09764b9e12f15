import { withTransaction, type ReadableDb, type WritableDb } from '../handles.ts';
import type { StorageProblem } from '../storage-problem.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';

export type Migration = {
  /** 1, 2, 3 … without gaps. The case file's `user_version` is the number of the last one done. */
  readonly number: number;
  readonly name: string;
  /** SQL, or a synchronous function. Runs inside one transaction. */
  readonly up: string | ((db: WritableDb) => void);
};

export type MigrationProgress = {
  readonly number: number;
  readonly name: string;
  /** How many of `total` are done before this one begins. */
  readonly done: number;
  readonly total: number;
};

export type MigrationProblem =
  /** The file was written by a later program than this one. It is left as it is. */
  | { readonly kind: 'newer-schema'; readonly found: number; readonly known: number }
  | {
      readonly kind: 'migration-failed';
      readonly number: number;
      readonly name: string;
      readonly detail: string;
    }
  /** Began several times and never came to its end: it is not tried again until a person says so. */
  | {
      readonly kind: 'migration-stuck';
      readonly number: number;
      readonly name: string;
      readonly attempts: number;
    }
  | StorageProblem;

/** A program that is shut down twice during a slow migration is ordinary; three times is a loop. */
const attemptsBeforeAsking = 3;

export const schemaVersionOf = (db: ReadableDb): number =>
  db.value<number>('PRAGMA user_version') ?? 0;

export const latestVersionOf = (list: readonly Migration[]): number => list.at(-1)?.number ?? 0;

const assertNumbered = (list: readonly Migration[]): void => {
  for (const [index, migration] of list.entries()) {
    if (migration.number !== index + 1) {
      throw new Error(`Migration ${migration.number} stands at place ${index + 1}`);
    }
  }
};

const keepsAttempts = (db: ReadableDb): boolean =>
  db.first("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'file_state'") !==
  undefined;

type Attempts = { readonly migration_begun: number; readonly migration_attempts: number };

/** Notes, in a transaction of its own, that the migration begins: a crash leaves the note behind. */
const noteBeginning = (
  db: WritableDb,
  number: number,
  retry: boolean,
): Result<{ readonly attempts: number; readonly stuck: boolean }, StorageProblem> =>
  withTransaction(db, () => {
    if (!keepsAttempts(db)) return { attempts: 0, stuck: false };
    const before = db.first<Attempts>('SELECT migration_begun, migration_attempts FROM file_state');
    const attempts = before?.migration_begun === number ? before.migration_attempts : 0;
    if (attempts >= attemptsBeforeAsking && !retry) return { attempts, stuck: true };
    db.run('UPDATE file_state SET migration_begun = ?, migration_attempts = ?', [
      number,
      attempts + 1,
    ]);
    return { attempts: attempts + 1, stuck: false };
  });

const perform = (db: WritableDb, migration: Migration): Result<void, MigrationProblem> => {
  try {
    return withTransaction(db, () => {
      if (typeof migration.up === 'string') db.execute(migration.up);
      else migration.up(db);
      const broken = db.all('PRAGMA foreign_key_check');
      if (broken.length > 0) throw new Error(`${broken.length} rows point to nothing`);
      if (keepsAttempts(db)) {
        db.run('UPDATE file_state SET migration_begun = 0, migration_attempts = 0');
      }
      // Part of the same transaction: the number and what it stands for change together.
      db.execute(`PRAGMA user_version = ${migration.number}`);
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return err({
      kind: 'migration-failed',
      number: migration.number,
      name: migration.name,
      detail,
    });
  }
};

/**
 * Brings the file to the last migration of `list`, each in one transaction of its own, so that an
 * interruption leaves the file at a whole version. `retry` tries a stuck one again.
 */
export const runMigrations = (
  db: WritableDb,
  list: readonly Migration[],
  {
    onProgress,
    retry = false,
  }: {
    readonly onProgress?: ((progress: MigrationProgress) => void) | undefined;
    readonly retry?: boolean | undefined;
  } = {},
): Result<{ readonly from: number; readonly to: number }, MigrationProblem> => {
  assertNumbered(list);
  const from = schemaVersionOf(db);
  const to = latestVersionOf(list);
  if (from > to) return err({ kind: 'newer-schema', found: from, known: to });
  const pending = list.slice(from);
  for (const [done, migration] of pending.entries()) {
    const { number, name } = migration;
    const beginning = noteBeginning(db, number, retry);
    if (!beginning.ok) return beginning;
    if (beginning.value.stuck) {
      return err({ kind: 'migration-stuck', number, name, attempts: beginning.value.attempts });
    }
    onProgress?.({ number, name, done, total: pending.length });
    const performed = perform(db, migration);
    if (!performed.ok) return performed;
  }
  return ok({ from, to });
};
