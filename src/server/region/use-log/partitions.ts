import { addDays, finnishDate } from '#shared/domain/civil-date.ts';
import { monthsOf, type Month } from '#shared/domain/use-log/blocks.ts';
import { withTransaction, type Database, type Reader } from '../../db/pool.ts';

/** How long the log is kept (703/2023 10 § and its annex: twelve years). */
const keptYears = 12;

/** Makes the tables of these months where they are missing. */
export const ensureMonths = async (db: Reader, months: readonly Month[]): Promise<void> => {
  await db.query('SELECT ensure_use_partition(month) FROM unnest($1::text[]) AS month', [
    [...new Set(months)],
  ]);
};

/** Makes the tables of this month and the two after it, so that no write at a month's turn has to. */
export const ensureUsePartitions = (db: Reader, now: Date): Promise<void> => {
  const today = finnishDate(now.getTime());
  return ensureMonths(db, monthsOf(today, addDays(`${today.slice(0, 7)}-01`, 65)));
};

/**
 * Drops the months that are wholly older than twelve years, with their blocks. Needs the owner's rights:
 * the program's own role cannot take anything away. Each device's chain remembers where it now begins;
 * the anchors outside the database stay. Run at every start, and by hand with the owner's connection
 * where the region's database is not the program's own.
 * @returns the months that went
 */
export const forgetOldUse = async (owner: Database, now: Date): Promise<readonly Month[]> => {
  const today = finnishDate(now.getTime());
  const oldest = `${Number(today.slice(0, 4)) - keptYears}-${today.slice(5, 7)}`;
  const partitions = await owner.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits
     WHERE inhparent = 'use_entry'::regclass ORDER BY name`,
  );
  const old = partitions.flatMap(({ name }) => {
    const month = /^use_entry_(\d{4})_(\d{2})$/u.exec(name);
    if (!month) return [];
    const known = `${month[1]}-${month[2]}`;
    return known < oldest ? [{ name, month: known }] : [];
  });
  for (const { name, month } of old) {
    await withTransaction(owner, async (tx) => {
      await tx.query(
        `UPDATE use_device_chain AS chain
         SET forgotten_through = last.no, forgotten_hash = last.hash
         FROM (SELECT DISTINCT ON (device_id) device_id, device_no AS no, device_hash AS hash
               FROM ${name} WHERE device_no IS NOT NULL ORDER BY device_id, device_no DESC) AS last
         WHERE chain.device_id = last.device_id AND last.no > chain.forgotten_through`,
      );
      await tx.query('DELETE FROM use_unsealed WHERE id IN (SELECT id FROM ' + name + ')');
      await tx.query(`DROP TABLE ${name}`);
      await tx.query('DELETE FROM use_block WHERE month = $1', [month]);
    });
  }
  return old.map(({ month }) => month);
};
