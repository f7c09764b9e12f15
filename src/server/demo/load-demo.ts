import type { Change } from '#shared/domain/change.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { withTransaction, type Database } from '../db/pool.ts';
import { saveAccount } from '../region/identity/accounts.ts';
import { savePeople, saveUnits } from '../region/directory.ts';
import { storeOwnChanges } from '../region/syncing/store-changes.ts';
import { demoAccounts } from './accounts.ts';
import { demoSeed, generateRegion } from './population.ts';

export type DemoLoad = {
  readonly db: Database;
  readonly clients: number;
  readonly now: () => Date;
  readonly onProgress: (done: number, all: number) => void;
  /** Asked between batches; what was stored stays, and the next load carries on. */
  readonly shouldStop?: () => boolean;
};

/** Clients stored in one transaction: large enough to be quick, small enough to stop between. */
const batchClients = 20;

/** Whether the region holds anybody yet: the demo is loaded only into an empty one, and finished if cut. */
export const needsDemo = async (db: Database, clients: number): Promise<boolean> => {
  const [row] = await db.query<{ people: number; cases: number; imported: number }>(
    `SELECT (SELECT count(*) FROM person) AS people,
            (SELECT count(DISTINCT case_id) FROM case_compartment) AS cases,
            (SELECT count(*) FROM account) AS imported`,
  );
  if (!row || row.people === 0) return true;
  return row.imported === demoAccounts.length && row.cases < clients;
};

/** Fills a region with the invented population. Loading again what is there already changes nothing. */
export const loadDemo = async (load: DemoLoad): Promise<void> => {
  const { db, clients, now } = load;
  let done = 0;
  let batch: Change[] = [];
  let inBatch = 0;
  const store = async (): Promise<void> => {
    const changes = batch;
    batch = [];
    inBatch = 0;
    if (changes.length > 0) await withTransaction(db, (tx) => storeOwnChanges(tx, changes, now()));
    load.onProgress(done, clients);
  };
  const stored = await storedCases(db);
  const parts = generateRegion({
    seed: demoSeed,
    clients,
    today: finnishDate(now().getTime()),
  });
  for await (const part of parts) {
    if (load.shouldStop?.() === true) return;
    if ('units' in part) {
      await withTransaction(db, async (tx) => {
        await saveUnits(tx, part.units);
        await savePeople(tx, part.people);
      });
      continue;
    }
    done += 1;
    // A load that was cut and goes on another day would invent other dates: what is stored stays.
    if (stored.has(part.caseId)) continue;
    batch.push(...part.changes);
    inBatch += 1;
    if (inBatch >= batchClients) await store();
  }
  await store();
  // Accounts last: a region whose loading was cut is not yet one to sign in to.
  await withTransaction(db, async (tx) => {
    for (const account of demoAccounts) await saveAccount(tx, account, now());
  });
};

const storedCases = async (db: Database): Promise<ReadonlySet<Id>> => {
  const rows = await db.query<{ caseId: Id }>(
    'SELECT DISTINCT case_id AS "caseId" FROM case_compartment',
  );
  return new Set(rows.map((row) => row.caseId));
};
