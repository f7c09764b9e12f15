import type { Id } from '#shared/domain/ids.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from './handles.ts';
import { idFromBytes, idToBytes } from './id-bytes.ts';

/** What the list of clients shows and sorts by: derived from the changes of each client. */
export type ClientIndexRow = {
  readonly sortName: string;
  readonly familyName: string;
  readonly givenNames: string;
  readonly personalIdentityCode: string | null;
  readonly birthDate: string | null;
  readonly unitId: Id | null;
  readonly custodianId: Id | null;
  readonly reviewDate: string | null;
  readonly track: string | null;
  readonly restraint: boolean;
};

/** Writes a client's row and the folded words by which it is found. */
export const writeClientIndex = (
  db: WritableDb,
  caseNo: CaseNo,
  row: ClientIndexRow,
  words: readonly string[],
): void => {
  db.run(
    `INSERT INTO client_index
       (case_no, sort_name, family_name, given_names, personal_identity_code, birth_date, unit_id,
        custodian_id, review_date, track, restraint)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (case_no) DO UPDATE SET
       sort_name = excluded.sort_name, family_name = excluded.family_name,
       given_names = excluded.given_names,
       personal_identity_code = excluded.personal_identity_code,
       birth_date = excluded.birth_date, unit_id = excluded.unit_id,
       custodian_id = excluded.custodian_id, review_date = excluded.review_date,
       track = excluded.track, restraint = excluded.restraint`,
    [
      caseNo,
      row.sortName,
      row.familyName,
      row.givenNames,
      row.personalIdentityCode,
      row.birthDate,
      row.unitId === null ? null : idToBytes(row.unitId),
      row.custodianId === null ? null : idToBytes(row.custodianId),
      row.reviewDate,
      row.track,
      row.restraint ? 1 : 0,
    ],
  );
  db.run('DELETE FROM client_word WHERE case_no = ?', [caseNo]);
  for (const word of words) {
    db.run('INSERT INTO client_word (word, case_no) VALUES (?, ?) ON CONFLICT DO NOTHING', [
      word,
      caseNo,
    ]);
  }
};

export const eraseClientIndex = (db: WritableDb, caseNo: CaseNo): void => {
  db.run('DELETE FROM client_index WHERE case_no = ?', [caseNo]);
  db.run('DELETE FROM client_word WHERE case_no = ?', [caseNo]);
};

/** A client as the list shows it. */
export type ClientListRow = Omit<ClientIndexRow, 'sortName' | 'unitId' | 'restraint'> & {
  readonly caseId: Id;
  readonly unitName: string;
  readonly restraintOnDisclosure: boolean;
  readonly conflicts: number;
  readonly waiting: number;
};

/** Order columns are fixed texts of ours; nothing that was typed becomes SQL. */
const orders = {
  name: 'i.sort_name',
  'birth-date': 'i.birth_date',
  unit: 'unit_name',
  review: "coalesce(i.review_date, '9999')",
  conflicts: 'conflicts',
} as const;

export type ClientSearch = {
  /** Folded words; each must begin a word of the client. */
  readonly words: readonly string[];
  readonly sort: keyof typeof orders;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
};

type SearchRow = {
  case_id: Buffer;
  family_name: string;
  given_names: string;
  personal_identity_code: string | null;
  birth_date: string | null;
  unit_name: string;
  custodian_id: Buffer | null;
  review_date: string | null;
  track: string | null;
  restraint: number;
  conflicts: number;
  waiting: number;
};

/** The end of a range of words that begin alike: no folded word holds a higher character. */
const afterPrefix = (prefix: string): string => `${prefix}\u{10ffff}`;

const matching = (words: readonly string[]): string =>
  words.length === 0
    ? ''
    : `WHERE ${words
        .map(() => 'i.case_no IN (SELECT case_no FROM client_word WHERE word >= ? AND word < ?)')
        .join(' AND ')}`;

const clientListRow = (row: SearchRow): ClientListRow => ({
  caseId: idFromBytes(row.case_id),
  familyName: row.family_name,
  givenNames: row.given_names,
  personalIdentityCode: row.personal_identity_code,
  birthDate: row.birth_date,
  unitName: row.unit_name,
  custodianId: row.custodian_id === null ? null : idFromBytes(row.custodian_id),
  reviewDate: row.review_date,
  track: row.track,
  restraintOnDisclosure: row.restraint !== 0,
  conflicts: row.conflicts,
  waiting: row.waiting,
});

export const searchClients = (
  db: ReadableDb,
  search: ClientSearch,
): { readonly total: number; readonly rows: readonly ClientListRow[] } => {
  const where = matching(search.words);
  const parameters = search.words.flatMap((word) => [word, afterPrefix(word)]);
  const direction = search.descending ? 'DESC' : 'ASC';
  const total = db.value<number>(`SELECT count(*) FROM client_index i ${where}`, parameters) ?? 0;
  const rows = db.all<SearchRow>(
    `SELECT c.case_id, i.family_name, i.given_names, i.personal_identity_code, i.birth_date,
       coalesce(u.name, '') AS unit_name, i.custodian_id, i.review_date, i.track, i.restraint,
       (SELECT count(*) FROM conflict k WHERE k.case_no = i.case_no) AS conflicts,
       (SELECT count(*) FROM outbox o WHERE o.case_no = i.case_no) AS waiting
     FROM client_index i
     JOIN client_case c ON c.case_no = i.case_no
     LEFT JOIN unit u ON u.unit_id = i.unit_id
     ${where}
     ORDER BY ${orders[search.sort]} ${direction}, i.sort_name ${direction}, i.case_no ${direction}
     LIMIT ? OFFSET ?`,
    [...parameters, search.limit, search.offset],
  );
  return { total, rows: rows.map(clientListRow) };
};

export const clientName = (
  db: ReadableDb,
  caseNo: CaseNo,
): { readonly familyName: string; readonly givenNames: string } | undefined =>
  db.first(
    'SELECT family_name AS familyName, given_names AS givenNames FROM client_index WHERE case_no = ?',
    [caseNo],
  );
