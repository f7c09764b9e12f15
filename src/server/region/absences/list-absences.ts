import { addDays, finnishDate } from '#shared/domain/civil-date.ts';
import { registerOf } from '#shared/domain/codes.ts';
import type { Absence } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { withTransaction, type Reader } from '../../db/pool.ts';
import { compartmentsOf, entryOf, rightOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { clientNames, isOpen, noAccess } from '../openings/case-standing.ts';
import { readAccess, type CaseAccess } from '../rights/read-access.ts';
import { writeUse } from '../use-log/write-use.ts';
import { absencesOf, findAbsence } from './read-absences.ts';
import { clientCounts, uncoveredIn, type Responsibility } from './uncovered.ts';
import { whoseAbsences } from './whose-absences.ts';

/** How long absences that are over stay in the list. */
const keptDays = 30;

/**
 * Absences of those whose absences the asker may record, and those in which the asker steps in. Clients are
 * named only to the absent person and to who may see them; the numbers are told.
 */
export const listAbsences = async (
  asker: Asker,
): Promise<Result<OnlineOutput<'absences.list'>, OnlineRefusal>> => {
  const { db, person } = asker;
  const nowMs = asker.now().getTime();
  const today = finnishDate(nowMs);
  const personIds = await whoseAbsences(db, person, today);
  const absences = await absencesOf(
    db,
    { absentIds: personIds, deputyId: person.id },
    addDays(today, -keptDays),
  );
  const uncovered = Map.groupBy(
    await uncoveredIn(db, absences, today),
    ({ absenceId }) => absenceId,
  );
  const clients = await clientCounts(db, absences, today);
  const visible = await visibleTo(db, person.id, absences, nowMs);
  return ok({
    rows: absences.map((absence) => ({
      ...absence,
      caseIds: absence.caseIds === null ? null : visible(absence),
      uncovered: uncovered.get(absence.id)?.length ?? 0,
      clients: clients.get(absence.id) ?? 0,
      mayChange: personIds.includes(absence.personId) && absence.validTo >= today,
    })),
    personIds: [...personIds],
  });
};

/** The clients handed over that may be named to the reader: all to the absent person, else those open to the reader. */
export const visibleTo = async (
  db: Reader,
  readerId: Id,
  absences: readonly Pick<Absence, 'personId' | 'caseIds'>[],
  nowMs: number,
): Promise<(absence: Pick<Absence, 'personId' | 'caseIds'>) => Id[]> => {
  const others = absences.filter(({ personId }) => personId !== readerId);
  const access = await readAccess(
    db,
    readerId,
    [...new Set(others.flatMap(({ caseIds }) => caseIds ?? []))],
    nowMs,
  );
  const mayName = (caseId: Id): boolean => {
    const toCase = access.get(caseId);
    return toCase !== undefined && isOpen(toCase);
  };
  return ({ personId, caseIds }) =>
    (caseIds ?? []).filter((caseId) => personId === readerId || mayName(caseId));
};

type Named = { readonly one: Responsibility; readonly access: CaseAccess };

/**
 * What nobody steps in to, by client, as far as the asker may see the parts it stands in: the others are in
 * the list's number only. Logged before it is shown.
 */
export const uncoveredOf = async (
  asker: Asker,
  { id }: OnlineInput<'absences.uncovered'>,
): Promise<Result<OnlineOutput<'absences.uncovered'>, OnlineRefusal>> => {
  const nowMs = asker.now().getTime();
  const today = finnishDate(nowMs);
  const { person } = asker;
  return withTransaction(asker.db, async (tx) => {
    const absence = await findAbsence(tx, id);
    const people = await whoseAbsences(tx, person, today);
    const concerns =
      absence !== null && (people.includes(absence.personId) || absence.deputyId === person.id);
    if (!concerns) return err(noAccess);
    const found = await uncoveredIn(tx, [absence], today);
    const access = await readAccess(
      tx,
      person.id,
      [...new Set(found.map(({ caseId }) => caseId))],
      nowMs,
    );
    const named = found.flatMap((one): readonly Named[] => {
      const toCase = access.get(one.caseId);
      return toCase?.decide(one.compartment).allowed === true ? [{ one, access: toCase }] : [];
    });
    await writeUse(tx, entriesOf(asker, named));
    const names = await clientNames(
      tx,
      named.map(({ one }) => one.caseId),
    );
    return ok({
      rows: named.map(({ one: { caseId, recordId, kind, title } }) => ({
        caseId,
        clientName: names.get(caseId) ?? '',
        recordId,
        kind,
        title,
      })),
    });
  });
};

/** Most records that one entry names. */
const mostRecords = 500;

/** One entry for each client and register. */
const entriesOf = (asker: Asker, named: readonly Named[]): readonly UseEntry[] =>
  [
    ...Map.groupBy(named, ({ one }) => `${one.caseId} ${registerOf(one.compartment)}`).values(),
  ].flatMap((looks) => {
    const [first] = looks;
    if (!first) return [];
    return [
      entryOf(asker, {
        action: 'view',
        caseId: first.one.caseId,
        register: registerOf(first.one.compartment),
        compartments: compartmentsOf(looks, ({ one }) => one.compartment),
        what: {
          screen: 'absences',
          count: looks.length,
          records: looks.slice(0, mostRecords).map(({ one }) => ({
            id: one.recordId,
            kind: one.kind === 'custodian' ? 'plan' : 'action',
            group: one.kind === 'custodian' ? 'custodian' : 'responsibility',
          })),
        },
        ...rightOf(first.access.decide(first.one.compartment)),
      }),
    ];
  });
