import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Change } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';
import { createCaseFile } from '#main/db/file/create-case-file.ts';
import { withTransaction, type WritableDb } from '#main/db/handles.ts';
import { ensureCase } from '#main/db/queries/cases.ts';
import { addVersion } from '#main/db/queries/history.ts';
import { benchmarkNowMs } from '../first-sync/pages.ts';
import { cheapArgon2, fileBytes } from '../case-files.ts';
import { table } from '../table.ts';

export type HistorySize = {
  readonly edits: number;
  /** Bytes an edit: its value as JSON, and what it takes in the file beyond that. */
  readonly value: number;
  readonly beyond: number;
};

const recordsPerClient = 50;
const versionsPerRecord = 10;
/** As a page of history brings them, one client's after another's. */
const versionsInPage = 100;

const anId = (): Id => newId(benchmarkNowMs, (length) => randomBytes(length));

/** One client's log: each version of a record's assessment replaces the one before. */
const clientLog = (authors: readonly Id[]): readonly Change[] => {
  const caseId = anId();
  const records = Array.from({ length: recordsPerClient }, anId);
  const last = new Map<Id, Id>();
  return Array.from({ length: recordsPerClient * versionsPerRecord }, (_, index) => {
    const recordId = records[index % recordsPerClient] ?? caseId;
    const id = anId();
    const before = last.get(recordId);
    last.set(recordId, id);
    return {
      id,
      recordId,
      kind: 'need',
      caseId,
      compartment: jointPlan,
      group: 'assessment',
      value: { text: `Käynti ${index}. ${'Kävely on varmempaa kuin viikko sitten. '.repeat(3)}` },
      parents: before === undefined ? [] : [before],
      authorId: authors[index % authors.length] ?? caseId,
      profession: 'physiotherapist',
      taskClass: 'limited-health',
      time: writeHybridTime(benchmarkNowMs + index, 0),
      schema: 1,
    };
  });
};

/** Takes the logs in by turns, a page of each, as the fetch behind the screens does. */
const takeIn = (db: WritableDb, logs: readonly (readonly Change[])[]): void => {
  let seq = 0;
  for (let from = 0; from < recordsPerClient * versionsPerRecord; from += versionsInPage) {
    for (const log of logs) {
      const taken = withTransaction(db, () => {
        for (const change of log.slice(from, from + versionsInPage)) {
          const { caseNo } = ensureCase(db, change.caseId);
          addVersion(db, caseNo, { seq: (seq += 1), change, receivedMs: benchmarkNowMs + seq });
        }
      });
      if (!taken.ok) throw new Error(taken.error.kind);
    }
  }
};

/** G5: what the history of so many edits takes in an encrypted case file beyond the values themselves. */
export const measureHistorySize = async ({
  edits,
  folder,
}: {
  readonly edits: number;
  readonly folder: string;
}): Promise<HistorySize> => {
  const place = path.join(folder, 'history');
  fs.mkdirSync(place, { recursive: true });
  const file = path.join(place, 'case.db');
  const made = await createCaseFile({
    path: file,
    secrets: { secret: 'mittaus', keyChainSecret: null },
    personId: anId(),
    deviceId: anId(),
    createdAtMs: benchmarkNowMs,
    argon2: cheapArgon2,
  });
  if (!made.ok) throw new Error(made.error.kind);
  const { db, key, close } = made.value;
  try {
    const authors = Array.from({ length: 5 }, anId);
    const clients = Math.max(1, Math.round(edits / (recordsPerClient * versionsPerRecord)));
    const empty = fileBytes(file, key);
    takeIn(
      db,
      Array.from({ length: clients }, () => clientLog(authors)),
    );
    const held = db.first<{ count: number; bytes: number }>(
      'SELECT count(*) AS count, sum(octet_length(value)) AS bytes FROM history',
    );
    if (held?.count !== clients * recordsPerClient * versionsPerRecord) {
      throw new Error('Not every version lies in the history');
    }
    const grown = fileBytes(file, key) - empty;
    return {
      edits: held.count,
      value: held.bytes / held.count,
      beyond: (grown - held.bytes) / held.count,
    };
  } finally {
    close();
    fs.rmSync(place, { recursive: true });
  }
};

/** The table of G5, in Markdown. */
export const reportHistorySize = ({ edits, value, beyond }: HistorySize): readonly string[] => [
  '## G5: history on the disk',
  '',
  `${edits.toLocaleString('en-GB')} versions of ${recordsPerClient} records a client, ` +
    `${versionsPerRecord} of each, in an encrypted case file; fetched by turns, a page of each client.`,
  '',
  ...table(
    ['The value, B an edit', 'Beyond it, B an edit'],
    [[value.toFixed(0), beyond.toFixed(0)]],
  ),
];
