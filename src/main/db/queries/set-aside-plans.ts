import type { Id } from '#shared/domain/ids.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idToBytes } from '../id-bytes.ts';

/** A client whose outbox waits from one change on, because the server stumbles over it (SPEC N6). */
export type SetAsidePlan = {
  readonly caseNo: CaseNo;
  readonly changeId: Id;
  readonly code: SetAsidePlanCode;
  /** Milliseconds since 1970, UTC. */
  readonly sinceMs: number;
  readonly tries: number;
  readonly nextMs: number;
};

/** `bad-request`: the server cannot read the message; `server-stumbles`: it fails over it. */
export type SetAsidePlanCode = 'bad-request' | 'server-stumbles';

const minute = 60_000;

/** How long after each failed try the next one comes (SPEC N7). */
const pausesMs = [5 * minute, 15 * minute, 60 * minute, 240 * minute, 1_440 * minute];

const pauseAfter = (tries: number): number =>
  pausesMs[Math.min(tries, pausesMs.length) - 1] ?? 5 * minute;

type Row = {
  case_no: number;
  change_id: Buffer;
  code: SetAsidePlanCode;
  since_ms: number;
  tries: number;
  next_ms: number;
};

const columns = 'case_no, change_id, code, since_ms, tries, next_ms';

const setAsidePlan = (row: Row): SetAsidePlan => ({
  caseNo: row.case_no,
  changeId: idFromBytes(row.change_id),
  code: row.code,
  sinceMs: row.since_ms,
  tries: row.tries,
  nextMs: row.next_ms,
});

export const allSetAsidePlans = (db: ReadableDb): readonly SetAsidePlan[] =>
  db.all<Row>(`SELECT ${columns} FROM set_aside_plan ORDER BY since_ms, case_no`).map(setAsidePlan);

export const countSetAsidePlans = (db: ReadableDb): number =>
  db.value<number>('SELECT count(*) FROM set_aside_plan') ?? 0;

/** Notes a try that failed, the first or another. */
export const noteStumble = (
  db: WritableDb,
  { caseNo, changeId, code }: Pick<SetAsidePlan, 'caseNo' | 'changeId' | 'code'>,
  nowMs: number,
): void => {
  const tries =
    1 +
    (db.value<number>('SELECT tries FROM set_aside_plan WHERE case_no = ? AND change_id = ?', [
      caseNo,
      idToBytes(changeId),
    ]) ?? 0);
  db.run(
    `INSERT INTO set_aside_plan (${columns}) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET change_id = excluded.change_id, code = excluded.code,
       tries = excluded.tries, next_ms = excluded.next_ms`,
    [caseNo, idToBytes(changeId), code, nowMs, tries, nowMs + pauseAfter(tries)],
  );
};

/** Those whose pause is over; a clock that was set back makes nobody wait longer than the pause. */
export const duePlans = (db: ReadableDb, nowMs: number): readonly SetAsidePlan[] =>
  allSetAsidePlans(db).filter(
    ({ nextMs, tries }) => nextMs <= nowMs || nextMs > nowMs + pauseAfter(tries),
  );

/** A person asks: all of them are due. */
export const makeDue = (db: WritableDb): void => {
  db.run('UPDATE set_aside_plan SET next_ms = 0');
};
