import { openDriver, type Driver } from './driver.ts';

/** "PUNO" in ASCII. Written into every case file; anything else is not ours. */
export const applicationId = 0x50_55_4e_4f;

/** Before this version a WAL reset could corrupt the file. */
const oldestSqlite = '3.51.3';

const numbersOf = (version: string): readonly number[] => version.split('.').map(Number);

const isOlder = (version: string, than: string): boolean => {
  const wanted = numbersOf(than);
  for (const [index, number] of numbersOf(version).entries()) {
    const other = wanted[index] ?? 0;
    if (number !== other) return number < other;
  }
  return false;
};

export type SqliteTooOld = {
  readonly kind: 'sqlite-too-old';
  readonly found: string;
  readonly needed: string;
};

/** Null when the SQLite that was linked in is new enough. */
export const sqliteProblem = (needed: string = oldestSqlite): SqliteTooOld | null => {
  const memory = openDriver(':memory:');
  try {
    const found = memory.prepare('SELECT sqlite_version()').pluck().get() as string;
    return isOlder(found, needed) ? { kind: 'sqlite-too-old', found, needed } : null;
  } finally {
    memory.close();
  }
};

export const pageBytes = 4096;

/** How long a connection waits for another one's short transaction. */
export const busyTimeoutMs = 5_000;

/**
 * The driver with cipher and key set, before anything has been read. The key never passes through
 * SQL text, where an error message could repeat it.
 */
export const openKeyed = (
  path: string,
  key: Uint8Array,
  { readonly = false, create = false }: { readonly readonly?: boolean; readonly create?: boolean },
): Driver => {
  const driver = openDriver(path, { readonly, fileMustExist: !create, timeout: busyTimeoutMs });
  try {
    // Named, not left to the package's default. Each page carries an authentication tag, so a
    // damaged page is an error and never other text.
    driver.pragma("cipher = 'chacha20'");
    // "raw:" hands the cipher the 32 random bytes themselves: they need no stretching.
    const raw = Buffer.concat([Buffer.from('raw:'), key]);
    driver.key(raw);
    raw.fill(0);
    driver.pragma('temp_store = MEMORY');
    driver.pragma('mmap_size = 0');
    driver.pragma('trusted_schema = OFF');
    return driver;
  } catch (error) {
    driver.close();
    throw error;
  }
};

/** What every connection that writes needs; the first read of the file happens here. */
export const prepareForWriting = (driver: Driver): void => {
  const mode = driver.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') throw new Error(`The case file is in journal mode ${String(mode)}`);
  // Every commit reaches the disk before it is called saved.
  driver.pragma('synchronous = FULL');
  driver.pragma('foreign_keys = ON');
  // What is erased is overwritten, not only forgotten.
  driver.pragma('secure_delete = ON');
  driver.pragma('wal_autocheckpoint = 1000');
  // A first sync may grow the -wal; afterwards it shrinks back to 16 MiB.
  driver.pragma('journal_size_limit = 16777216');
  driver.pragma('cache_size = -16000');
};

export const prepareForReading = (driver: Driver): void => {
  driver.pragma('query_only = ON');
  driver.pragma('cache_size = -16000');
};
