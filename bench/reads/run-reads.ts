import fs from 'node:fs';
import { z } from 'zod';
import type { Id } from '#shared/domain/ids.ts';
import { findClients, findTexts } from '#main/core/clients/find-clients.ts';
import { readCaseView } from '#main/core/records/case-view.ts';
import { openParts } from '#main/core/rights/open-parts.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { openKeyed, prepareForReading } from '#main/db/file/connection.ts';
import { openDriver, type Driver } from '#main/db/file/driver.ts';
import { readableHandle, withReading, type ReadableDb } from '#main/db/handles.ts';
import { answer, childInput } from '../child.ts';
import { benchmarkNowMs } from '../first-sync/pages.ts';
import { questionsSchema } from './fill.ts';
import type { ReadName, ReadResult } from './read-names.ts';

// The reads of one file, encrypted or plain, in a process of its own: the program's own queries, each
// timed by itself. What they answer is counted, and both files must give the same count.

const input = z
  .object({ file: z.string(), keyHex: z.string(), questions: z.string() })
  .parse(childInput());
const questions = questionsSchema.parse(JSON.parse(fs.readFileSync(input.questions, 'utf8')));

const connect = (): { readonly driver: Driver; readonly db: ReadableDb } => {
  const driver =
    input.keyHex === ''
      ? openDriver(input.file, { readonly: true, fileMustExist: true })
      : openKeyed(input.file, Buffer.from(input.keyHex, 'hex'), { readonly: true });
  driver.pragma('temp_store = MEMORY');
  prepareForReading(driver);
  return { driver, db: readableHandle(driver) };
};

const times: Record<ReadName, number[]> = {
  'open-first': [],
  'open-again': [],
  'one-letter': [],
  'three-letters': [],
  'two-names': [],
  'list-first': [],
  'list-any': [],
  text: [],
  'notes-page': [],
  'open-chronicle': [],
};
let rows = 0;

const timed = (name: ReadName, read: () => number): void => {
  const from = performance.now();
  const found = read();
  times[name].push(performance.now() - from);
  rows += found;
};

const open = (db: ReadableDb, caseId: Id): number => {
  const read = withReading(db, () => {
    const caseNo = findCase(db, caseId);
    if (caseNo === undefined) return 0;
    const parts = openParts(db, caseNo, benchmarkNowMs);
    return readCaseView(db, caseId, caseNo, { parts, contactRevealed: true }).records.length;
  });
  if (!read.ok) throw new Error(`A plan did not open: ${read.error.kind}`);
  return read.value;
};

const list = (db: ReadableDb, query: string, offset: number): number => {
  const ask = { query, sort: 'name', descending: false, offset, limit: 50 } as const;
  const found = findClients(db, ask);
  if (!found.ok) throw new Error('The list did not open');
  return found.value.total + found.value.rows.length;
};

const searchTexts = (db: ReadableDb, query: string): number => {
  const found = findTexts(db, { query, limit: 50 });
  if (!found.ok) throw new Error('The texts were not searched');
  return found.value.hits.length;
};

/** Record ids begin with the time of making: the newest notes are the last of the client's range. */
const newestNotes = `
  SELECT c.record_id, c.value, c.author_no, c.time_ms
  FROM change c JOIN shape s ON s.shape_no = c.shape_no
  WHERE c.case_no = ? AND s.kind = 'note' AND s.group_name = 'entry'
  ORDER BY c.record_id DESC LIMIT 50`;

const readNotes = (db: ReadableDb, caseId: Id): number =>
  db
    .all<{ value: string }>(newestNotes, [findCase(db, caseId) ?? 0])
    .map((row) => JSON.parse(row.value) as unknown).length;

// The code is warm and the file's pages are in the system's cache, as in a program that has run for a
// while; what is cold is the connection of which "first touch" speaks.
const warm = connect();
for (const plan of questions.plans) open(warm.db, plan);
for (const query of questions.threeLetters) list(warm.db, query, 0);
for (const query of questions.words) searchTexts(warm.db, query);
warm.driver.close();

const { driver, db } = connect();
for (const plan of questions.plans) {
  timed('open-first', () => open(db, plan));
  timed('open-again', () => open(db, plan));
}
for (const query of questions.threeLetters) timed('three-letters', () => list(db, query, 0));
for (const query of questions.twoNames) timed('two-names', () => list(db, query, 0));
for (const query of questions.oneLetter) timed('one-letter', () => list(db, query, 0));
for (const offset of questions.offsets) {
  timed('list-first', () => list(db, '', 0));
  timed('list-any', () => list(db, '', offset));
}
for (const query of questions.words) timed('text', () => searchTexts(db, query));
for (let repeat = 0; repeat < 100; repeat += 1) {
  timed('notes-page', () => readNotes(db, questions.chronicle));
}
for (let repeat = 0; repeat < 10; repeat += 1) {
  timed('open-chronicle', () => open(db, questions.chronicle));
}
driver.close();

answer({ times, rows } satisfies ReadResult);
