import type { Id } from '#shared/domain/ids.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb } from '../handles.ts';
import { idFromBytes, idToBytes } from '../id-bytes.ts';

/** Most lines of one sort: a list longer than this is worked through from its beginning. */
export const mostOfSort = 300;

/** Whose list, and on what day. */
export type Whose = {
  readonly personId: Id;
  readonly profession: string;
  readonly today: CivilDate;
};

/** The client is this person's today, by a place in the team. */
const inOwnTeam = (caseNo: string): string => `EXISTS (
  SELECT 1 FROM own_place p WHERE p.case_no = ${caseNo} AND p.valid_from <= :today
    AND (p.valid_to IS NULL OR p.valid_to >= :today))`;

const requestColumns = `r.case_no, r.record_id, r.compartment, r.kind, r.place_id, r.text, r.due,
  r.asker_id, r.asked_ms, r.person_id, r.profession, r.state, r.answer_text, r.answerer_id, r.answer_id, r.answered_ms`;

type Row = {
  case_no: number;
  record_id: Buffer;
  compartment: string;
  kind: string;
  place_id: Buffer;
  text: string;
  due: string | null;
  asker_id: Buffer;
  asked_ms: number;
  person_id: Buffer | null;
  profession: string | null;
  state: string;
  answer_text: string;
  answerer_id: Buffer | null;
  answered_ms: number | null;
};

export type WorkRequest = {
  readonly caseNo: CaseNo;
  readonly recordId: Id;
  readonly compartment: string;
  readonly kind: string;
  readonly placeId: Id;
  readonly text: string;
  readonly due: CivilDate | null;
  readonly askerId: Id;
  readonly askedMs: number;
  /** Who is asked: a person, or anybody of a profession. */
  readonly askedId: Id | null;
  readonly profession: string | null;
  readonly state: string;
  readonly answerText: string;
  readonly answererId: Id | null;
  readonly answeredMs: number | null;
};

const workRequest = (row: Row): WorkRequest => ({
  caseNo: row.case_no,
  recordId: idFromBytes(row.record_id),
  compartment: row.compartment,
  kind: row.kind,
  placeId: idFromBytes(row.place_id),
  text: row.text,
  due: row.due,
  askerId: idFromBytes(row.asker_id),
  askedMs: row.asked_ms,
  askedId: row.person_id === null ? null : idFromBytes(row.person_id),
  profession: row.profession,
  state: row.state,
  answerText: row.answer_text,
  answererId: row.answerer_id === null ? null : idFromBytes(row.answerer_id),
  answeredMs: row.answered_ms,
});

/** Not yet taken by anybody else: open, or in this person's own hands. */
const isFree = "(r.state = 'open' OR r.answerer_id = :me)";

/** What is asked of the person by name, by profession in own teams, and what the person has in hand. */
export const requestsTo = (
  db: ReadableDb,
  { personId, profession, today }: Whose,
): readonly WorkRequest[] =>
  db
    .all<Row>(
      `SELECT ${requestColumns} FROM work_request r
         WHERE r.open = 1 AND r.person_id = :me AND ${isFree}
       UNION
       SELECT ${requestColumns} FROM work_request r
         WHERE r.open = 1 AND r.profession = :profession AND r.person_id IS NULL
           AND r.asker_id <> :me AND ${isFree} AND ${inOwnTeam('r.case_no')}
       UNION
       SELECT ${requestColumns} FROM work_request r WHERE r.open = 1 AND r.answerer_id = :me
       LIMIT ${mostOfSort}`,
      { me: idToBytes(personId), profession, today },
    )
    .map(workRequest);

/** What is asked of a colleague who is away, and nobody has taken. */
export const requestsToAbsent = (db: ReadableDb, absentId: Id): readonly WorkRequest[] =>
  db
    .all<Row>(
      `SELECT ${requestColumns} FROM work_request r
       WHERE r.open = 1 AND r.person_id = ? AND r.state = 'open' LIMIT ${mostOfSort}`,
      [idToBytes(absentId)],
    )
    .map(workRequest);

/** Own requests that are late, and answers to own requests that have not been acknowledged. */
export const ownRequests = (
  db: ReadableDb,
  { personId, today }: Whose,
): readonly (WorkRequest & { readonly isOpen: boolean })[] =>
  db
    .all<Row & { open: number }>(
      `SELECT ${requestColumns}, r.open FROM work_request r
       WHERE r.asker_id = :me AND (
         (r.open = 1 AND r.due < :today)
         OR (r.open = 0 AND r.state <> 'withdrawn' AND r.answerer_id <> :me AND NOT EXISTS (
           SELECT 1 FROM own_acknowledgment a WHERE a.about_id = r.record_id
             AND a.case_no = r.case_no AND a.change_id = r.answer_id)))
       LIMIT ${mostOfSort}`,
      { me: idToBytes(personId), today },
    )
    .map((row) => ({ ...workRequest(row), isOpen: row.open === 1 }));

export type WorkHandOver = {
  readonly caseNo: CaseNo;
  readonly recordId: Id;
  readonly compartment: string;
  readonly authorId: Id;
  readonly writtenMs: number;
  readonly text: string;
};

/** Hand-overs since then in own teams that this person has not acknowledged. */
export const handOversTo = (
  db: ReadableDb,
  { today }: Whose,
  sinceMs: number,
): readonly WorkHandOver[] =>
  db
    .all<{
      case_no: number;
      record_id: Buffer;
      compartment: string;
      author_id: Buffer;
      written_ms: number;
      text: string;
    }>(
      `SELECT h.case_no, h.record_id, h.compartment, h.author_id, h.written_ms, h.text
       FROM work_hand_over h
       WHERE h.written_ms >= :since AND ${inOwnTeam('h.case_no')} AND NOT EXISTS (
         SELECT 1 FROM own_acknowledgment a WHERE a.about_id = h.record_id
           AND a.case_no = h.case_no AND a.change_id = h.change_id)
       ORDER BY h.written_ms DESC LIMIT ${mostOfSort}`,
      { since: sinceMs, today },
    )
    .map((row) => ({
      caseNo: row.case_no,
      recordId: idFromBytes(row.record_id),
      compartment: row.compartment,
      authorId: idFromBytes(row.author_id),
      writtenMs: row.written_ms,
      text: row.text,
    }));

/** Reviews due by a day, of clients of whom this person is the custodian or in whose team the person is. */
export const reviewsDue = (
  db: ReadableDb,
  { personId, today }: Whose,
  by: CivilDate,
): readonly { readonly caseNo: CaseNo; readonly date: CivilDate }[] =>
  db.all(
    `SELECT i.case_no AS "caseNo", i.review_date AS date
     FROM client_index i INDEXED BY client_index_review
     WHERE i.review_date IS NOT NULL AND i.review_date <= :by
       AND (i.custodian_id = :me OR ${inOwnTeam('i.case_no')})
     ORDER BY i.review_date LIMIT ${mostOfSort}`,
    { me: idToBytes(personId), today, by },
  );

export type WorkConflict = {
  readonly caseNo: CaseNo;
  readonly recordId: Id;
  readonly group: string;
  readonly isCustodian: boolean;
};

export const openConflicts = (db: ReadableDb, { personId }: Whose): readonly WorkConflict[] =>
  db
    .all<{ case_no: number; record_id: Buffer; group_name: string; own: number }>(
      `SELECT c.case_no, c.record_id, c.group_name, coalesce(i.custodian_id = ?, 0) AS own
       FROM conflict c LEFT JOIN client_index i ON i.case_no = c.case_no LIMIT ${mostOfSort}`,
      [idToBytes(personId)],
    )
    .map((row) => ({
      caseNo: row.case_no,
      recordId: idFromBytes(row.record_id),
      group: row.group_name,
      isCustodian: row.own === 1,
    }));

/** How much others changed in open parts since this person last looked, by client of one's own; the latest first. */
export const changedUnseen = (
  db: ReadableDb,
  { personId, today }: Whose,
): readonly { readonly caseNo: CaseNo; readonly count: number }[] =>
  db.all(
    `SELECT u.case_no AS "caseNo", count(*) AS count
     FROM unseen_change u
     JOIN scope s ON s.case_no = u.case_no AND s.compartment = u.compartment AND s.closed = 0
     LEFT JOIN client_index i ON i.case_no = u.case_no
     WHERE i.custodian_id = :me OR ${inOwnTeam('u.case_no')}
     GROUP BY u.case_no ORDER BY max(u.unseen_no) DESC LIMIT ${mostOfSort}`,
    { me: idToBytes(personId), today },
  );

export type ClientOfWork = {
  readonly caseId: Id;
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthDate: CivilDate | null;
};

export const clientOfWork = (db: ReadableDb, caseNo: CaseNo): ClientOfWork | null => {
  const row = db.first<{
    case_id: Buffer;
    family_name: string;
    given_names: string;
    birth_date: string | null;
  }>(
    `SELECT c.case_id, i.family_name, i.given_names, i.birth_date
     FROM client_index i JOIN client_case c ON c.case_no = i.case_no WHERE i.case_no = ?`,
    [caseNo],
  );
  return row
    ? {
        caseId: idFromBytes(row.case_id),
        familyName: row.family_name,
        givenNames: row.given_names,
        birthDate: row.birth_date,
      }
    : null;
};
