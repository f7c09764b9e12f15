import type { CallInput, CallOutput } from '#shared/contract/calls.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Duty } from '#shared/domain/codes.ts';
import type { WorkTask } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';

export type PersonRow = CallOutput<'people.list'>['rows'][number];

/** What is typed of a person, before it is one. */
export type PersonForm = {
  readonly id: Id | null;
  readonly revision: number | null;
  readonly givenName: string;
  readonly familyName: string;
  readonly registerNumber: string;
  readonly tasks: readonly WorkTask[];
  readonly duties: readonly Duty[];
  readonly partnerSector: string | null;
};

export const newTask = (today: CivilDate): WorkTask => ({
  unitId: null,
  profession: 'nurse',
  taskClass: 'broad-health',
  services: [],
  round: false,
  validFrom: today,
  validTo: null,
});

export const newPersonForm = (today: CivilDate): PersonForm => ({
  id: null,
  revision: null,
  givenName: '',
  familyName: '',
  registerNumber: '',
  tasks: [newTask(today)],
  duties: [],
  partnerSector: null,
});

export const personFormOf = (row: PersonRow): PersonForm => ({
  id: row.id,
  revision: row.revision,
  givenName: row.givenName,
  familyName: row.familyName,
  registerNumber: row.registerNumber ?? '',
  tasks: row.tasks,
  duties: row.duties,
  partnerSector: row.partnerSector,
});

export type PersonProblems = Partial<
  Record<'givenName' | 'familyName' | 'tasks' | 'partnerSector', string>
>;

/** What is missing or contradicts itself, by field. */
export const personProblems = (form: PersonForm): PersonProblems => ({
  ...(form.givenName.trim() === '' ? { givenName: 'required' } : {}),
  ...(form.familyName.trim() === '' ? { familyName: 'required' } : {}),
  ...(form.tasks.some(({ validFrom, validTo }) => validTo !== null && validTo < validFrom)
    ? { tasks: 'ends-before-it-begins' }
    : {}),
  // A partner without a sector would be let in by no consent at all.
  ...(form.partnerSector === null &&
  form.tasks.some(({ taskClass }) => taskClass === 'external-partner')
    ? { partnerSector: 'required' }
    : {}),
});

export const saveInputOf = (form: PersonForm): CallInput<'people.save'> => ({
  ...form,
  registerNumber: form.registerNumber.trim() === '' ? null : form.registerNumber.trim(),
  tasks: [...form.tasks],
  duties: [...form.duties],
});
