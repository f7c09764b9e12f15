import type { Database } from '#server/db/pool.ts';

export type BreakableDatabase = {
  readonly database: Database;
  /**
   * Runs `work`, and lets the process die before its statement number `statement`, counted from 0: the
   * connections break and every later statement fails. Null when it died, even if `work` answered.
   */
  readonly dying: <T>(statement: number, work: () => Promise<T>) => Promise<T | null>;
};

type Query = (...asked: readonly unknown[]) => unknown;
type Connection = { readonly stream: { readonly destroy: () => void } };

/** A database whose process can be killed between any two statements. */
export const breakable = (database: Database): BreakableDatabase => {
  let left: number | null = null;
  let died = false;
  database.pool.on('error', () => undefined);
  database.pool.on('connect', (client) => {
    const unbroken = client as unknown as { query: Query; readonly connection: Connection };
    const query = unbroken.query.bind(client);
    unbroken.query = (...asked) => {
      if (left === null) return query(...asked);
      if (left > 0) {
        left -= 1;
        return query(...asked);
      }
      died = true;
      unbroken.connection.stream.destroy();
      const problem = new Error('The process was killed');
      const done = asked.at(-1);
      if (typeof done !== 'function') return Promise.reject(problem);
      queueMicrotask(() => (done as (problem: Error) => void)(problem));
      return undefined;
    };
  });
  return {
    database,
    dying: async (statement, work) => {
      left = statement;
      died = false;
      try {
        const answer = await work();
        return died ? null : answer;
      } finally {
        left = null;
      }
    },
  };
};
