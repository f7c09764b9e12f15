import { caseFilePaths, type CaseFilePaths } from './case-file-paths.ts';
import type { CaseFileProblem } from './case-file-problem.ts';
import { openUnlocked, type CaseFile } from './case-file.ts';
import { pageBytes, sqliteProblem } from './connection.ts';
import { acquireFileLock, type FileLock } from './file-lock.ts';
import { databaseMark, inspectCaseFile, isUnencrypted, sizeOf } from './inspect-case-file.ts';
import { finishInterruptedCreation } from './interrupted-creation.ts';
import { readKeyHeader, unwrapKey, type Secrets } from './key-wrap.ts';
import {
  latestVersionOf,
  type Migration,
  type MigrationProgress,
} from '../migrations/migrations.ts';
import { migrations as shippedMigrations } from '../migrations/index.ts';
import { storageProblemOf } from '../storage-problem.ts';
import { err, type Result } from '#shared/lib/result.ts';

export type OpenCaseFileOptions = {
  /** Of the database itself, `….db`. */
  readonly path: string;
  readonly secrets: Secrets;
  readonly onProgress?: (progress: MigrationProgress) => void;
  /** Try a migration again that has stopped three times. Only when the person has asked for it. */
  readonly retryMigration?: boolean;
  /** Open without the missing -wal, as the file stood before it. Only when the person has agreed. */
  readonly acceptMissingWal?: boolean;
  /** Read the whole file whatever its size: small files and files after a crash always are. */
  readonly everyPage?: boolean;
  /** For tests of the machinery; the program uses its own list. */
  readonly migrations?: readonly Migration[];
};

const absence = (paths: CaseFilePaths): CaseFileProblem => ({
  kind: 'absent',
  leftBehind: [paths.keyHeader, paths.wal].filter((file) => sizeOf(file) !== null),
});

const unlockAndOpen = async (
  paths: CaseFilePaths,
  lock: FileLock,
  options: OpenCaseFileOptions,
): Promise<Result<CaseFile, CaseFileProblem>> => {
  finishInterruptedCreation(paths);
  const size = sizeOf(paths.database);
  if (size === null) return err(absence(paths));
  if (size === 0) return err({ kind: 'empty' });
  // SQLite calls a few bytes an empty database.
  if (size < pageBytes) {
    return err({ kind: 'damaged', page: 1, detail: `The file ends after ${size} bytes` });
  }
  const mark = databaseMark(paths.database);
  if (isUnencrypted(mark)) return err({ kind: 'not-a-case-file', reason: 'unencrypted' });
  const header = readKeyHeader(paths.keyHeader);
  if (!header.ok) return header;
  const unwrapped = await unwrapKey(header.value, options.secrets);
  if (!unwrapped.ok) return unwrapped;
  const key = unwrapped.value;
  const migrations = options.migrations ?? shippedMigrations;
  const problem = inspectCaseFile(paths, {
    key,
    fileUuid: header.value.fileUuid,
    mark: Buffer.from(header.value.databaseMark, 'base64'),
    latestVersion: latestVersionOf(migrations),
    acceptMissingWal: options.acceptMissingWal ?? false,
    everyPage: options.everyPage ?? false,
  });
  if (problem === null) {
    const { onProgress, retryMigration } = options;
    const opened = openUnlocked({ paths, key, lock, migrations, onProgress, retryMigration });
    if (opened.ok) return opened;
    key.fill(0);
    return opened;
  }
  key.fill(0);
  return err(problem);
};

/**
 * Opens the case file at `path`, or says why not; then nothing was created, renamed or changed.
 * The secret is judged by the key header alone, so a damaged file is never taken for a wrong secret.
 */
export const openCaseFile = async (
  options: OpenCaseFileOptions,
): Promise<Result<CaseFile, CaseFileProblem>> => {
  const tooOld = sqliteProblem();
  if (tooOld !== null) return err(tooOld);
  const paths = caseFilePaths(options.path);
  // Before the lock: a mistyped path gets no lock file of its own.
  const anything = [paths.database, paths.keyHeader, paths.wal].some(
    (file) => sizeOf(file) !== null,
  );
  if (!anything) return err(absence(paths));
  const lock = acquireFileLock(paths.lock);
  if (!lock.ok) return lock;
  let opened: Result<CaseFile, CaseFileProblem> | null = null;
  try {
    opened = await unlockAndOpen(paths, lock.value, options);
    return opened;
  } catch (error) {
    const problem = storageProblemOf(error);
    if (problem === null) throw error;
    return err(problem);
  } finally {
    if (opened?.ok !== true) lock.value.release();
  }
};
