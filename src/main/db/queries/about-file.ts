import type { Id } from '#shared/domain/ids.ts';
import { idFromBytes } from '../id-bytes.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb } from '../handles.ts';

/** When the file was made here, milliseconds since 1970, UTC. */
export const madeMsOf = (db: ReadableDb): number =>
  db.value<number>('SELECT created_at_ms FROM file_identity') ?? 0;

export const sqliteVersion = (db: ReadableDb): string =>
  db.value<string>('SELECT sqlite_version()') ?? '';

/** Clients of whom something lies here. */
export const countClients = (db: ReadableDb): number =>
  db.value<number>('SELECT count(DISTINCT case_no) FROM scope') ?? 0;

/** How much of each thing lies in the file, numbers alone. Reads whole tables: not for what is looked at often. */
export const countsOf = (db: ReadableDb): Readonly<Record<string, number>> =>
  db.first<Record<string, number>>(
    `SELECT (SELECT count(DISTINCT case_no) FROM scope) AS clients,
       (SELECT count(*) FROM scope) AS parts,
       (SELECT count(*) FROM change) AS changes,
       (SELECT count(*) FROM conflict) AS conflicts,
       (SELECT count(*) FROM outbox WHERE refused IS NULL) AS waiting,
       (SELECT count(*) FROM reviewed_change) AS reviewed,
       (SELECT count(*) FROM stored_change) AS keptForRestore,
       (SELECT count(*) FROM draft) AS drafts,
       (SELECT count(*) FROM use_log WHERE held_ms IS NULL) AS looksToSend,
       (SELECT count(*) FROM text_pending) AS textsToIndex,
       (SELECT count(*) FROM person) AS people`,
  ) ?? {};

/** What the region did not take, by its code. */
export const refusedByCode = (db: ReadableDb): Readonly<Record<string, number>> =>
  Object.fromEntries(
    db
      .all<{ code: string; count: number }>(
        `SELECT refused AS code, count(*) AS count FROM outbox
         WHERE refused IS NOT NULL GROUP BY refused ORDER BY refused`,
      )
      .map(({ code, count }) => [code, count]),
  );

export type LatestStored = {
  readonly caseNo: CaseNo;
  readonly atMs: number;
  readonly kind: string;
  readonly group: string;
};

/** Own changes that the region has stored, the newest first. */
export const latestStored = (db: ReadableDb, most: number): readonly LatestStored[] =>
  db.all<LatestStored>(
    `SELECT case_no AS caseNo, stored_at AS atMs, json_extract(body, '$.kind') AS kind,
       json_extract(body, '$.group') AS "group"
     FROM stored_change ORDER BY stored_at DESC, change_id DESC LIMIT ?`,
    [most],
  );

/** When the region stored each of these own changes, of those that are still remembered. */
export const storedAmong = (
  db: ReadableDb,
  changeIds: readonly Id[],
): readonly { readonly changeId: Id; readonly atMs: number }[] =>
  db
    .all<{ change_id: Buffer; stored_at: number }>(
      `SELECT change_id, stored_at FROM stored_change
       WHERE change_id IN (SELECT unhex(value, '-') FROM json_each(?))`,
      [JSON.stringify(changeIds)],
    )
    .map((row) => ({ changeId: idFromBytes(row.change_id), atMs: row.stored_at }));
