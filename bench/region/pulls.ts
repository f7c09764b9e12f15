import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { newId } from '#shared/domain/ids.ts';
import type { PullRequest } from '#shared/protocol/pull.ts';
import { protocolVersion } from '#shared/protocol/version.ts';
import type { Database } from '#server/db/pool.ts';
import { pullPage } from '#server/region/syncing/pull-page.ts';
import type { ServerCost } from '../plans/hubs.ts';
import { newCells, timedWork, type AppendCost } from './appends.ts';
import { changeBy, enrolDevice, newPerson, savePersons, storeAll } from './fill-region.ts';

export type PullResult = {
  readonly changes: number;
  /** News of a device that has everything else. */
  readonly program: AppendCost;
  readonly bare: AppendCost;
  /** A pull that finds nothing new. */
  readonly quiet: AppendCost;
};

const quietPulls = 50;

/**
 * A device that holds its clients asks for what is new: pages as text, by the program (rights compared,
 * scope, context of conflicts, receipts), and the same rows by a bare select.
 */
export const measurePulls = async (
  db: Database,
  cpu: () => ServerCost,
  input: unknown,
): Promise<PullResult> => {
  const { changes } = z.object({ changes: z.int() }).parse(input);
  const reader = newPerson('Lukija');
  await savePersons(db, [reader]);
  const deviceId = await enrolDevice(db, reader.id, randomBytes(32));
  const device = { deviceId, personId: reader.id };
  const cells = await newCells(db, reader, 400);
  const parts = () => ({ db, nowMs: Date.now(), random: randomBytes });
  let request: PullRequest = {
    protocol: protocolVersion,
    begun: newId(Date.now(), randomBytes),
    cursor: null,
    awaiting: [],
    erased: [],
    directoryRevision: 1_000_000,
  };
  const pages: number[] = [];
  const pullAll = async (): Promise<number> => {
    let found = 0;
    for (;;) {
      const page = await pullPage(parts(), device, request);
      if (!page.ok) throw new Error(`A pull was refused: ${page.error}`);
      JSON.stringify(page.value);
      pages.push(page.value.changes.length);
      found += page.value.changes.length;
      request = { ...request, cursor: page.value.cursor };
      if (!page.value.more) return found;
    }
  };
  await pullAll();
  const [before] = await db.query<{ seq: number }>('SELECT last_seq AS seq FROM region_state');
  await storeAll(
    db,
    Array.from({ length: changes }, (_, index) => {
      const cell = cells[index % cells.length];
      if (!cell) throw new Error('No needs to write to');
      const { caseId, recordId, head } = cell;
      const change = changeBy(reader, {
        recordId,
        kind: 'need',
        caseId,
        group: 'heading',
        value: { lifeArea: 'housing', title: `Asumisen tuki ja liikkuminen kotona ${index}` },
        parents: [head],
      });
      cell.head = change.id;
      return change;
    }),
  );
  pages.length = 0;
  let found = 0;
  const program = await timedWork(cpu, async () => {
    found = await pullAll();
  });
  if (found < changes) throw new Error(`A pull brought ${found} changes of ${changes}`);
  const bare = await timedWork(cpu, async () => {
    let after = before?.seq ?? 0;
    for (const size of pages) {
      const rows = await db.query<{ seq: number }>(
        `SELECT seq, change_id, record_id, kind, case_id, compartment, grp, value, parents, author_id,
           profession, task_class, hybrid_time, schema
         FROM change_log WHERE seq > $1 ORDER BY seq LIMIT $2`,
        [after, size],
      );
      JSON.stringify(rows);
      after = rows.at(-1)?.seq ?? after;
    }
  });
  const quiet = await timedWork(cpu, async () => {
    for (let pull = 0; pull < quietPulls; pull += 1) await pullAll();
  });
  return { changes, program, bare, quiet: eachOf(quiet, quietPulls) };
};

const eachOf = ({ wallMs, nodeMs, databaseMs }: AppendCost, count: number): AppendCost => ({
  wallMs: wallMs / count,
  nodeMs: nodeMs / count,
  databaseMs: databaseMs === null ? null : databaseMs / count,
});
