import type { Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';
import { boundsOf, type DaySpan } from './read-log.ts';

export type Pattern = 'no-relation' | 'many-clients' | 'at-night' | 'same-name' | 'colleague';

export type UnusualRow = {
  readonly pattern: Pattern;
  readonly personId: Id;
  readonly caseId: Id | null;
  readonly clientName: string;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
};

/** More clients than this in an hour by somebody who is not going round to them asks for a question. */
const mostClientsAnHour = 40;
/** Somebody of whose looks at most this share falls in the night works by day. */
const nightShare = 0.1;
/** How much of somebody's work is looked at to know that. */
const habitDays = 60;
const mostRows = 500;

const looks = `('view', 'search-result', 'search-hit', 'reveal', 'print', 'export', 'history')`;

/** Every look at a client in the span, $1 to $2. */
const looked = `looked AS (
  SELECT entry.person_id, entry.case_id, entry.at, entry.role,
    (entry.at AT TIME ZONE 'Europe/Helsinki')::date AS day
  FROM use_entry AS entry
  WHERE entry.at >= $1 AND entry.at < $2 AND entry.case_id IS NOT NULL
    AND entry.action IN ${looks})`;

const perClient = (pattern: Pattern, from: string): string => `
  SELECT '${pattern}' AS pattern, look.person_id, look.case_id, count(*) AS count,
    min(look.at) AS first, max(look.at) AS last
  FROM looked AS look ${from} GROUP BY look.person_id, look.case_id`;

/**
 * By what the region itself knows of that day, not by what the device said of its ground: no membership,
 * no deputyship, no opening. A round leaves no record of its own, so its word is taken. Decided once for
 * each person, client and day; aliases of a client count as the client.
 */
const noRelation = `
  SELECT 'no-relation' AS pattern, look.person_id, look.case_id, count(*) AS count,
    min(look.at) AS first, max(look.at) AS last
  FROM looked AS look JOIN unrelated USING (person_id, case_id, day)
  WHERE look.role <> 'round' AND NOT EXISTS (
    SELECT FROM opening JOIN same ON same.same_id = opening.case_id
    WHERE opening.person_id = look.person_id AND same.case_id = look.case_id
      AND opening.kind <> 'confirmation' AND look.at >= opening.from_at - interval '1 minute'
      AND look.at <= least(opening.until_at, coalesce(opening.ended_at, opening.until_at))
        + interval '1 minute')
  GROUP BY look.person_id, look.case_id`;

const unrelated = `
RECURSIVE ${looked},
same (case_id, same_id) AS (
  SELECT DISTINCT case_id, case_id FROM looked
  UNION
  SELECT same.case_id, near.same_id FROM same JOIN LATERAL (
    SELECT main_case_id AS same_id FROM case_alias WHERE case_alias.case_id = same.same_id
    UNION ALL
    SELECT case_alias.case_id FROM case_alias WHERE main_case_id = same.same_id) AS near ON true),
unrelated AS (
  SELECT DISTINCT person_id, case_id, day FROM looked AS look
  WHERE role <> 'round' AND NOT EXISTS (
      SELECT FROM membership_current AS member JOIN same ON same.same_id = member.case_id
      WHERE same.case_id = look.case_id AND member.person_id = look.person_id
        AND member.valid_from <= look.day
        AND (member.valid_to IS NULL OR member.valid_to >= look.day))
    AND NOT EXISTS (
      SELECT FROM absence JOIN membership_current AS member ON member.person_id = absence.person_id
        JOIN same ON same.same_id = member.case_id
      WHERE same.case_id = look.case_id AND absence.deputy_id = look.person_id
        AND absence.valid_from <= look.day AND absence.valid_to >= look.day
        AND (absence.case_ids IS NULL OR same.same_id = ANY(absence.case_ids))))`;

const manyClients = `
  SELECT 'many-clients' AS pattern, person_id, NULL::uuid AS case_id, count(DISTINCT case_id) AS count,
    min(at) AS first, max(at) AS last
  FROM looked WHERE role <> 'round'
  GROUP BY person_id, date_trunc('hour', at) HAVING count(DISTINCT case_id) > ${mostClientsAnHour}`;

const isNight = (at: string): string =>
  `(extract(hour FROM ${at} AT TIME ZONE 'Europe/Helsinki') >= 23
    OR extract(hour FROM ${at} AT TIME ZONE 'Europe/Helsinki') < 5)`;

const atNight = `
  SELECT 'at-night' AS pattern, looked.person_id, NULL::uuid AS case_id, count(*) AS count,
    min(looked.at) AS first, max(looked.at) AS last
  FROM looked JOIN (
    SELECT person_id FROM use_entry
    WHERE at >= $1::timestamptz - interval '${habitDays} days' AND at < $2
      AND action IN ${looks} AND case_id IS NOT NULL
    GROUP BY person_id
    HAVING count(*) FILTER (WHERE ${isNight('at')}) <= ${nightShare} * count(*)
  ) AS by_day USING (person_id)
  WHERE ${isNight('looked.at')} GROUP BY looked.person_id`;

const sameName = perClient(
  'same-name',
  `JOIN person ON person.id = look.person_id
   JOIN client_standing AS standing ON standing.case_id = look.case_id
     AND standing.family_name <> '' AND lower(standing.family_name) = lower(person.family_name)`,
);

/** The client is on the staff (\`identityCodeHash\`), and somebody else looked. */
const colleague = perClient(
  'colleague',
  `JOIN client_standing AS standing ON standing.case_id = look.case_id
     AND standing.personal_identity_code IS NOT NULL
   CROSS JOIN region_state
   JOIN person ON person.identity_code_hash = sha256(convert_to(
     region_state.region_id || ':' || standing.personal_identity_code, 'UTF8'))
     AND person.id <> look.person_id`,
);

type Row = Omit<UnusualRow, 'firstMs' | 'lastMs'> & { readonly first: Date; readonly last: Date };

/** Patterns that ask for a question; none of them says that anything was wrong. */
export const readUnusual = async (db: Reader, span: DaySpan): Promise<UnusualRow[]> => {
  const rows: UnusualRow[] = [];
  const queries = [
    [unrelated, noRelation],
    ...[manyClients, atNight, sameName, colleague].map((query) => [looked, query] as const),
  ] as const;
  for (const [given, query] of queries) {
    const found = await db.query<Row>(
      `WITH ${given}, found AS (${query})
       SELECT pattern, found.person_id AS "personId", found.case_id AS "caseId", count, first, last,
         coalesce(standing.family_name || ' ' || standing.given_names, '') AS "clientName"
       FROM found LEFT JOIN client_standing AS standing ON standing.case_id = found.case_id
       ORDER BY last DESC, found.person_id, found.case_id LIMIT ${mostRows}`,
      boundsOf(span),
    );
    rows.push(
      ...found.map(({ first, last, ...row }) => ({
        ...row,
        firstMs: first.getTime(),
        lastMs: last.getTime(),
      })),
    );
  }
  return rows;
};
