import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/domain/change.ts';
import { newId } from '#shared/domain/ids.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/region/test-database.ts';
import { withTransaction, type Database } from '../../db/pool.ts';
import { appendChanges, lockCases } from './append.ts';
import type { LogEntry } from './log-entry.ts';
import { findReceipts } from './receipts.ts';

const at = new Date('2026-11-02T10:00:00Z');
const id = () => newId(at.getTime(), (length) => randomBytes(length));

const change = (content: Partial<Change> = {}): Change => ({
  id: id(),
  recordId: content.recordId ?? content.caseId ?? '00000000-0000-7000-8000-000000000001',
  kind: 'goal',
  caseId: content.caseId ?? '00000000-0000-7000-8000-00000000000c',
  compartment: 'joint/plan',
  group: 'wording',
  value: { title: 'Kävelen kauppaan' },
  parents: [],
  authorId: '00000000-0000-7000-8000-00000000000a',
  profession: 'physiotherapist',
  taskClass: 'rehabilitation',
  time: '019a4000beef-0000',
  schema: 1,
  ...content,
});
const entry = (content: Partial<Change> = {}): LogEntry => ({
  change: change(content),
  device: { id: '00000000-0000-7000-8000-00000000000d', counter: 1, signature: randomBytes(64) },
});

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase(36);
});
afterAll(() => test.close());

const append = (entries: readonly LogEntry[]) =>
  withTransaction(test.db, (tx) => appendChanges(tx, entries, at));

describe('Q1 the sequence follows the order of commits', () => {
  const writers = 32;
  const rows = 20_000;

  it('Q1 a reader that goes by the number misses nothing while 32 writers commit', async () => {
    const outcome = await race(
      test.db,
      async (tx, count) => {
        const entries = Array.from({ length: count }, () =>
          entry({ caseId: id(), recordId: id() }),
        );
        await pause(0, 5);
        await appendChanges(tx, entries, at);
        await pause(0, 3);
      },
      'change_log',
    );
    process.stdout.write(
      `appendChanges: ${outcome.written} rows from ${writers} writers in ${outcome.seconds.toFixed(1)} s, ` +
        `${outcome.polls} polls, ${outcome.missed} missed\n`,
    );
    expect(outcome).toMatchObject({ written: rows, missed: 0, doubled: 0 });
  });

  it('Q1 the same reader misses rows numbered without the lock, so this test can fail', async () => {
    await test.owner.query('CREATE TABLE plain_log (seq bigserial PRIMARY KEY, note text)');
    await test.owner.query('GRANT ALL ON plain_log, plain_log_seq_seq TO punos_app');
    const outcome = await race(
      test.db,
      async (tx, count) => {
        await pause(0, 5);
        await tx.query('INSERT INTO plain_log (note) SELECT $2 FROM generate_series(1, $1::int)', [
          count,
          'a',
        ]);
        await pause(0, 3);
      },
      'plain_log',
    );
    process.stdout.write(
      `plain sequence: ${outcome.written} rows from ${writers} writers in ${outcome.seconds.toFixed(1)} s, ` +
        `${outcome.polls} polls, ${outcome.missed} missed\n`,
    );
    expect(outcome.written).toBe(rows);
    expect(outcome.missed).toBeGreaterThan(0);
  });

  type Write = (
    tx: Parameters<Parameters<typeof withTransaction>[1]>[0],
    count: number,
  ) => Promise<void>;

  async function race(db: Database, write: Write, table: string) {
    const began = performance.now();
    let waiting = rows;
    let running = true;
    const writing = Promise.all(
      Array.from({ length: writers }, async () => {
        while (waiting > 0) {
          const count = Math.min(waiting, 1 + Math.floor(roll() * 40));
          waiting -= count;
          await pause(0, 10);
          await withTransaction(db, (tx) => write(tx, count));
        }
      }),
    ).finally(() => {
      running = false;
    });
    const seen = new Map<number, number>();
    let cursor = 0;
    let polls = 0;
    for (let last = false; ; last = !running) {
      const page = await db.query<{ seq: number }>(
        `SELECT seq FROM ${table} WHERE seq > $1 ORDER BY seq LIMIT 500`,
        [cursor],
      );
      polls += 1;
      for (const { seq } of page) seen.set(seq, (seen.get(seq) ?? 0) + 1);
      cursor = page.at(-1)?.seq ?? cursor;
      if (last && page.length === 0) break;
      // Two cores are shared with 32 writers: an empty page is no reason to ask at once again.
      if (page.length === 0) await delay(1);
    }
    await writing;
    const all = await db.query<{ seq: number }>(`SELECT seq FROM ${table}`);
    return {
      written: all.length,
      missed: all.filter(({ seq }) => !seen.has(seq)).length,
      doubled: [...seen.values()].filter((times) => times > 1).length,
      polls,
      seconds: (performance.now() - began) / 1_000,
    };
  }
  const roll = () => randomBytes(4).readUInt32LE() / 2 ** 32;
  const pause = async (from: number, to: number) => {
    const ms = from + roll() * (to - from);
    if (ms >= 1) await delay(ms);
  };
});

describe('G4, U3 answers', () => {
  it('U3 the same change again gets the same number, within a batch and later', async () => {
    const one = entry({ caseId: id() });
    const [first, twin] = await append([one, { ...one }]);
    const [again] = await append([one]);
    expect(first).toMatchObject({ changeId: one.change.id, verdict: 'stored' });
    expect(twin).toEqual(first);
    expect(again).toEqual(first);
    expect(await findReceipts(test.db, [one.change.id, id()])).toEqual([first]);
  });

  it('U3 a batch sent twice at the same time is stored once', async () => {
    const batch = Array.from({ length: 50 }, () => entry({ caseId: id(), recordId: id() }));
    const answers = await Promise.all([
      append(batch),
      append(batch.toReversed()).then((receipts) => receipts.toReversed()),
      append(batch),
    ]);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    const [count] = await test.db.query<{ rows: number }>(
      'SELECT count(*)::int AS rows FROM change_log WHERE change_id = ANY($1::uuid[])',
      [batch.map((one) => one.change.id)],
    );
    expect(count?.rows).toBe(50);
  });

  it('G4 the same id with other content, or for another client, is refused and changes nothing', async () => {
    const one = entry({ caseId: id() });
    const other = { ...one, change: { ...one.change, value: { title: 'Muuta' } } };
    const elsewhere = { ...one, change: { ...one.change, caseId: id() } };
    const [first, inBatch] = await append([one, other]);
    const later = await append([other, elsewhere]);
    expect(first?.verdict).toBe('stored');
    for (const receipt of [inBatch, ...later]) {
      expect(receipt).toEqual({ changeId: one.change.id, verdict: 'refused', code: 'id-taken' });
    }
    expect(await findReceipts(test.db, [one.change.id])).toEqual([first]);
  });

  it('gives no number to what is rolled back', async () => {
    const [before] = await append([entry({ caseId: id() })]);
    await expect(
      withTransaction(test.db, async (tx) => {
        await appendChanges(tx, [entry({ caseId: id() })], at);
        throw new Error('cut');
      }),
    ).rejects.toThrow('cut');
    const [after] = await append([entry({ caseId: id() })]);
    if (before?.verdict !== 'stored' || after?.verdict !== 'stored') throw new Error('not stored');
    expect(after.seq).toBe(before.seq + 1);
  });
});

describe('the clients’ locks', () => {
  it('keep out a second writer of the same client, also when one of them writes to very many', async () => {
    const [few, many] = [[id()], Array.from({ length: 1_100 }, id)];
    const isFree = async (wanted: readonly string[]): Promise<boolean> => {
      try {
        await withTransaction(test.db, async (tx) => {
          await tx.query(`SET LOCAL lock_timeout = '50ms'`);
          await lockCases(tx, wanted);
        });
        return true;
      } catch (error) {
        expect((error as Error).message).toContain('lock timeout');
        return false;
      }
    };
    for (const [held, wanted, free] of [
      [few, [id()], true],
      [few, few, false],
      [few, many, false],
      [many, few, false],
      [many, many, false],
    ] as const) {
      await withTransaction(test.db, async (tx) => {
        await lockCases(tx, held);
        await lockCases(tx, held);
        expect(await isFree(wanted)).toBe(free);
      });
    }
  });
});

describe('H1, H4, H5 stored heads', () => {
  it('are those of the set, in whatever order, batches and cycles the changes arrive', async () => {
    const graph = fc.array(
      fc.record({
        group: fc.constantFrom('wording', 'status'),
        parents: fc.array(fc.nat({ max: 11 }), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 12 },
    );
    const property = fc.asyncProperty(
      graph.chain((nodes) =>
        fc.record({
          nodes: fc.constant(nodes),
          order: fc.shuffledSubarray([...nodes.keys()], { minLength: nodes.length }),
          cuts: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 12, maxLength: 12 }),
        }),
      ),
      async ({ nodes, order, cuts }) => {
        const caseId = id();
        const recordId = id();
        const ids = nodes.map(() => id());
        // Any earlier or later change of the group can be named: cycles and self-reference included.
        const entries = nodes.map(({ group, parents }, index) =>
          entry({
            id: ids[index] ?? id(),
            caseId,
            recordId,
            group,
            parents: [
              ...new Set(
                parents
                  .filter((parent) => parent < nodes.length && nodes[parent]?.group === group)
                  .map((parent) => ids[parent] ?? id()),
              ),
            ],
          }),
        );
        const arriving = order.flatMap((index) => entries[index] ?? []);
        for (const size of cuts) {
          const batch = arriving.splice(0, size);
          if (batch.length > 0) await append(batch);
        }
        const stored = await test.db.query<{ grp: string; change_id: string; seq: number }>(
          'SELECT grp, change_id, seq FROM head WHERE case_id = $1 AND record_id = $2',
          [caseId, recordId],
        );
        for (const group of ['wording', 'status']) {
          const expected = headsOf(
            entries.filter((one) => one.change.group === group).map((one) => one.change),
          ).map((head) => head.id);
          const found = stored.filter((row) => row.grp === group).map((row) => row.change_id);
          expect(found.toSorted()).toEqual(expected.toSorted());
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it('H5 agree when child and parent arrive at the same time', async () => {
    const caseId = id();
    for (let round = 0; round < 20; round += 1) {
      const recordId = id();
      const parent = entry({ caseId, recordId });
      const child = entry({ caseId, recordId, parents: [parent.change.id] });
      await Promise.all([append([parent]), append([child])]);
      const heads = await test.db.query<{ change_id: string }>(
        'SELECT change_id FROM head WHERE record_id = $1',
        [recordId],
      );
      expect(heads).toEqual([{ change_id: child.change.id }]);
    }
  });
});
