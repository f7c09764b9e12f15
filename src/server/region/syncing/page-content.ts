import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { contextOf } from '#shared/sync/context.ts';
import type { StoredChange } from '#shared/protocol/pull.ts';
import type { Transaction } from '../../db/pool.ts';
import type { EnteringScope, PageProgress } from './device-scope.ts';

/** A budget of bytes that pages are cut by; the first thing always fits. */
export type Budget = {
  readonly bytes: number;
  readonly take: (bytes: number) => boolean;
};

export const budgetOf = (bytes: number): Budget => {
  let used = 0;
  return {
    bytes,
    take: (more) => {
      const fits = used === 0 || used + more <= bytes;
      if (fits) used += more;
      return fits;
    },
  };
};

export type LogRow = Omit<Change, 'time'> & {
  readonly seq: number;
  readonly time: string;
  readonly bytes: number;
};

/** A row of those read for a page, of which bytes may have left some out. */
export type PageRow = LogRow & { readonly total: number };

/** What a change in the log is read by, and about how many bytes it is on the wire. */
export const logColumns = `log.seq, log.change_id AS id, log.record_id AS "recordId", log.kind,
  log.case_id AS "caseId", log.compartment, log.grp AS "group", log.value, log.parents,
  log.author_id AS "authorId", log.profession, log.task_class AS "taskClass",
  log.hybrid_time AS "time", log.schema,
  480 + CASE WHEN pg_column_compression(log.value) IS NULL THEN pg_column_size(log.value)
             ELSE octet_length(log.value::text) END AS bytes`;

export const storedChange = (row: LogRow): StoredChange => ({
  seq: row.seq,
  change: {
    id: row.id,
    recordId: row.recordId,
    kind: row.kind,
    caseId: row.caseId,
    compartment: row.compartment,
    group: row.group,
    value: row.value,
    parents: row.parents,
    authorId: row.authorId,
    profession: row.profession,
    taskClass: row.taskClass,
    time: row.time,
    schema: row.schema,
  },
});

/** Most rows read for one page; bytes cut before it in practice. */
export const mostRows = 4_000;

/**
 * Changes after the cursor within the device's scope, in the log's order. For a scope that entered later
 * than a change, its heads have said it already. `upTo` is how far the log has been read.
 */
export const readNews = async (
  tx: Transaction,
  deviceId: Id,
  after: number,
  highWater: number,
  budget: Budget,
): Promise<{ readonly changes: readonly StoredChange[]; readonly upTo: number }> => {
  if (after >= highWater) return { changes: [], upTo: highWater };
  // The database leaves out what the page has no room for: a thousand long texts never stand in memory.
  const rows = await tx.query<PageRow>(
    `SELECT * FROM (
       SELECT *, count(*) OVER () AS total, sum(bytes) OVER (ORDER BY seq) - bytes AS begins FROM (
         SELECT ${logColumns} FROM change_log AS log
         JOIN device_scope AS held
           ON held.device_id = $1 AND held.case_id = log.case_id
          AND held.compartment = log.compartment AND held.state <> 'leaving'
          AND log.seq > held.entered_seq
         WHERE log.seq > $2 AND log.seq <= $3
         ORDER BY log.seq LIMIT $4) AS read) AS placed
     WHERE begins < $5 ORDER BY seq`,
    [deviceId, after, highWater, mostRows, budget.bytes],
  );
  const total = rows[0]?.total ?? 0;
  const changes: StoredChange[] = [];
  let upTo = after;
  for (const row of rows) {
    if (!budget.take(row.bytes)) return { changes, upTo };
    changes.push(storedChange(row));
    upTo = row.seq;
  }
  const cut = rows.length < total || total === mostRows;
  return { changes, upTo: cut ? upTo : highWater };
};

/**
 * The heads of scopes that enter, whole records at a time, in the order of scopes and record ids, as far
 * as the budget goes; and how far each scope has come.
 */
export const readHeads = async (
  tx: Transaction,
  scopes: readonly EnteringScope[],
  budget: Budget,
): Promise<{
  readonly changes: readonly StoredChange[];
  readonly carried: readonly PageProgress[];
}> => {
  if (scopes.length === 0) return { changes: [], carried: [] };
  const rows = await tx.query<PageRow & { readonly place: number }>(
    `SELECT * FROM (
       SELECT *, count(*) OVER () AS total,
         sum(bytes) OVER (ORDER BY place, "recordId")
           - sum(bytes) OVER (PARTITION BY place, "recordId") AS begins
       FROM (
         SELECT scope.place, ${logColumns}
         FROM unnest($1::uuid[], $2::text[], $3::uuid[]) WITH ORDINALITY
           AS scope (case_id, compartment, progress, place)
         JOIN head ON head.case_id = scope.case_id AND head.compartment = scope.compartment
           AND (scope.progress IS NULL OR head.record_id > scope.progress)
         JOIN change_log AS log ON log.case_id = head.case_id AND log.change_id = head.change_id
         ORDER BY scope.place, log.record_id, log.seq LIMIT $4) AS read) AS placed
     WHERE begins < $5 ORDER BY place, "recordId", seq`,
    [
      scopes.map((scope) => scope.caseId),
      scopes.map((scope) => scope.compartment),
      scopes.map((scope) => scope.progress),
      mostRows,
      budget.bytes,
    ],
  );
  const total = rows[0]?.total ?? 0;
  const cut = rows.length < total || total === mostRows;
  // What bytes leave out is left out by whole records; what the count cuts may end inside one.
  const records = wholeRecords(rows, rows.length === mostRows);
  const changes: StoredChange[] = [];
  const reached = new Map<number, Id>();
  let cutAt: number | null = cut ? (rows.at(-1)?.place ?? null) : null;
  for (const record of records) {
    const [first] = record;
    if (!first) continue;
    if (!budget.take(record.reduce((sum, row) => sum + row.bytes, 0))) {
      cutAt = first.place;
      break;
    }
    changes.push(...record.map(storedChange));
    reached.set(first.place, first.recordId);
  }
  const carried = scopes.flatMap((scope, index): readonly PageProgress[] => {
    const place = index + 1;
    // One of which nothing found room is not carried: an earlier page's offer of it still stands.
    if (cutAt !== null && (place > cutAt || (place === cutAt && !reached.has(place)))) return [];
    const progress = reached.get(place) ?? scope.progress;
    const { caseId, compartment } = scope;
    return [{ caseId, compartment, progress, done: place !== cutAt }];
  });
  return { changes, carried };
};

/** Rows by record; when the rows were cut by count, the last record may be incomplete and is left out. */
const wholeRecords = <R extends { readonly place: number; readonly recordId: Id }>(
  rows: readonly R[],
  cut: boolean,
): readonly (readonly R[])[] => {
  const records: R[][] = [];
  for (const row of rows) {
    const open = records.at(-1);
    if (open?.[0]?.place === row.place && open[0].recordId === row.recordId) open.push(row);
    else records.push([row]);
  }
  // A single record larger than everything read at once goes as it is: it could never go otherwise.
  return cut && records.length > 1 ? records.slice(0, -1) : records;
};

type GroupLink = {
  readonly id: Id;
  readonly caseId: Id;
  readonly recordId: Id;
  readonly group: string;
  readonly parents: readonly Id[];
};

const groupKey = (link: Pick<GroupLink, 'caseId' | 'recordId' | 'group'>): string =>
  `${link.caseId} ${link.recordId} ${link.group}`;

/**
 * What must travel with the changes of a page so that the device computes the heads and the ancestor of
 * one that has all the history (SPEC L7), up to the position that the page reaches. Only groups of which
 * more is stored than the page carries can need anything.
 */
export const readContext = async (
  tx: Transaction,
  changes: readonly StoredChange[],
  upTo: number,
): Promise<readonly StoredChange[]> => {
  if (changes.length === 0) return [];
  const delivered = Map.groupBy(
    changes.map(({ change }) => change),
    groupKey,
  );
  const samples = [...delivered.values()].flatMap((group) => group[0] ?? []);
  const links = await tx.query<GroupLink>(
    `WITH touched AS (
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[])
         AS t (case_id, record_id, grp, carried)
     )
     SELECT log.change_id AS id, log.case_id AS "caseId", log.record_id AS "recordId",
            log.grp AS "group", log.parents
     FROM touched JOIN change_log AS log USING (case_id, record_id, grp)
     WHERE log.seq <= $5 AND touched.carried < (
       SELECT count(*) FROM change_log AS other
       WHERE other.case_id = touched.case_id AND other.record_id = touched.record_id
         AND other.grp = touched.grp AND other.seq <= $5)`,
    [
      samples.map((sample) => sample.caseId),
      samples.map((sample) => sample.recordId),
      samples.map((sample) => sample.group),
      samples.map((sample) => delivered.get(groupKey(sample))?.length ?? 0),
      upTo,
    ],
  );
  const needed = [...Map.groupBy(links, groupKey)].flatMap(([key, stored]) => {
    const carried = new Set(delivered.get(key)?.map((change) => change.id));
    const ids = new Set(contextOf(stored, carried));
    return stored.filter((link) => ids.has(link.id));
  });
  if (needed.length === 0) return [];
  const rows = await tx.query<LogRow>(
    `SELECT ${logColumns} FROM unnest($1::uuid[], $2::uuid[]) AS wanted (case_id, change_id)
     JOIN change_log AS log USING (case_id, change_id) ORDER BY log.seq`,
    [needed.map((link) => link.caseId), needed.map((link) => link.id)],
  );
  return rows.map(storedChange);
};
