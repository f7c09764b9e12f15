/* oxlint-disable typescript/no-unnecessary-type-parameters --
   the caller names the columns that its SQL selects: nothing else can know them */
import type { Driver, DriverStatement } from './file/driver.ts';
import type { WriteTurn } from './file/write-turn.ts';
import { assertNotThenable } from './not-thenable.ts';
import { storageProblemOf, type StorageProblem } from './storage-problem.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';

/** What SQLite stores. Text goes in and out as text, bytes as bytes; a boolean is 0 or 1. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** Values for `?` in order, or for `:name` by name. */
export type SqlParameters = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;

export type RunResult = { readonly changes: number; readonly lastInsertRowid: number | bigint };

declare const readable: unique symbol;
declare const writable: unique symbol;

/**
 * A handle that can look and not touch: a statement that would write is refused before it runs.
 * Query modules take this type wherever they only read; a `WritableDb` may be given in its place,
 * never the other way round.
 *
 * Its functions throw SQLite's own errors. At the border of the case file wrap them with
 * `withTransaction`, `withReading` or `atBorder`, which turn trouble with the disk or the file into
 * values.
 */
export type ReadableDb = {
  readonly [readable]: true;
  /** The first row, or undefined when there is none. `Row` names the columns that the SQL selects. */
  readonly first: <Row>(sql: string, parameters?: SqlParameters) => Row | undefined;
  readonly all: <Row>(sql: string, parameters?: SqlParameters) => readonly Row[];
  /** Rows one by one. The handle runs nothing else until the loop has ended. */
  readonly each: <Row>(sql: string, parameters?: SqlParameters) => IterableIterator<Row>;
  /** The first column of the first row, or undefined. */
  readonly value: <Value extends SqlValue>(
    sql: string,
    parameters?: SqlParameters,
  ) => Value | undefined;
};

/** A handle that can write. Only inside `withTransaction` may several writes belong together. */
export type WritableDb = ReadableDb & {
  readonly [writable]: true;
  readonly run: (sql: string, parameters?: SqlParameters) => RunResult;
  /** Rows of a statement that writes (`RETURNING`). */
  readonly returning: <Row>(sql: string, parameters?: SqlParameters) => readonly Row[];
  /** Several statements without parameters; for migrations. */
  readonly execute: (sql: string) => void;
};

const drivers = new WeakMap<ReadableDb, Driver>();
const turns = new WeakMap<ReadableDb, WriteTurn>();

const driverOf = (db: ReadableDb): Driver => {
  const driver = drivers.get(db);
  if (driver === undefined) throw new Error('This handle was not made by the case file');
  return driver;
};

const turnOf = (db: WritableDb): WriteTurn => {
  const turn = turns.get(db);
  if (turn === undefined) throw new Error('This handle was not made by the case file');
  return turn;
};

/** Prepared once per handle and text of SQL: query modules keep their SQL in constants. */
const preparing = (driver: Driver) => {
  const prepared = new Map<string, DriverStatement>();
  return (sql: string): DriverStatement => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = driver.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
};

const readingFunctions = (driver: Driver) => {
  const prepare = preparing(driver);
  const reading = (sql: string): DriverStatement => {
    const statement = prepare(sql);
    if (!statement.readonly) throw new Error('A reading function was given a writing statement');
    return statement;
  };
  return {
    prepare,
    first: <Row>(sql: string, parameters: SqlParameters = []): Row | undefined =>
      reading(sql).get(parameters) as Row | undefined,
    all: <Row>(sql: string, parameters: SqlParameters = []): readonly Row[] =>
      reading(sql).all(parameters) as Row[],
    each: <Row>(sql: string, parameters: SqlParameters = []): IterableIterator<Row> =>
      reading(sql).iterate(parameters) as IterableIterator<Row>,
    value: <Value extends SqlValue>(
      sql: string,
      parameters: SqlParameters = [],
    ): Value | undefined => {
      const row = reading(sql).get(parameters);
      return row === undefined ? undefined : (Object.values(row as object)[0] as Value);
    },
  };
};

/** Only for the modules of this folder that open files; others are given handles. */
export const readableHandle = (driver: Driver): ReadableDb => {
  const { first, all, each, value } = readingFunctions(driver);
  const db = { first, all, each, value } as unknown as ReadableDb;
  drivers.set(db, driver);
  return db;
};

/** Only for the modules of this folder that open files; others are given handles. */
export const writableHandle = (driver: Driver, turn: WriteTurn): WritableDb => {
  const { prepare, first, all, each, value } = readingFunctions(driver);
  const db = {
    first,
    all,
    each,
    value,
    run: (sql: string, parameters: SqlParameters = []): RunResult => prepare(sql).run(parameters),
    returning: <Row>(sql: string, parameters: SqlParameters = []): readonly Row[] =>
      prepare(sql).all(parameters) as Row[],
    execute: (sql: string): void => {
      driver.exec(sql);
    },
  } as unknown as WritableDb;
  drivers.set(db, driver);
  turns.set(db, turn);
  return db;
};

/** Makes `fn`'s type an error when it would return a promise. */
type Synchronous<T> = T extends PromiseLike<unknown> ? never : T;

const rollBackIfOpen = (driver: Driver): void => {
  // SQLite has already rolled back by itself after some disk errors.
  if (driver.inTransaction) driver.exec('ROLLBACK');
};

/**
 * Runs `fn` as one transaction: all of it is on the disk when this returns ok, none of it otherwise.
 *
 * `fn` is synchronous; a promise is refused, because an `await` would let other work into the
 * transaction. What `fn` throws rolls back and is thrown on, except trouble with the disk or the
 * file, which comes back as a `StorageProblem`. `undo(value)` rolls back and returns the value, for
 * an answer that is no error ("the plan has changed meanwhile"). Transactions do not nest.
 */
export const withTransaction = <T>(
  db: WritableDb,
  fn: (db: WritableDb, undo: (value: T) => T) => Synchronous<T>,
): Result<T, StorageProblem> => {
  const driver = driverOf(db);
  if (driver.inTransaction) throw new Error('A transaction is already open on this handle');
  const turn = turnOf(db);
  let undone = false;
  const undo = (value: T): T => {
    undone = true;
    return value;
  };
  turn.begin();
  try {
    // Taking the write lock at once: a transaction that starts by reading cannot then fail to write.
    driver.exec('BEGIN IMMEDIATE');
    const value = fn(db, undo);
    assertNotThenable(value);
    driver.exec(undone ? 'ROLLBACK' : 'COMMIT');
    return ok(value);
  } catch (error) {
    try {
      rollBackIfOpen(driver);
    } catch (second) {
      const problem = storageProblemOf(error) ?? storageProblemOf(second);
      if (problem !== null) return err(problem);
      throw error;
    }
    const problem = storageProblemOf(error);
    if (problem !== null) return err(problem);
    throw error;
  } finally {
    turn.end();
  }
};

/**
 * Inside a transaction: all of what `fn` writes, or nothing of it. Trouble with the disk or the file is
 * thrown on, for then the whole transaction is lost; any other error is what `fn` stumbled over.
 */
export const withSavepoint = <T>(
  db: WritableDb,
  fn: () => Synchronous<T>,
): Result<T, { readonly thrown: unknown }> => {
  const driver = driverOf(db);
  driver.exec('SAVEPOINT attempt');
  try {
    const value = fn();
    assertNotThenable(value);
    driver.exec('RELEASE attempt');
    return ok(value as T);
  } catch (error) {
    if (storageProblemOf(error) !== null || !driver.inTransaction) throw error;
    driver.exec('ROLLBACK TO attempt');
    driver.exec('RELEASE attempt');
    return err({ thrown: error });
  }
};

/** Runs `fn` on one unchanging picture of the case file, whatever other connections write meanwhile. */
export const withReading = <T>(
  db: ReadableDb,
  fn: (db: ReadableDb) => Synchronous<T>,
): Result<T, StorageProblem> => {
  const driver = driverOf(db);
  if (driver.inTransaction) return atBorder(() => fn(db) as T);
  return atBorder(() => {
    driver.exec('BEGIN');
    try {
      const value = fn(db);
      assertNotThenable(value);
      return value;
    } finally {
      rollBackIfOpen(driver);
    }
  });
};

/** Turns trouble with the disk or the file into a value; other errors are mistakes and go on. */
export const atBorder = <T>(fn: () => T): Result<T, StorageProblem> => {
  try {
    return ok(fn());
  } catch (error) {
    const problem = storageProblemOf(error);
    if (problem === null) throw error;
    return err(problem);
  }
};
