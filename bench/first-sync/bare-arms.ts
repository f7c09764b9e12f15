import fs from 'node:fs';
import { z } from 'zod';
import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import { openKeyed, prepareForWriting } from '#main/db/file/connection.ts';
import { openDriver, type Driver } from '#main/db/file/driver.ts';
import { aloneToWrite } from '#main/db/file/write-turn.ts';
import { writableHandle } from '#main/db/handles.ts';
import { runMigrations } from '#main/db/migrations/migrations.ts';
import { migrations } from '#main/db/migrations/index.ts';

/**
 * The arms to compare with: the same pages, fetched in the same way, into bare prepared inserts. Nothing
 * is checked, compared, merged or derived; 1,000 rows a transaction.
 */
export type BareArm = {
  readonly driver: Driver;
  /** Called row by row inside transactions that `load` opens. */
  readonly insert: (seq: number, change: Change) => void;
  /** What remains to be inserted after the last page. */
  readonly finish: () => void;
  /** Ids and values as they now lie in the file. */
  readonly contents: () => readonly (readonly [Id, string])[];
};

const rowsPerTransaction = 1_000;

const fetchPage = async (url: string, cursor: string | null): Promise<PullResponse> => {
  const response = await fetch(`${url}/v1/pull`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ cursor }),
  });
  return (await response.json()) as PullResponse;
};

/** Takes in all pages. A transaction is open between rows, never while a page is fetched. */
export const load = async (arm: BareArm, url: string): Promise<void> => {
  let cursor: string | null = null;
  for (let more = true; more;) {
    const page: PullResponse = await fetchPage(url, cursor);
    for (let from = 0; from < page.changes.length; from += rowsPerTransaction) {
      arm.driver.exec('BEGIN');
      for (const { seq, change } of page.changes.slice(from, from + rowsPerTransaction)) {
        arm.insert(seq, change);
      }
      arm.driver.exec('COMMIT');
    }
    ({ cursor, more } = page);
  }
  arm.finish();
};

/** L: one table without indexes, texts as they came. Plain, or encrypted with the case file's cipher. */
export const bareTable = (path: string, key: Uint8Array | null): BareArm => {
  const driver = key ? openKeyed(path, key, { create: true }) : openDriver(path);
  driver.pragma('journal_mode = WAL');
  driver.pragma('synchronous = NORMAL');
  driver.exec(`CREATE TABLE record (
    seq INTEGER PRIMARY KEY, change_id TEXT, record_id TEXT, case_id TEXT, kind TEXT,
    compartment TEXT, group_name TEXT, value TEXT, parents TEXT, author_id TEXT, profession TEXT,
    task_class TEXT, time TEXT, schema INTEGER)`);
  const statement = driver.prepare(
    'INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    driver,
    insert: (seq, change) => {
      statement.run(
        seq,
        change.id,
        change.recordId,
        change.caseId,
        change.kind,
        change.compartment,
        change.group,
        JSON.stringify(change.value),
        change.parents.length === 0 ? null : change.parents.join(' '),
        change.authorId,
        change.profession,
        change.taskClass,
        change.time,
        change.schema,
      );
    },
    finish: () => undefined,
    contents: () =>
      driver.prepare('SELECT change_id, value FROM record').raw().all() as [Id, string][],
  };
};

const blob = (id: Id): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

const idOf = (bytes: Buffer): Id =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-');

/** The tables that the program derives and keeps beside the changes when a first sync is usable. */
export const derivedTables = [
  'client_index',
  'client_word',
  'text_pending',
  'unit',
  'person',
] as const;

const cell = z.union([
  z.string(),
  z.number(),
  z.null(),
  z.object({ hex: z.string() }).transform(({ hex }) => Buffer.from(hex, 'hex')),
]);
const derivedRows = z.record(z.enum(derivedTables), z.array(z.array(cell)));

/** Writes the derived rows of a case file, for `bareRows` to insert. */
export const dumpDerived = (driver: Driver, file: string): void => {
  const rows = Object.fromEntries(
    derivedTables.map((table) => [table, driver.prepare(`SELECT * FROM ${table}`).raw().all()]),
  );
  fs.writeFileSync(
    file,
    JSON.stringify(rows, function (this: Readonly<Record<string, unknown>>, key, value: unknown) {
      const kept = this[key];
      return Buffer.isBuffer(kept) ? { hex: kept.toString('hex') } : value;
    }),
  );
};

/**
 * The very rows and indexes of our schema, encrypted. What the program works out (the client list and
 * the words it is found by) is read ready-made before the clock starts, and only inserted.
 */
export const bareRows = (path: string, key: Uint8Array, derivedFile: string): BareArm => {
  const derived = derivedRows.parse(JSON.parse(fs.readFileSync(derivedFile, 'utf8')));
  const driver = openKeyed(path, key, { create: true });
  prepareForWriting(driver);
  driver.pragma('synchronous = NORMAL');
  const migrated = runMigrations(writableHandle(driver, aloneToWrite), migrations);
  if (!migrated.ok) throw new Error(`The schema could not be made: ${migrated.error.kind}`);

  const insertCase = driver.prepare('INSERT INTO client_case (case_id) VALUES (?)');
  const insertShape = driver.prepare(
    'INSERT INTO shape (kind, compartment, group_name) VALUES (?, ?, ?)',
  );
  const insertAuthor = driver.prepare(
    'INSERT INTO author (person_id, profession, task_class) VALUES (?, ?, ?)',
  );
  const insertScope = driver.prepare(
    'INSERT INTO scope (case_no, compartment, entered) VALUES (?, ?, 1)',
  );
  const insertChange = driver.prepare(
    'INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)',
  );
  const numbers = new Map<string, number>();
  const numberOf = (name: string, insert: () => { lastInsertRowid: number | bigint }): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const number = Number(insert().lastInsertRowid);
    numbers.set(name, number);
    return number;
  };

  return {
    driver,
    insert: (seq, change) => {
      const { caseId, kind, compartment, group, authorId, profession, taskClass } = change;
      const caseNo = numberOf(caseId, () => insertCase.run(blob(caseId)));
      const shapeNo = numberOf(`${kind} ${compartment} ${group}`, () =>
        insertShape.run(kind, compartment, group),
      );
      const authorNo = numberOf(`${authorId} ${profession} ${taskClass}`, () =>
        insertAuthor.run(blob(authorId), profession, taskClass),
      );
      numberOf(`${caseNo} ${compartment}`, () => insertScope.run(caseNo, compartment));
      insertChange.run(
        caseNo,
        blob(change.recordId),
        shapeNo,
        blob(change.id),
        JSON.stringify(change.value),
        change.parents.length === 0 ? null : Buffer.concat(change.parents.map(blob)),
        authorNo,
        Number.parseInt(change.time.slice(0, 12), 16),
        Number.parseInt(change.time.slice(13), 16),
        change.schema,
        seq,
      );
    },
    finish: () => {
      for (const table of derivedTables) insertAll(driver, table, derived[table]);
    },
    contents: () =>
      (driver.prepare('SELECT change_id, value FROM change').raw().all() as [Buffer, string][]).map(
        ([id, value]) => [idOf(id), value],
      ),
  };
};

const insertAll = (
  driver: Driver,
  table: string,
  rows: readonly (readonly (string | number | null | Buffer)[])[],
): void => {
  const width = rows[0]?.length ?? 0;
  if (width === 0) return;
  const places = Array.from({ length: width }, () => '?').join(', ');
  const statement = driver.prepare(`INSERT INTO ${table} VALUES (${places})`);
  for (let from = 0; from < rows.length; from += rowsPerTransaction) {
    driver.exec('BEGIN');
    for (const row of rows.slice(from, from + rowsPerTransaction)) statement.run(...row);
    driver.exec('COMMIT');
  }
};
