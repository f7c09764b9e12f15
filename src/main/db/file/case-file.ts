import type { Driver } from './driver.ts';
import type { CaseFilePaths } from './case-file-paths.ts';
import type { CaseFileProblem } from './case-file-problem.ts';
import { busyTimeoutMs, openKeyed, prepareForReading, prepareForWriting } from './connection.ts';
import type { FileLock } from './file-lock.ts';
import {
  atBorder,
  readableHandle,
  writableHandle,
  type ReadableDb,
  type WritableDb,
} from '../handles.ts';
import { sizeOf } from './inspect-case-file.ts';
import { firstToWrite, lastToWrite, newTurnCount, type TurnCount } from './write-turn.ts';
import { runMigrations, type Migration, type MigrationProgress } from '../migrations/migrations.ts';
import type { StorageProblem } from '../storage-problem.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';

/** Whose file this is and on which device. */
export type CaseFileIdentity = {
  readonly fileUuid: Id;
  readonly personId: Id;
  readonly deviceId: Id;
  readonly createdAtMs: number;
};

/** An open case file. Its lock is held until `close`. */
export type CaseFile = {
  readonly path: string;
  readonly identity: CaseFileIdentity;
  readonly db: WritableDb;
  /** For the sync worker's own connection. Overwritten with zeros at `close`; never logged. */
  readonly key: Uint8Array;
  /** For the sync worker's own connection too: the window's transactions go before the worker's. */
  readonly turn: TurnCount;
  /**
   * Close the second connections first. What was committed is safe whatever this answers: an error
   * says only that the -wal is kept and will be read at the next opening. A second call does nothing.
   */
  readonly close: () => Result<void, StorageProblem>;
};

/**
 * The mark that work may lie in the -wal. It is brought into the database itself before anything else
 * is written, so that a database whose -wal was taken away says so. There is always a -wal on the disk
 * while the mark stands: the checkpoint copies its frames and leaves them there.
 */
const markWalExpected = (driver: Driver): void => {
  driver.exec('UPDATE file_state SET wal_expected = 1');
  driver.pragma('wal_checkpoint(FULL)');
};

/** All else is in the database before the mark goes, so the mark's absence never lies. */
const markClosed = (driver: Driver): void => {
  driver.pragma('wal_checkpoint(FULL)');
  driver.exec('UPDATE file_state SET wal_expected = 0');
};

/**
 * Closing the last connection makes SQLite delete the -wal. While the mark stands that would look like a
 * -wal taken away, so each writing connection has a witness: one that cannot write and thus leaves the
 * -wal where it is. It is there from before the mark: once the disk answers no reads, none can be opened.
 */
type Connections = { readonly driver: Driver; readonly witness: Driver };

const openWitness = (path: string, key: Uint8Array): Driver => {
  const witness = openKeyed(path, key, { readonly: true });
  try {
    // Having read is what makes it one of those that must be gone before the -wal goes.
    witness.prepare('SELECT wal_expected FROM file_state').get();
    return witness;
  } catch (error) {
    witness.close();
    throw error;
  }
};

const closeInOrder = (first: Driver, last: Driver): void => {
  try {
    first.close();
  } finally {
    last.close();
  }
};

const closeBoth = ({ driver, witness }: Connections): Result<void, StorageProblem> => {
  const marked = atBorder(() => {
    if (driver.inTransaction) driver.exec('ROLLBACK');
    markClosed(driver);
  });
  const closed = atBorder(() =>
    marked.ok ? closeInOrder(witness, driver) : closeInOrder(driver, witness),
  );
  return marked.ok ? closed : marked;
};

const openBoth = (path: string, key: Uint8Array): Connections => {
  const witness = openWitness(path, key);
  let driver: Driver;
  try {
    driver = openKeyed(path, key, {});
  } catch (error) {
    witness.close();
    throw error;
  }
  try {
    prepareForWriting(driver);
    markWalExpected(driver);
    return { driver, witness };
  } catch (error) {
    // The mark may stand already: closing must not then take the -wal away.
    closeBoth({ driver, witness });
    throw error;
  }
};

export type Unlocked = {
  readonly paths: CaseFilePaths;
  readonly key: Uint8Array;
  readonly lock: FileLock;
  readonly migrations: readonly Migration[];
  readonly onProgress?: ((progress: MigrationProgress) => void) | undefined;
  readonly retryMigration?: boolean | undefined;
};

type IdentityRow = {
  readonly file_uuid: Id;
  readonly person_id: Id;
  readonly device_id: Id;
  readonly created_at_ms: number;
};

const identityOf = (db: ReadableDb): CaseFileIdentity => {
  const row = db.first<IdentityRow>(
    'SELECT file_uuid, person_id, device_id, created_at_ms FROM file_identity',
  );
  if (row === undefined) throw new Error('The case file has lost its identity');
  return {
    fileUuid: row.file_uuid,
    personId: row.person_id,
    deviceId: row.device_id,
    createdAtMs: row.created_at_ms,
  };
};

/** Opens a file that was inspected: journal mode, mark, migrations. The lock is given on to it. */
export const openUnlocked = (unlocked: Unlocked): Result<CaseFile, CaseFileProblem> => {
  const { paths, key, lock } = unlocked;
  const opened = atBorder(() => openBoth(paths.database, key));
  if (!opened.ok) return opened;
  const { driver } = opened.value;
  const turn = newTurnCount();
  const db = writableHandle(driver, firstToWrite(turn));
  const migrated = runMigrations(db, unlocked.migrations, {
    onProgress: unlocked.onProgress,
    retry: unlocked.retryMigration,
  });
  if (!migrated.ok) {
    closeBoth(opened.value);
    return migrated;
  }
  const identity = atBorder(() => identityOf(db));
  if (!identity.ok) {
    closeBoth(opened.value);
    return identity;
  }
  let closed = false;
  const close = (): Result<void, StorageProblem> => {
    if (closed) return ok(undefined);
    closed = true;
    process.off('exit', close);
    const result = closeBoth(opened.value);
    lock.release();
    key.fill(0);
    return result;
  };
  // A program that ends without closing lets the driver close by itself, which deletes the -wal and
  // leaves the mark standing. A killed one leaves both.
  process.on('exit', close);
  return ok({ path: paths.database, identity: identity.value, db, key, turn, close });
};

export type SecondConnection<Db extends ReadableDb> = {
  readonly db: Db;
  readonly close: () => void;
};

const notOpenElsewhere = { kind: 'busy' } as const;

const openSecond = (
  path: string,
  key: Uint8Array,
  readonly: boolean,
): Result<Driver, StorageProblem> =>
  atBorder(() => {
    const driver = openKeyed(path, key, { readonly });
    try {
      if (readonly) prepareForReading(driver);
      else prepareForWriting(driver);
      driver.prepare('SELECT wal_expected FROM file_state').get();
      return driver;
    } catch (error) {
      driver.close();
      throw error;
    }
  });

/** Only while this process has the case file open: the lock is the process's, not the connection's. */
const isOpenHere = (path: string): boolean => (sizeOf(`${path}-wal`) ?? 0) > 0;

/**
 * A second connection that writes, for a worker thread of the process that has the case file open.
 * Its transactions let those of the window go first. Keep them short: the window waits for the one that
 * runs, at most five seconds. Close it before the case file itself. `busy` when the case file is not open.
 */
export const openSecondConnection = ({
  path,
  key,
  turn,
}: Pick<CaseFile, 'path' | 'key' | 'turn'>): Result<
  SecondConnection<WritableDb>,
  StorageProblem
> => {
  if (!isOpenHere(path)) return err(notOpenElsewhere);
  const opened = openSecond(path, key, false);
  if (!opened.ok) return opened;
  const driver = opened.value;
  return ok({
    db: writableHandle(driver, lastToWrite(turn, busyTimeoutMs)),
    close: () => void driver.close(),
  });
};

/** As `openSecondConnection`, but SQLite itself refuses every write. */
export const openReadingConnection = ({
  path,
  key,
}: {
  readonly path: string;
  readonly key: Uint8Array;
}): Result<SecondConnection<ReadableDb>, StorageProblem> => {
  if (!isOpenHere(path)) return err(notOpenElsewhere);
  const opened = openSecond(path, key, true);
  if (!opened.ok) return opened;
  const driver = opened.value;
  return ok({ db: readableHandle(driver), close: () => void driver.close() });
};
