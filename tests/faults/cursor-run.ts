import { randomBytes } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Change } from '#shared/domain/change.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';
import { protocolVersion } from '#shared/protocol/version.ts';
import { withTransaction, type Transaction } from '#server/db/pool.ts';
import { introduceDevice } from '#server/region/identity/devices.ts';
import { appendChanges } from '#server/region/syncing/append.ts';
import { pullPage } from '#server/region/syncing/pull-page.ts';
import { storeOwnChanges } from '#server/region/syncing/store-changes.ts';
import { addPerson } from '../region/test-app.ts';
import { testDatabase, type TestDatabase } from '../region/test-database.ts';
import { grantOf } from '../region/wire-device.ts';
import { dice } from './dice.ts';
import type { Counts, FaultRun } from './fault-run.ts';

/** Opens them one after the other: all at once would overrun a small machine's patience. */
const openConnections = async ({ db }: TestDatabase, count: number): Promise<void> => {
  const open = [];
  for (let connection = 0; connection < count; connection += 1) open.push(await db.pool.connect());
  for (const connection of open) connection.release();
};

/** How long a writer waits, in milliseconds at most. */
export type Delays = {
  readonly beforeLock: number;
  readonly insideLock: number;
  /** After the insert and before the commit, in one commit of a hundred. */
  readonly beforeCommit: number;
};

export type CursorSize = {
  readonly writers: number;
  readonly readers: number;
  readonly rows: number;
  readonly batch: number;
  readonly delays: Delays;
};

/** Who takes a number: the transaction itself, or a planted fault. */
type TakeNumber = (
  tx: Transaction,
  ask: (on: Pick<Transaction, 'query'>) => Promise<unknown>,
) => Promise<unknown>;
const asTheProductDoes: TakeNumber = (tx, ask) => ask(tx);

/** The planted fault: the number is committed at once, so its lock is not held until the rows are. */
export const outsideTheTransaction =
  (database: TestDatabase): TakeNumber =>
  (_tx, ask) =>
    withTransaction(database.db, (other) => ask(other));

const random = (length: number): Buffer => randomBytes(length);

/**
 * Writers append through the region's own functions, slowed at every point where a commit could overtake a
 * number; readers follow the cursor with the region's own pages. @returns what no reader may ever have missed
 */
export const followCursor = async (
  database: TestDatabase,
  seed: number,
  { writers, readers, rows, batch, delays }: CursorSize,
  takeNumber: TakeNumber = asTheProductDoes,
): Promise<Counts> => {
  const roll = dice(seed);
  const { db } = database;
  await openConnections(database, writers + readers);
  const nowMs = Date.now();
  const cases = Array.from({ length: writers }, () => newId(nowMs, random));
  const author = await addPerson(db, `kirjoittaja${seed}`);
  const made = (content: Pick<Change, 'caseId'> & Partial<Change>): Change => ({
    id: newId(nowMs, random),
    recordId: newId(nowMs, random),
    kind: 'need',
    compartment: jointPlan,
    group: 'assessment',
    value: { text: 'Kävely on epävarmaa.' },
    parents: [],
    authorId: author.personId,
    profession: 'physiotherapist',
    taskClass: 'limited-health',
    time: writeHybridTime(nowMs, 0),
    schema: 1,
    ...content,
  });
  const following = await Promise.all(
    Array.from({ length: readers }, async (_, index) => {
      const person = await addPerson(db, `lukija${seed}-${index}`);
      const device = { id: newId(nowMs, random), publicKey: random(32).toString('base64url') };
      await withTransaction(db, (tx) =>
        introduceDevice(tx, person.personId, { ...device, name: '' }, new Date(nowMs)),
      );
      return { personId: person.personId, deviceId: device.id };
    }),
  );
  await withTransaction(db, (tx) =>
    storeOwnChanges(
      tx,
      cases.flatMap((caseId) =>
        [author, ...following].map(({ personId }) =>
          made({ caseId, kind: 'membership', group: 'grant', value: grantOf({ personId }) }),
        ),
      ),
      new Date(nowMs),
    ),
  );

  /** The reader's next page, to the end of what there is. */
  const reader = ({ personId, deviceId }: { readonly personId: Id; readonly deviceId: Id }) => {
    const seen = new Set<Id>();
    const begun = newId(nowMs, random);
    let cursor: string | null = null;
    return {
      seen,
      follow: async (): Promise<void> => {
        for (let more = true; more;) {
          const page = await pullPage(
            { db, nowMs, random },
            { personId, deviceId },
            {
              protocol: protocolVersion,
              begun,
              cursor,
              awaiting: [],
              erased: [],
              directoryRevision: 1e9,
            },
          );
          if (!page.ok) throw new Error(page.error);
          for (const { change } of page.value.changes) seen.add(change.id);
          ({ cursor, more } = page.value);
        }
      },
    };
  };
  const followers = following.map(reader);
  for (const one of followers) await one.follow();

  const slowed = (tx: Transaction, insideMs: number): Transaction => ({
    inTransaction: true,
    query: async (text, values) => {
      if (!text.includes('take_sequence')) return tx.query(text, values);
      const numbers = await takeNumber(tx, (on) => on.query(text, values));
      await rest(insideMs);
      return numbers as never;
    },
  });
  const written: Id[] = [];
  let commits = 0;
  let left = rows;
  const write = async (caseId: Id): Promise<void> => {
    while (left > 0) {
      const size = Math.min(left, 1 + roll(batch));
      left -= size;
      const waits = [delays.beforeLock, delays.insideLock].map((ms) => roll(ms + 1));
      const lastMs = roll(100) === 0 ? roll(delays.beforeCommit + 1) : 0;
      const changes = Array.from({ length: size }, () => made({ caseId }));
      await rest(waits[0]);
      await withTransaction(db, async (tx) => {
        const entries = changes.map((change) => ({ change, device: null }));
        await appendChanges(slowed(tx, waits[1] ?? 0), entries, new Date(nowMs));
        await rest(lastMs);
      });
      commits += 1;
      for (const { id } of changes) written.push(id);
    }
  };
  let writing = true;
  const all = Promise.all(cases.map(write)).finally(() => {
    writing = false;
  });
  let pages = 0;
  const reading = followers.map(async ({ follow }) => {
    while (writing) {
      await follow();
      pages += 1;
      await rest(roll(20));
    }
    await follow();
  });
  await Promise.all([all, ...reading]);
  const missed = followers.reduce(
    (sum, { seen }) => sum + written.filter((id) => !seen.has(id)).length,
    0,
  );
  return { rows: written.length, commits, pulls: pages, missed };
};

const atFullSize: CursorSize = {
  writers: 64,
  readers: 3,
  rows: 50_000,
  batch: 500,
  delays: { beforeLock: 5_000, insideLock: 50, beforeCommit: 5_000 },
};

/** A5: the cursor skips nothing. */
export const cursorFollowed: FaultRun = {
  name: 'A5',
  promise: 'The cursor skips nothing',
  parts: 20,
  never: ['missed'],
  start: async ({ folder }) => ({
    part: async (seed) => {
      const database = await testDatabase(80, folder);
      try {
        return await followCursor(database, seed, atFullSize);
      } finally {
        await database.close();
      }
    },
    end: async () => {},
  }),
};
