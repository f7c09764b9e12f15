import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import './engine-folder.ts';
import { appRole, startEngine, type DatabaseUrls } from '#server/db/engine.ts';
import { grantToApp, migrate } from '#server/db/migrate.ts';
import { openDatabase, withTransaction, type Database } from '#server/db/pool.ts';
import { ensureRegion } from '#server/region/region-state.ts';

export type TestDatabase = DatabaseUrls & {
  /** As the server uses it: with the app role's rights. */
  readonly db: Database;
  /** With the owner's rights, to look and to prepare. */
  readonly owner: Database;
  /** Drops the database. Call it in `afterAll`. */
  readonly close: () => Promise<void>;
};

/** An empty database of its own on the test run's PostgreSQL, or on the one of another folder; not migrated. */
export const emptyTestDatabase = async (
  connections = 10,
  engineFolder: string = inject('engineFolder'),
): Promise<TestDatabase> => {
  const started = await startEngine({ folder: engineFolder, durable: false });
  if (!started.ok) throw new Error(started.error.message);
  const engine = started.value;
  const name = `test_${randomBytes(6).toString('hex')}`;
  const urls = await engine.createDatabase(name);
  const db = openDatabase({ url: urls.appUrl, connections });
  const owner = openDatabase({ url: urls.ownerUrl, connections: 4 });
  return {
    ...urls,
    db,
    owner,
    close: async () => {
      await Promise.all([db.close(), owner.close()]);
      await engine.dropDatabase(name);
      await engine.leave();
    },
  };
};

/** A database with the newest schema and an empty region. */
export const testDatabase = async (
  connections = 10,
  engineFolder: string = inject('engineFolder'),
): Promise<TestDatabase> => {
  const test = await emptyTestDatabase(connections, engineFolder);
  const migrated = await migrate(test.owner);
  if (!migrated.ok) throw new Error(JSON.stringify(migrated.error));
  await grantToApp(test.owner, appRole);
  await withTransaction(test.db, (tx) =>
    ensureRegion(tx, 'Koeseutu', Date.now(), (length) => randomBytes(length)),
  );
  return test;
};
