import { createHash } from 'node:crypto';
import type { Id } from '#shared/domain/ids.ts';
import type { UnreadableChange, UnreadableCode } from '#shared/protocol/unreadable-change.ts';
import type { Scope } from '#shared/protocol/pull.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idsFromBytes, idsToBytes, idToBytes } from '../id-bytes.ts';

/** A change that a page brought and this program could not take (SPEC N1). */
export type SetAsideChange = Omit<UnreadableChange, 'text'> & {
  /** Null when its words are erased. */
  readonly text: string | null;
  readonly hash: Uint8Array;
  /** Milliseconds since 1970, UTC. */
  readonly takenMs: number;
};

type Row = {
  content_hash: Buffer;
  body: string | null;
  code: UnreadableCode;
  taken_ms: number;
  change_id: Buffer | null;
  case_id: Buffer | null;
  record_id: Buffer | null;
  compartment: string | null;
  kind: string | null;
  group_name: string | null;
  parents: Buffer | null;
};

const columns = `content_hash, body, code, taken_ms, change_id, case_id, record_id, compartment, kind,
  group_name, parents`;

const bytesOf = (id: Id | null): Uint8Array | null => (id === null ? null : idToBytes(id));
const idOf = (bytes: Buffer | null): Id | null => (bytes === null ? null : idFromBytes(bytes));

const setAsideChange = (row: Row): SetAsideChange => ({
  hash: row.content_hash,
  text: row.body,
  code: row.code,
  takenMs: row.taken_ms,
  changeId: idOf(row.change_id),
  caseId: idOf(row.case_id),
  recordId: idOf(row.record_id),
  compartment: row.compartment,
  kind: row.kind,
  group: row.group_name,
  parents: idsFromBytes(row.parents),
});

/** Keeps a change as it came. One whose words were erased gets them again when it comes again. */
export const setAside = (db: WritableDb, change: UnreadableChange, nowMs: number): void => {
  db.run(
    `INSERT INTO set_aside_change (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (content_hash) DO UPDATE SET body = excluded.body, code = excluded.code`,
    [
      createHash('sha256').update(change.text).digest(),
      change.text,
      change.code,
      nowMs,
      bytesOf(change.changeId),
      bytesOf(change.caseId),
      bytesOf(change.recordId),
      change.compartment,
      change.kind,
      change.group,
      idsToBytes(change.parents),
    ],
  );
};

export const forgetSetAside = (db: WritableDb, hash: Uint8Array): void => {
  db.run('DELETE FROM set_aside_change WHERE content_hash = ?', [hash]);
};

/** The earliest first. */
export const firstSetAside = (db: ReadableDb, most: number): readonly SetAsideChange[] =>
  db
    .all<Row>(`SELECT ${columns} FROM set_aside_change ORDER BY change_no LIMIT ?`, [most])
    .map(setAsideChange);

/** Those that may be read again: whose words are still here. */
export const readableAgain = (
  db: ReadableDb,
): readonly { readonly hash: Uint8Array; readonly text: string }[] =>
  db.all('SELECT content_hash AS hash, body AS text FROM set_aside_change WHERE body IS NOT NULL');

export const setAsideOfCase = (db: ReadableDb, caseId: Id): readonly SetAsideChange[] =>
  db
    .all<Row>(`SELECT ${columns} FROM set_aside_change WHERE case_id = ?`, [idToBytes(caseId)])
    .map(setAsideChange);

export const countSetAside = (db: ReadableDb): number =>
  db.value<number>('SELECT count(*) FROM set_aside_change') ?? 0;

/**
 * Erases what leaves with a scope, and the words of what may belong to it (SPEC N5). Says whether anything
 * was erased.
 */
export const eraseSetAside = (db: WritableDb, { caseId, compartment }: Scope): boolean => {
  const client = idToBytes(caseId);
  const gone = db.run('DELETE FROM set_aside_change WHERE case_id = ? AND compartment = ?', [
    client,
    compartment,
  ]);
  const wordless = db.run(
    `UPDATE set_aside_change SET body = NULL
     WHERE body IS NOT NULL AND (case_id IS NULL OR (case_id = ? AND compartment IS NULL))`,
    [client],
  );
  return gone.changes + wordless.changes > 0;
};

/** Forgets the marks of a client of whom nothing is here any more. */
export const forgetSetAsideOf = (db: WritableDb, caseId: Id): void => {
  db.run('DELETE FROM set_aside_change WHERE case_id = ?', [idToBytes(caseId)]);
};

/** What a complete pull leaves of parts that have not entered goes as they do (SPEC P6). */
export const eraseStraySetAside = (db: WritableDb): boolean =>
  db.run(
    `DELETE FROM set_aside_change WHERE case_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM scope o JOIN client_case k ON k.case_no = o.case_no
       WHERE k.case_id = set_aside_change.case_id AND o.entered = 1
         AND (set_aside_change.compartment IS NULL OR o.compartment = set_aside_change.compartment))`,
  ).changes > 0;

export const dropSetAside = (db: WritableDb): boolean =>
  db.run('DELETE FROM set_aside_change').changes > 0;
