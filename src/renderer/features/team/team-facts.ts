import type { ClientView } from '#shared/contract/views.ts';
import {
  byPermissionKind,
  permissionFacts,
  type PermissionFact,
} from '#shared/domain/access/permission-facts.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Absence, Person, WorkTask } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import { isPermissionKind } from '#shared/domain/records/permission.ts';

/** What the permissions on this device come to. Those who may not see them have none here. */
export const factsOf = (view: ClientView): readonly PermissionFact[] =>
  view.records.flatMap(({ id, kind, groups, existence }) =>
    isPermissionKind(kind) && existence.state !== 'removed'
      ? permissionFacts(kind, id, groups['scope']?.heads.map((head) => head.value) ?? [])
      : [],
  );

/**
 * Whether somebody of another sector would see the joint plan (SHL 39 § 3; 703/2023 48 §); `not-shown` to
 * those who may not see the permissions.
 */
export type ConsentStanding = 'in-force' | 'missing' | 'no-sector' | 'not-shown';

export const consentStanding = (
  view: ClientView,
  person: Pick<Person, 'partnerSector'>,
  today: CivilDate,
  maySee: boolean,
): ConsentStanding => {
  const { partnerSector } = person;
  if (partnerSector === null) return 'no-sector';
  if (!maySee) return 'not-shown';
  return byPermissionKind(factsOf(view)).consents.some(
    (consent) => isCurrent(consent, today) && consent.sectors.includes(partnerSector),
  )
    ? 'in-force'
    : 'missing';
};

/** What may not be told to a guardian today: null for nothing, empty for everything, else the parts. */
export const withheldFrom = (
  facts: readonly PermissionFact[],
  representativeId: Id,
  today: CivilDate,
): readonly string[] | null => {
  const bans = facts.filter(
    (fact) =>
      fact.kind === 'guardian-prohibition' &&
      isCurrent(fact, today) &&
      (fact.representativeIds.length === 0 || fact.representativeIds.includes(representativeId)),
  );
  if (bans.length === 0) return null;
  const parts = bans.map((ban) => ('compartments' in ban ? ban.compartments : []));
  return parts.some((each) => each.length === 0) ? [] : [...new Set(parts.flat())];
};

const fromTheBeginning = '1900-01-01';

/** The tasks in which somebody can be in a team: those that are not over; else the one of the main fields. */
export const tasksFor = (person: Person, today: CivilDate): readonly WorkTask[] => {
  const tasks = person.tasks.filter(({ validTo }) => validTo === null || today <= validTo);
  if (tasks.length > 0) return tasks;
  const { unitId, profession, taskClass } = person;
  return [
    {
      unitId,
      profession,
      taskClass,
      services: [],
      round: false,
      validFrom: fromTheBeginning,
      validTo: null,
    },
  ];
};

/** The absence that goes on, else the next one that is known. */
export const absenceOf = (
  absences: readonly Absence[],
  personId: Id,
  today: CivilDate,
): Absence | undefined =>
  absences
    .filter((absence) => absence.personId === personId && today <= absence.validTo)
    .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))[0];

/** How many people of the region carry the same name as this one, oneself among them. */
export const namesakes = (people: Iterable<Person>, person: Person): number =>
  [...people].filter(
    (each) =>
      each.givenName.toLocaleLowerCase('fi') === person.givenName.toLocaleLowerCase('fi') &&
      each.familyName.toLocaleLowerCase('fi') === person.familyName.toLocaleLowerCase('fi'),
  ).length;
