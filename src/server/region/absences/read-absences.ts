import type { Absence } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader, Transaction } from '../../db/pool.ts';

const columns = `absence.id, absence.person_id AS "personId", absence.deputy_id AS "deputyId",
  absence.valid_from AS "validFrom", absence.valid_to AS "validTo", absence.case_ids AS "caseIds"`;

export const findAbsence = async (db: Reader, id: Id): Promise<Absence | null> => {
  const [absence] = await db.query<Absence>(
    `SELECT ${columns} FROM absence WHERE absence.id = $1`,
    [id],
  );
  return absence ?? null;
};

/** As `findAbsence`, locked until the transaction ends. */
export const lockAbsence = async (tx: Transaction, id: Id): Promise<Absence | null> => {
  const [absence] = await tx.query<Absence>(
    `SELECT ${columns} FROM absence WHERE absence.id = $1 FOR UPDATE`,
    [id],
  );
  return absence ?? null;
};

/** Absences that end on the day or after it and concern these people, as absent or as deputy. */
export const absencesOf = (
  db: Reader,
  { absentIds, deputyId }: { readonly absentIds: readonly Id[]; readonly deputyId: Id },
  endingFrom: string,
): Promise<readonly Absence[]> =>
  db.query<Absence>(
    `SELECT ${columns} FROM absence
     WHERE (absence.person_id = ANY($1::uuid[]) OR absence.deputy_id = $2)
       AND absence.valid_to >= $3
     ORDER BY absence.valid_from, absence.id`,
    [absentIds, deputyId, endingFrom],
  );

/** The person's absences that share a day with the span, but for one. */
export const absencesWithin = (
  db: Reader,
  personId: Id,
  { validFrom, validTo }: Pick<Absence, 'validFrom' | 'validTo'>,
  exceptId: Id,
): Promise<readonly Absence[]> =>
  db.query<Absence>(
    `SELECT ${columns} FROM absence
     WHERE absence.person_id = $1 AND absence.id <> $2
       AND absence.valid_from <= $4 AND absence.valid_to >= $3
     ORDER BY absence.valid_from, absence.id`,
    [personId, exceptId, validFrom, validTo],
  );
