import type { Id } from '#shared/domain/ids.ts';
import type { CaseNo } from './cases.ts';
import type { ClientIndexRow } from './client-index.ts';
import { foldedWords } from '#shared/domain/search-fold.ts';
import { begunWords } from './client-words.ts';
import type { ReadableDb, SqlValue } from '../handles.ts';
import { idFromBytes } from '../id-bytes.ts';

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
  'birth-date': 'i.birth_date',
  unit: 'unit_name',
  review: "coalesce(i.review_date, '9999')",
  conflicts: 'conflicts',
} as const;

export type ClientSearch = {
  /** Folded words; each must begin a word of the client's names, identity code or unit. */
  readonly words: readonly string[];
  readonly sort: 'name' | keyof typeof orders;
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

const details = `
  c.case_id, i.family_name, i.given_names, i.personal_identity_code, i.birth_date,
  coalesce(u.name, '') AS unit_name, i.custodian_id, i.review_date, i.track, i.restraint,
  (SELECT count(*) FROM conflict k WHERE k.case_no = i.case_no) AS conflicts,
  (SELECT count(*) FROM outbox o WHERE o.case_no = i.case_no) AS waiting`;
const joins = `
  JOIN client_case c ON c.case_no = i.case_no
  LEFT JOIN unit u ON u.unit_id = i.unit_id`;

/** Rows of `sort_name, case_no`, none twice. */
type Found = { readonly sql: string; readonly parameters: readonly SqlValue[] };

/** Everybody, or those whose names or identity code the words begin. */
const foundByName = (words: readonly string[]): Found => {
  const [first, ...others] = words;
  if (first === undefined)
    return { sql: 'SELECT sort_name, case_no FROM client_index', parameters: [] };
  const { condition, parameters, repeats } = begunWords([first, ...others]);
  const distinct = repeats ? 'DISTINCT' : '';
  return {
    sql: `SELECT ${distinct} w.sort_name, w.case_no FROM client_word w WHERE ${condition}`,
    parameters,
  };
};

/** Fewer letters begin the name of nearly every unit: they would find everybody, and slowly. */
const shortestOfUnit = 3;

/**
 * Units of which some words typed begin a word of the name, by the words that are left: those must then
 * begin the client's own. A region has some hundreds of units, so they are read at each search.
 */
const unitsByRest = (
  db: ReadableDb,
  words: readonly string[],
): ReadonlyMap<string, readonly Buffer[]> => {
  if (words.every((word) => word.length < shortestOfUnit)) return new Map();
  const matching = db
    .all<{ unit_id: Buffer; name: string }>('SELECT unit_id, name FROM unit')
    .flatMap(({ unit_id: unitId, name }) => {
      const ofUnit = foldedWords(name);
      const rest = words.filter(
        (word) => word.length < shortestOfUnit || !ofUnit.some((each) => each.startsWith(word)),
      );
      return rest.length < words.length ? [{ unitId, rest: rest.join(' ') }] : [];
    });
  return new Map(
    [...Map.groupBy(matching, (unit) => unit.rest)].map(([rest, units]) => [
      rest,
      units.map((unit) => unit.unitId),
    ]),
  );
};

/** Those found by name, identity code or unit. */
const foundBy = (db: ReadableDb, words: readonly string[]): Found => {
  const byName = foundByName(words);
  const byUnit = [...unitsByRest(db, words)].map(([rest, unitIds]): Found => {
    const named = foundByName(rest.split(' ').filter((word) => word !== ''));
    return {
      sql: `SELECT n.sort_name, n.case_no FROM (${named.sql}) n
            JOIN client_index o ON o.case_no = n.case_no
            WHERE o.unit_id IN (${unitIds.map(() => '?').join(', ')})`,
      parameters: [...named.parameters, ...unitIds],
    };
  });
  const all = [byName, ...byUnit];
  return {
    sql: all.map((found) => found.sql).join(' UNION '),
    parameters: all.flatMap((found) => found.parameters),
  };
};

/** These clients, in this order; those who are not in the list are left out. */
export const clientRowsOf = (
  db: ReadableDb,
  caseNos: readonly CaseNo[],
): readonly ClientListRow[] => {
  const rows = db.all<SearchRow & { case_no: CaseNo }>(
    `SELECT i.case_no, ${details} FROM client_index i ${joins}
     WHERE i.case_no IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(caseNos)],
  );
  const byNo = new Map(rows.map((row) => [row.case_no, clientListRow(row)] as const));
  return caseNos.flatMap((caseNo) => byNo.get(caseNo) ?? []);
};

/**
 * One page of the clients found, and how many there are. By name, which is how lists are read, only the
 * index of names is walked up to the page, and only its rows are looked up; every other order has to look
 * at all that were found.
 */
export const searchClients = (
  db: ReadableDb,
  search: ClientSearch,
): { readonly total: number; readonly rows: readonly ClientListRow[] } => {
  const { sql: found, parameters } = foundBy(db, search.words);
  const direction = search.descending ? 'DESC' : 'ASC';
  const total = db.value<number>(`SELECT count(*) FROM (${found})`, parameters) ?? 0;
  const byName = `sort_name ${direction}, case_no ${direction}`;
  const rows = db.all<SearchRow>(
    search.sort === 'name'
      ? `WITH page AS MATERIALIZED (${found} ORDER BY ${byName} LIMIT ? OFFSET ?)
         SELECT ${details}
         FROM page JOIN client_index i ON i.case_no = page.case_no ${joins}
         ORDER BY page.sort_name ${direction}, page.case_no ${direction}`
      : `SELECT ${details}
         FROM client_index i ${joins}
         WHERE i.case_no IN (SELECT case_no FROM (${found}))
         ORDER BY ${orders[search.sort]} ${direction}, i.sort_name ${direction}, i.case_no ${direction}
         LIMIT ? OFFSET ?`,
    [...parameters, search.limit, search.offset],
  );
  return { total, rows: rows.map(clientListRow) };
};
