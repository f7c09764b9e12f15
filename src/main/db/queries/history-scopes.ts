import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';

/** How far the history of one part of a client has come to this device. */
export type HistoryScope = {
  readonly compartment: string;
  /** The region's sequence number that it has been given to. */
  readonly through: number;
  /** Whether that was the end of the region's log. */
  readonly complete: boolean;
  /** When it was, by the region's clock: milliseconds since 1970, UTC; 0 while it is not complete. */
  readonly knownMs: number;
};

export const historyScopes = (db: ReadableDb, caseNo: CaseNo): readonly HistoryScope[] =>
  db
    .all<{ compartment: string; through: number; complete: number; known_ms: number }>(
      'SELECT compartment, through, complete, known_ms FROM history_scope WHERE case_no = ?',
      [caseNo],
    )
    .map(({ complete, known_ms: knownMs, ...scope }) => ({
      ...scope,
      complete: complete !== 0,
      knownMs,
    }));

/** Notes how far a part has come. One that had come further, or to its end, stays where it was. */
export const noteHistory = (db: WritableDb, caseNo: CaseNo, scope: HistoryScope): void => {
  db.run(
    `INSERT INTO history_scope (case_no, compartment, through, complete, known_ms)
     VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET through = max(through, excluded.through),
       complete = max(complete, excluded.complete), known_ms = max(known_ms, excluded.known_ms)`,
    [caseNo, scope.compartment, scope.through, scope.complete ? 1 : 0, scope.knownMs],
  );
};

/**
 * The parts of a client whose history is to lie here (SPEC Y4): all of it has entered, it is open, and it is
 * held because one belongs to the client's team. What a confirmation opens for a while is not.
 */
export const ownParts = (db: ReadableDb, caseNo: CaseNo): readonly string[] =>
  db
    .all<{ compartment: string }>(
      `SELECT compartment FROM scope WHERE case_no = ? AND ${ownPart} ORDER BY compartment`,
      [caseNo],
    )
    .map(({ compartment }) => compartment);

const ownPart = `entered = 1 AND closed = 0 AND grant_value IS NOT NULL
  AND json_extract(grant_value, '$.relation') = 'team'
  AND json_extract(grant_value, '$.basis') <> 'confirmation'`;

/** Clients whose history is to lie here, or lies here. */
export const casesWithHistory = (db: ReadableDb): readonly CaseNo[] =>
  db
    .all<{ case_no: number }>(
      `SELECT case_no FROM scope WHERE ${ownPart}
       UNION SELECT case_no FROM history_scope ORDER BY case_no`,
    )
    .map((row) => row.case_no);

/** The highest number that a pull has brought of one part; 0 when none has come. */
export const newestDelivered = (db: ReadableDb, caseNo: CaseNo, compartment: string): number =>
  db.value<number>(
    `SELECT max(seq) FROM change WHERE case_no = ? AND seq IS NOT NULL
       AND shape_no IN (SELECT shape_no FROM shape WHERE compartment = ?)`,
    [caseNo, compartment],
  ) ?? 0;

/** Erases the history of one part. */
export const eraseHistory = (db: WritableDb, caseNo: CaseNo, compartment: string): void => {
  db.run(
    `DELETE FROM history WHERE case_no = ?
       AND shape_no IN (SELECT shape_no FROM shape WHERE compartment = ?)`,
    [caseNo, compartment],
  );
  db.run('DELETE FROM history_scope WHERE case_no = ? AND compartment = ?', [caseNo, compartment]);
};

export const eraseAllHistory = (db: WritableDb, caseNo: CaseNo): void => {
  db.run('DELETE FROM history WHERE case_no = ?', [caseNo]);
  db.run('DELETE FROM history_scope WHERE case_no = ?', [caseNo]);
};
