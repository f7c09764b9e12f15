import type { CallInput, CallOutput } from '#shared/contract/calls.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';

export type AbsenceRow = CallOutput<'absences.list'>['rows'][number];

/** What has been given so far. */
export type AbsenceForm = {
  /** Null for a new one. */
  readonly id: Id | null;
  readonly personId: Id | null;
  readonly deputyId: Id | null;
  readonly validFrom: CivilDate | null;
  readonly validTo: CivilDate | null;
  readonly handsOver: 'all' | 'chosen';
  readonly caseIds: readonly Id[];
  /** Clients of the absence who are hidden from this person: they stay as they are. */
  readonly hidden: number;
};

export const newAbsence = (personId: Id | null, today: CivilDate): AbsenceForm => ({
  id: null,
  personId,
  deputyId: null,
  validFrom: today,
  validTo: null,
  handsOver: 'all',
  caseIds: [],
  hidden: 0,
});

export const formOf = (row: AbsenceRow): AbsenceForm => ({
  id: row.id,
  personId: row.personId,
  deputyId: row.deputyId,
  validFrom: row.validFrom,
  validTo: row.validTo,
  handsOver: row.caseIds === null ? 'all' : 'chosen',
  caseIds: row.caseIds ?? [],
  hidden: row.caseIds === null ? 0 : Math.max(0, row.clients - row.caseIds.length),
});

export type AbsenceProblems = {
  readonly [field in 'personId' | 'deputyId' | 'validFrom' | 'validTo' | 'caseIds']?: string;
};

/** What is missing or wrong, by field; the region checks anew. */
export const absenceProblems = (form: AbsenceForm, today: CivilDate): AbsenceProblems => {
  const { personId, deputyId, validFrom, validTo, handsOver, caseIds, hidden } = form;
  const problems: { -readonly [field in keyof AbsenceProblems]: string } = {};
  if (personId === null) problems.personId = 'required';
  if (deputyId !== null && deputyId === personId) problems.deputyId = 'same-person';
  if (validFrom === null) problems.validFrom = 'required';
  if (validTo === null) problems.validTo = 'required';
  else if (validFrom !== null && validTo < validFrom) problems.validTo = 'ends-before-it-begins';
  else if (validTo < today) problems.validTo = 'over';
  if (deputyId !== null && handsOver === 'chosen' && caseIds.length + hidden === 0)
    problems.caseIds = 'choose-one';
  return problems;
};

/** The form as the region takes it; null while something is missing. */
export const saveInput = (
  form: AbsenceForm,
  today: CivilDate,
): CallInput<'absences.save'> | null => {
  const { id, personId, deputyId, validFrom, validTo, handsOver, caseIds } = form;
  if (Object.keys(absenceProblems(form, today)).length > 0) return null;
  if (personId === null || validFrom === null || validTo === null) return null;
  return {
    id,
    personId,
    deputyId,
    validFrom,
    validTo,
    // Nobody steps in: then there is nothing to hand over.
    caseIds: handsOver === 'all' || deputyId === null ? null : [...caseIds],
  };
};
