import { finnishDayEnd, finnishDayStart, type CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { useEntrySchema, type UseEntry } from '#shared/domain/use-log/entry.ts';
import type { Reader } from '../../db/pool.ts';

export type DaySpan = { readonly from: CivilDate; readonly to: CivilDate };

/** A span of Finnish days as moments; the last day is included. */
export const boundsOf = ({ from, to }: DaySpan): readonly [Date, Date] => [
  new Date(finnishDayStart(from)),
  new Date(finnishDayEnd(to)),
];

export type NamedEntry = UseEntry & {
  readonly personName: string;
  readonly unitName: string;
  readonly receivedMs: number;
};

export type PageOfEntries = { readonly total: number; readonly rows: NamedEntry[] };

type Asked = DaySpan & { readonly offset: number; readonly limit: number };

type Row = {
  readonly body: string;
  readonly personName: string;
  readonly unitName: string;
  readonly receivedAt: Date;
};

const namedOf = ({ body, personName, unitName, receivedAt }: Row): NamedEntry => ({
  ...useEntrySchema.parse(JSON.parse(body)),
  personName,
  unitName,
  receivedMs: receivedAt.getTime(),
});

/** A page of the entries that a condition picks, the newest first; `$1` and `$2` are the span. */
const readPage = async (
  db: Reader,
  asked: Asked,
  condition: string,
  values: readonly unknown[],
): Promise<PageOfEntries> => {
  const given = [...boundsOf(asked), ...values];
  const where = `WHERE entry.at >= $1 AND entry.at < $2 AND ${condition}`;
  const [counted] = await db.query<{ total: number }>(
    `SELECT count(*) AS total FROM use_entry AS entry ${where}`,
    given,
  );
  const rows = await db.query<Row>(
    `SELECT entry.body, entry.received_at AS "receivedAt",
       coalesce(person.given_name || ' ' || person.family_name, '') AS "personName",
       coalesce(unit.name, '') AS "unitName"
     FROM (
       SELECT id, at, body, received_at, person_id, unit_id FROM use_entry AS entry ${where}
       ORDER BY at DESC, id DESC OFFSET $${given.length + 1} LIMIT $${given.length + 2}
     ) AS entry
     LEFT JOIN person ON person.id = entry.person_id
     LEFT JOIN unit ON unit.id = entry.unit_id
     ORDER BY entry.at DESC, entry.id DESC`,
    [...given, asked.offset, asked.limit],
  );
  return { total: counted?.total ?? 0, rows: rows.map(namedOf) };
};

export const readOwnLog = (db: Reader, personId: Id, asked: Asked): Promise<PageOfEntries> =>
  readPage(db, asked, 'entry.person_id = $3', [personId]);

/** `caseIds`: the client and every other client that is the same person. */
export const readClientLog = (
  db: Reader,
  caseIds: readonly Id[],
  asked: Asked,
): Promise<PageOfEntries> => readPage(db, asked, 'entry.case_id = ANY($3::uuid[])', [caseIds]);
