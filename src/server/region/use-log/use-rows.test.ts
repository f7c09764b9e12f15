import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withTransaction } from '#server/db/pool.ts';
import { ensureUsePartitions } from './partitions.ts';
import { writeUse } from './write-use.ts';
import { anEntry, useLogWorld, type UseLogWorld } from '../../../../tests/region/use-log-world.ts';

let world: UseLogWorld;
beforeAll(async () => {
  world = await useLogWorld();
});
afterAll(() => world.close());

describe('the rows', () => {
  it('are added and read by the app role, and neither altered nor deleted, by any way', async () => {
    await world.write(anEntry());
    await world.seal();
    for (const statement of [
      "UPDATE use_entry SET role = 'x'",
      'DELETE FROM use_entry',
      'TRUNCATE use_entry',
      'UPDATE use_entry_2026_11 SET register = register',
      'DELETE FROM use_entry_2026_11',
      'DROP TABLE use_entry_2026_11',
      "UPDATE use_block SET hash = ''",
      'DELETE FROM use_block',
      'DELETE FROM use_alarm',
      'UPDATE use_alarm SET no = 1',
      'ALTER TABLE use_entry DETACH PARTITION use_entry_2026_11',
      'CREATE TABLE own (a int)',
    ]) {
      await expect(world.test.db.query(statement), statement).rejects.toThrow(
        /permission denied|must be owner/,
      );
    }
  });

  it('have tables by the Finnish month, made ahead and on demand', async () => {
    await ensureUsePartitions(world.test.db, new Date('2027-01-31T22:30:00Z'));
    const lastOfMonth = Date.parse('2030-06-30T20:59:59.999Z');
    await world.write(anEntry({ atMs: lastOfMonth }), anEntry({ atMs: lastOfMonth + 1 }));
    const names = await world.test.owner.query<{ name: string; rows: number }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits
       WHERE inhparent = 'use_entry'::regclass ORDER BY name`,
    );
    expect(names.map(({ name }) => name)).toEqual([
      'use_entry_2026_11',
      // The last evening of January in Greenwich is February here.
      'use_entry_2027_02',
      'use_entry_2027_03',
      'use_entry_2027_04',
      'use_entry_2030_06',
      'use_entry_2030_07',
    ]);
    expect(await world.test.owner.query('SELECT count(*) AS n FROM use_entry_2030_06')).toEqual([
      { n: 1 },
    ]);
    await expect(world.test.db.query("SELECT ensure_use_partition('x; DROP')")).rejects.toThrow(
      /month/,
    );
  });

  it('of the same new month are made by two writers at once', async () => {
    const atMs = Date.parse('2031-05-05T08:00:00Z');
    await Promise.all(Array.from({ length: 8 }, () => world.write(anEntry({ atMs }))));
    expect(await world.test.owner.query('SELECT count(*) AS n FROM use_entry_2031_05')).toEqual([
      { n: 8 },
    ]);
  });

  it('stand or fall with what they tell of', async () => {
    const one = anEntry();
    await expect(
      withTransaction(world.test.db, async (tx) => {
        await writeUse(tx, [one]);
        throw new Error('the look did not happen');
      }),
    ).rejects.toThrow('did not happen');
    expect(
      await world.test.owner.query('SELECT id FROM use_entry WHERE id = $1', [one.id]),
    ).toEqual([]);
    await expect(world.write(anEntry({ role: 'x'.repeat(50) }))).rejects.toThrow('too_big');
  });
});
