import path from 'node:path';

import { caseFilePaths, type CaseFilePaths } from './case-file-paths.ts';
import { openUnlocked, type CaseFile } from './case-file.ts';
import type { CaseFileProblem } from './case-file-problem.ts';
import { applicationId, openKeyed, pageBytes, sqliteProblem } from './connection.ts';
import { removeIfPossible, syncFolder } from './durable-file.ts';
import { acquireFileLock, type FileLock } from './file-lock.ts';
import { writableHandle, type WritableDb } from '../handles.ts';
import { databaseMark, sizeOf } from './inspect-case-file.ts';
import { creationPath, finishInterruptedCreation } from './interrupted-creation.ts';
import {
  newDatabaseKey,
  wrapKey,
  writeKeyHeader,
  type Argon2Parameters,
  type NewKey,
  type Secrets,
} from './key-wrap.ts';
import { runMigrations, type Migration, type MigrationProblem } from '../migrations/migrations.ts';
import { migrations as shippedMigrations } from '../migrations/index.ts';
import { storageProblemOf } from '../storage-problem.ts';
import { aloneToWrite } from './write-turn.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';

export type CreateCaseFileOptions = {
  /** Of the database itself, `….db`. Its folder must exist. */
  readonly path: string;
  readonly secrets: Secrets;
  readonly personId: Id;
  readonly deviceId: Id;
  readonly createdAtMs: number;
  readonly argon2?: Argon2Parameters;
  readonly migrations?: readonly Migration[];
  /** What the file is no good without: in it from its first moment, whatever interrupts its making. */
  readonly fill?: (db: WritableDb) => void;
};

export type CreateCaseFileProblem =
  /** Something lies at this path. It is never replaced: `rescue.ts` sets it aside first. */
  { readonly kind: 'exists'; readonly files: readonly string[] } | CaseFileProblem;

const partsOf = (paths: CaseFilePaths): readonly string[] =>
  [paths.database, paths.wal, paths.keyHeader].filter((file) => sizeOf(file) !== null);

const buildDatabase = (
  file: string,
  { key, fileUuid }: NewKey,
  options: CreateCaseFileOptions,
): Result<void, MigrationProblem> => {
  const driver = openKeyed(file, key, { create: true });
  try {
    driver.pragma(`page_size = ${pageBytes}`);
    driver.pragma('synchronous = FULL');
    driver.pragma(`application_id = ${applicationId}`);
    const db = writableHandle(driver, aloneToWrite);
    const migrated = runMigrations(db, options.migrations ?? shippedMigrations);
    if (!migrated.ok) return migrated;
    db.run(
      `INSERT INTO file_identity (id, file_uuid, person_id, device_id, created_at_ms)
       VALUES (1, ?, ?, ?, ?)`,
      [fileUuid, options.personId, options.deviceId, options.createdAtMs],
    );
    db.run('INSERT INTO file_state (id, wal_expected) VALUES (1, 0)');
    options.fill?.(db);
    // Before the file has its name: a journal left by a crash in the change of mode would need to be rolled
    // back, and the inspection that opens a file only to look cannot do that.
    driver.pragma('journal_mode = WAL');
    return ok(undefined);
  } finally {
    driver.close();
  }
};

const create = async (
  paths: CaseFilePaths,
  lock: FileLock,
  options: CreateCaseFileOptions,
): Promise<Result<CaseFile, CreateCaseFileProblem>> => {
  finishInterruptedCreation(paths);
  const files = partsOf(paths);
  if (files.length > 0) return err({ kind: 'exists', files });
  const made = creationPath(paths);
  const newKey = newDatabaseKey();
  const { key } = newKey;
  try {
    const built = buildDatabase(made, newKey, options);
    if (!built.ok) return built;
    const header = await wrapKey(newKey, databaseMark(made), options.secrets, options.argon2);
    syncFolder(path.dirname(made));
    writeKeyHeader(paths.keyHeader, header);
    finishInterruptedCreation(paths);
  } finally {
    // Only a failed creation leaves it: nobody has been told of it, and nothing is in it.
    if (sizeOf(paths.keyHeader) === null) removeIfPossible(made);
  }
  const migrations = options.migrations ?? shippedMigrations;
  return openUnlocked({ paths, key, lock, migrations });
};

/**
 * Makes a new case file and opens it. Refused when any part of one lies at `path`, whatever its state.
 * A crash on the way leaves either nothing or a whole file.
 */
export const createCaseFile = async (
  options: CreateCaseFileOptions,
): Promise<Result<CaseFile, CreateCaseFileProblem>> => {
  const tooOld = sqliteProblem();
  if (tooOld !== null) return err(tooOld);
  const paths = caseFilePaths(options.path);
  const lock = acquireFileLock(paths.lock);
  if (!lock.ok) return lock;
  let created: Result<CaseFile, CreateCaseFileProblem> | null = null;
  try {
    created = await create(paths, lock.value, options);
    return created;
  } catch (error) {
    const problem = storageProblemOf(error);
    if (problem === null) throw error;
    return err(problem);
  } finally {
    if (created?.ok !== true) lock.value.release();
  }
};
