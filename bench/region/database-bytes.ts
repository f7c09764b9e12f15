import type { Database } from '#server/db/pool.ts';

/** How much each of the region's tables takes with its indexes, in bytes. */
export const databaseBytes = async (db: Database): Promise<Readonly<Record<string, number>>> => {
  const rows = await db.query<{ name: string; bytes: number }>(
    `SELECT relname AS name, pg_total_relation_size(oid)::bigint AS bytes FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname`,
  );
  return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
};
