import { addDays, finnishDate, type CivilDate } from '#shared/domain/civil-date.ts';
import type { Absence } from '#shared/domain/directory.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { withTransaction, type Reader, type Transaction } from '../../db/pool.ts';
import { findPerson } from '../directory.ts';
import { entryOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { lockPerson, noAccess } from '../openings/case-standing.ts';
import { worksWithClients } from '../openings/task-reach.ts';
import { touchPersonRights } from '../rights/touch-rights.ts';
import { writeUse } from '../use-log/write-use.ts';
import { visibleTo } from './list-absences.ts';
import { absencesWithin, lockAbsence } from './read-absences.ts';
import { clientsOf } from './uncovered.ts';
import { whoseAbsences } from './whose-absences.ts';

type Input = OnlineInput<'absences.save'>;
type Dates = Pick<Absence, 'validFrom' | 'validTo'>;

/** Longest absence, in days: a year's leave with its holidays. A longer one is recorded in two. */
const longestDays = 400;

const problemAt = (path: string, problem: string): OnlineRefusal => ({
  code: 'not-acceptable',
  path,
  problem,
});

/**
 * Records an absence or changes one that is not over. From here on the deputy's rights follow it: they
 * begin and end by the clock, and everything the deputy's devices hold is compared at their next pull.
 */
export const saveAbsence = async (
  asker: Asker,
  input: Input,
): Promise<Result<OnlineOutput<'absences.save'>, OnlineRefusal>> => {
  const nowMs = asker.now().getTime();
  const today = finnishDate(nowMs);
  const wrongDates = dateProblem(input, today);
  if (wrongDates) return err(wrongDates);
  return withTransaction(asker.db, async (tx) => {
    const allowed = await whoseAbsences(tx, asker.person, today);
    if (!allowed.includes(input.personId)) return err(noAccess);
    await lockPerson(tx, input.personId);
    const before = input.id === null ? null : await lockAbsence(tx, input.id);
    if (input.id !== null && (!before || before.personId !== input.personId)) return err(noAccess);
    if (before && before.validTo < today) return err(problemAt('id', 'over'));
    const id = before?.id ?? newId(nowMs, asker.random);
    const overlapping = await absencesWithin(tx, input.personId, input, id);
    if (overlapping.length > 0) return err(problemAt('validFrom', 'overlaps'));
    if (input.deputyId !== null) {
      const unfit = await deputyProblem(tx, input.personId, input.deputyId, input, today);
      if (unfit) return err(unfit);
    }
    const handed = await handedOver(tx, asker, input, before, nowMs);
    if (!handed.ok) return handed;
    await write(tx, asker, { ...input, id, caseIds: handed.value }, nowMs);
    await touchPersonRights(tx, peopleOf(before, input));
    await writeUse(tx, [
      entryOf(asker, {
        action: 'administration',
        what: { screen: 'absences', subjectId: input.personId },
        basisId: id,
      }),
    ]);
    return ok({ id });
  });
};

const peopleOf = (
  ...absences: readonly (Pick<Absence, 'personId' | 'deputyId'> | null)[]
): Id[] => [
  ...new Set(
    absences.flatMap((absence) =>
      absence === null
        ? []
        : [absence.personId, ...(absence.deputyId === null ? [] : [absence.deputyId])],
    ),
  ),
];

const dateProblem = ({ validFrom, validTo }: Dates, today: CivilDate): OnlineRefusal | null => {
  if (validTo < validFrom) return problemAt('validTo', 'ends-before-it-begins');
  if (addDays(validFrom, longestDays - 1) < validTo) return problemAt('validTo', 'too-long');
  // One that is over would only say that somebody had rights then.
  return validTo < today ? problemAt('validTo', 'over') : null;
};

/** Why this person cannot step in. */
const deputyProblem = async (
  tx: Transaction,
  personId: Id,
  deputyId: Id,
  dates: Dates,
  today: CivilDate,
): Promise<OnlineRefusal | null> => {
  if (deputyId === personId) return problemAt('deputyId', 'same-person');
  const deputy = await findPerson(tx, deputyId);
  if (!deputy?.active) return problemAt('deputyId', 'not-active');
  const firstDay = dates.validFrom > today ? dates.validFrom : today;
  if (!worksWithClients(deputy, firstDay)) return problemAt('deputyId', 'not-suitable');
  return (await isAwayThroughout(tx, deputyId, { ...dates, validFrom: firstDay }))
    ? problemAt('deputyId', 'deputy-absent')
    : null;
};

/** Whether the person's own absences leave no day of the span. */
const isAwayThroughout = async (db: Reader, personId: Id, dates: Dates): Promise<boolean> => {
  let firstFree = dates.validFrom;
  for (const { validFrom, validTo } of await absencesWithin(db, personId, dates, personId)) {
    if (validFrom > firstFree) return false;
    if (validTo >= firstFree) firstFree = addDays(validTo, 1);
  }
  return firstFree > dates.validTo;
};

/**
 * The clients handed over; null for all. They are the absent person's own. Another than the absent person
 * names only clients whom they may see, and leaves those as they are whom they may not: whether a client
 * is somebody's is told to nobody by this.
 */
const handedOver = async (
  tx: Transaction,
  asker: Asker,
  input: Input,
  before: Absence | null,
  nowMs: number,
): Promise<Result<Id[] | null, OnlineRefusal>> => {
  if (input.deputyId === null || input.caseIds === null) return ok(null);
  const { personId } = input;
  const named = [...new Set(input.caseIds)];
  const held = before?.caseIds ?? [];
  const mayName = await visibleTo(
    tx,
    asker.person.id,
    [{ personId, caseIds: [...new Set([...named, ...held])] }],
    nowMs,
  );
  const nameable = new Set(mayName({ personId, caseIds: named }));
  const theirs = await clientsOf(tx, personId, input, named);
  const isFine = (caseId: Id): boolean =>
    held.includes(caseId) || (nameable.has(caseId) && theirs.has(caseId));
  if (!named.every(isFine)) return err(problemAt('caseIds', 'not-a-client'));
  const shown = new Set(mayName({ personId, caseIds: held }));
  const kept = held.filter((caseId) => !shown.has(caseId));
  const caseIds = [...new Set([...named, ...kept])];
  return caseIds.length === 0 ? err(problemAt('caseIds', 'required')) : ok(caseIds);
};

const write = async (
  tx: Transaction,
  { person }: Asker,
  absence: Absence,
  nowMs: number,
): Promise<void> => {
  const { id, personId, deputyId, validFrom, validTo, caseIds } = absence;
  await tx.query(
    `INSERT INTO absence
       (id, person_id, deputy_id, valid_from, valid_to, case_ids, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (id) DO UPDATE SET deputy_id = excluded.deputy_id,
       valid_from = excluded.valid_from, valid_to = excluded.valid_to, case_ids = excluded.case_ids`,
    [id, personId, deputyId, validFrom, validTo, caseIds, person.id, new Date(nowMs)],
  );
};

/** Ends an absence today, or removes one that has not begun. One that is over stays as it is. */
export const endAbsence = async (
  asker: Asker,
  { id }: OnlineInput<'absences.end'>,
): Promise<Result<OnlineOutput<'absences.end'>, OnlineRefusal>> => {
  const today = finnishDate(asker.now().getTime());
  return withTransaction(asker.db, async (tx) => {
    const absence = await lockAbsence(tx, id);
    const allowed = await whoseAbsences(tx, asker.person, today);
    if (!absence || !allowed.includes(absence.personId)) return err(noAccess);
    if (absence.validTo <= today) return ok({});
    if (absence.validFrom > today) await tx.query(`DELETE FROM absence WHERE id = $1`, [id]);
    else await tx.query(`UPDATE absence SET valid_to = $2 WHERE id = $1`, [id, today]);
    await touchPersonRights(tx, peopleOf(absence));
    await writeUse(tx, [
      entryOf(asker, {
        action: 'administration',
        what: { screen: 'absences', subjectId: absence.personId },
        basisId: id,
      }),
    ]);
    return ok({});
  });
};
