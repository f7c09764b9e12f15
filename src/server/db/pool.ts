import pg from 'pg';
import { databaseTrouble } from './trouble.ts';

export type Row = { readonly [column: string]: unknown };

/** Runs one statement. `int8` arrives as a number, `timestamptz` as a Date, `date` as text. */
export type RunQuery = <R extends Row>(
  text: string,
  values?: readonly unknown[],
) => Promise<readonly R[]>;

/** What can be asked: the pool itself, each question on its own, or an open transaction. */
export type Reader = { readonly query: RunQuery };

/** An open transaction. Whatever changes rows asks for this type, so it never runs outside one. */
export type Transaction = Reader & { readonly inTransaction: true };

export type Database = Reader & {
  readonly pool: pg.Pool;
  readonly close: () => Promise<void>;
};

/**
 * Ends a subquery of a LATERAL join that reaches rows of a partitioned table by their whole key: it is then
 * asked once for each row that it depends on. Left to itself the planner thinks of every partition at each
 * step and, for some hundreds of keys, reads the region's whole table instead.
 */
export const oneByOne = 'OFFSET 0';

export type DatabaseOptions = {
  readonly url: string;
  /** Most connections of this process. */
  readonly connections?: number;
  /** Longest that one statement may take, in milliseconds. */
  readonly statementTimeoutMs?: number;
  /** An idle connection broke; the pool replaces it. Without data of clients. */
  readonly onConnectionLost?: (reason: string) => void;
};

const int8 = 20;
const date = 1082;

/** Sequence numbers and counters stay far below 2⁵³; one that does not must not be rounded. */
const parseWhole = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 out of range: ${text}`);
  return value;
};

const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') => {
    if (id === int8 && format !== 'binary') return parseWhole;
    if (id === date && format !== 'binary') return (text: string) => text;
    // oxlint-disable-next-line typescript/no-unsafe-return -- the driver's own signature
    return pg.types.getTypeParser(id, format);
  },
};

export const openDatabase = (options: DatabaseOptions): Database => {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    lock_timeout: 20_000,
    // A process that hangs between two statements must not hold the sequence for everybody.
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'punos region',
    keepAlive: true,
    types,
  });
  pool.on('error', (error) => options.onConnectionLost?.(databaseTrouble(error) ?? error.name));
  return {
    pool,
    query: (text, values) => runOn(pool, text, values),
    close: () => pool.end(),
  };
};

const runOn = async <R extends Row>(
  on: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly R[]> => (await on.query<R>(text, [...values])).rows;

const mostAttempts = 4;

/**
 * Runs `work` in one READ COMMITTED transaction: committed when it returns, rolled back when it
 * throws. After a deadlock or a serialisation failure it is run again from the start, so its only
 * effect must be on the transaction.
 *
 * READ COMMITTED is part of the sequence's rule: a writer that waited for the lock must see what
 * the writer before it committed.
 */
export const withTransaction = <T>(
  db: Database,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> => retried(db, 'READ COMMITTED', work);

/**
 * As `withTransaction`, on one unchanging picture of the database (REPEATABLE READ): for answers whose
 * parts must agree. Two that write to the same rows collide, and the later one is run again.
 */
export const withSnapshot = <T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  retried(db, 'REPEATABLE READ', work);

type Isolation = 'READ COMMITTED' | 'REPEATABLE READ';

const retried = async <T>(
  db: Database,
  isolation: Isolation,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(db, isolation, work);
    } catch (error) {
      if (attempt >= mostAttempts || databaseTrouble(error) !== 'collision') throw error;
    }
  }
};

const once = async <T>(
  db: Database,
  isolation: Isolation,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> => {
  const client = await db.pool.connect();
  let broken: Error | undefined;
  const noteBroken = (error: Error): void => {
    broken = error;
  };
  client.on('error', noteBroken);
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
    const result = await work({
      inTransaction: true,
      query: (text, values) => runOn(client, text, values),
    });
    await client.query('COMMIT');
    return result;
  } catch (error) {
    try {
      await client.query('ROLLBACK');
    } catch (rollbackError) {
      broken = rollbackError as Error;
    }
    throw error;
  } finally {
    client.off('error', noteBroken);
    client.release(broken);
  }
};
