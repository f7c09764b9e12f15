import { finnishDate } from '#shared/domain/civil-date.ts';
import { personFacts, type Opening, type PersonFacts } from '#shared/domain/access/facts.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader } from '../../db/pool.ts';
import { readDeputyships, readPeople } from '../directory.ts';
import { readOwnCases } from './own-record.ts';

/** What rights depend on of each of the people; whoever is not in the directory is missing. */
export const readPersonFacts = async (
  db: Reader,
  personIds: readonly Id[],
  caseIds: readonly Id[],
  nowMs: number,
): Promise<ReadonlyMap<Id, PersonFacts>> => {
  const people = await readPeople(db, personIds);
  const absences = await readDeputyships(db, personIds, finnishDate(nowMs));
  const own = Map.groupBy(await readOwnCases(db, personIds, caseIds), (row) => row.personId);
  return new Map(
    people.map((person) => [
      person.id,
      personFacts(person, absences, new Set((own.get(person.id) ?? []).map((row) => row.caseId))),
    ]),
  );
};

/** The people's openings of the clients that are not over; one ended before its time is over then. */
export const readOpenings = async (
  db: Reader,
  personIds: readonly Id[],
  caseIds: readonly Id[],
  nowMs: number,
): Promise<readonly (Opening & { readonly caseId: Id })[]> => {
  const rows = await db.query<
    Omit<Opening, 'fromMs' | 'untilMs'> & { caseId: Id; fromAt: Date; untilAt: Date }
  >(
    `SELECT id, kind, person_id AS "personId", case_id AS "caseId", ground, compartments,
            from_at AS "fromAt", least(until_at, ended_at) AS "untilAt"
     FROM opening
     WHERE person_id = ANY($1::uuid[]) AND case_id = ANY($2::uuid[])
       AND until_at > $3 AND (ended_at IS NULL OR ended_at > $3)
     ORDER BY id`,
    [personIds, caseIds, new Date(nowMs)],
  );
  return rows.map(({ fromAt, untilAt, ...opening }) => ({
    ...opening,
    fromMs: fromAt.getTime(),
    untilMs: untilAt.getTime(),
  }));
};
