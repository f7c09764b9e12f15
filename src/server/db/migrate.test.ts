import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyTestDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import { appRole } from './engine.ts';
import { grantToApp, migrate, migrations, type Migration } from './migrate.ts';
import { withTransaction } from './pool.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await emptyTestDatabase();
});
afterAll(() => test.close());

describe('migrations', () => {
  it('are numbered from 1 without gaps', () => {
    expect(migrations.map((step) => step.number)).toEqual(migrations.map((_, index) => index + 1));
  });

  it('are taken once by servers that start at the same time', async () => {
    const taken = await Promise.all([1, 2, 3, 4].map(() => migrate(test.owner)));
    const steps = taken.flatMap((result) => (result.ok ? result.value : [-1]));
    expect(steps).toEqual(migrations.map((step) => step.number));
    expect(await migrate(test.owner)).toEqual({ ok: true, value: [] });
  });

  it('leave nothing of a step that fails', async () => {
    const next = migrations.length + 1;
    const broken: Migration = {
      number: next,
      name: 'broken',
      sql: 'CREATE TABLE half (a int); SELECT 1/0',
    };
    await expect(migrate(test.owner, [...migrations, broken])).rejects.toThrow(/division/);
    const [half] = await test.owner.query<{ half: string | null }>(
      `SELECT to_regclass('half') AS half`,
    );
    expect(half?.half).toBeNull();
    expect(await migrate(test.owner)).toEqual({ ok: true, value: [] });
  });

  it('refuse a database from the future and leave it as it is', async () => {
    const next = migrations.length + 1;
    await test.owner.query(`INSERT INTO schema_migration VALUES ($1, 'later', now())`, [next]);
    expect(await migrate(test.owner)).toEqual({
      ok: false,
      error: { code: 'database-from-the-future', found: next, known: migrations.length },
    });
    await test.owner.query('DELETE FROM schema_migration WHERE number = $1', [next]);
  });
});

describe('the app role', () => {
  it('adds to the log and cannot alter or delete there, nor pass by the partitions', async () => {
    await grantToApp(test.owner, appRole);
    for (const statement of [
      'UPDATE change_log SET seq = 1',
      'DELETE FROM change_log',
      'DELETE FROM change_receipt',
      'UPDATE change_receipt SET content_hash = NULL',
      'DELETE FROM change_log_03',
      'TRUNCATE change_log',
      'DROP TABLE head',
      'DELETE FROM schema_migration',
      'DELETE FROM opening',
      'DELETE FROM scope_history',
      'UPDATE scope_history SET first_at = now()',
    ]) {
      await expect(test.db.query(statement), statement).rejects.toThrow(
        /permission denied|must be owner/,
      );
    }
    expect(await test.db.query('SELECT seq FROM change_log LIMIT 1')).toEqual([]);
  });
});

describe('withTransaction', () => {
  it('runs again after a deadlock', async () => {
    await test.owner.query('CREATE TABLE pair (id int PRIMARY KEY, hits int)');
    await test.owner.query('INSERT INTO pair VALUES (1, 0), (2, 0)');
    let met = 0;
    const both = Promise.withResolvers<void>();
    const hit = (first: number, second: number) =>
      withTransaction(test.owner, async (tx) => {
        await tx.query('UPDATE pair SET hits = hits + 1 WHERE id = $1', [first]);
        met += 1;
        if (met === 2) both.resolve();
        await both.promise;
        await tx.query('UPDATE pair SET hits = hits + 1 WHERE id = $1', [second]);
      });
    await Promise.all([hit(1, 2), hit(2, 1)]);
    expect(await test.owner.query('SELECT hits FROM pair')).toEqual([{ hits: 2 }, { hits: 2 }]);
    expect(met).toBe(3);
  });

  it('gives up a number that a JavaScript number cannot hold', async () => {
    await expect(test.db.query('SELECT 9007199254740993::bigint AS n')).rejects.toThrow(/int8/);
    expect(await test.db.query('SELECT 9007199254740991::bigint AS n')).toEqual([
      { n: Number.MAX_SAFE_INTEGER },
    ]);
  });
});
