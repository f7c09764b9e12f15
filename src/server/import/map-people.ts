import { textLimits } from '#shared/domain/text.ts';
import { findCode, professions } from '#shared/domain/codes.ts';
import type { Person, Unit } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Corpus, Found } from './corpus.ts';
import { conceptText, currentName, dayOf, mappedCode, nameParts } from './fhir-values.ts';
import { addRecord, resolveOrWarn, warn, type ClientMapping, type Tie } from './imported-record.ts';
import type { Place } from './problem.ts';
import type { Concept, Reference } from './resources.ts';
import { importedId } from './source-key.ts';
import type { SourceResource } from './source-resource.ts';
import { words, type Ground } from './words.ts';

/**
 * Professions by code: HL7 table 0360 and the SNOMED CT occupations that exports commonly carry, and
 * Valvira's right to practise 001. Any other is an "other professional".
 */
const professionCodes: { readonly [code: string]: string } = {
  MD: 'doctor',
  '001': 'doctor',
  '309343006': 'doctor',
  '158965000': 'doctor',
  RN: 'nurse',
  '106292003': 'nurse',
  '224535009': 'nurse',
  CNM: 'midwife',
  '309453006': 'midwife',
  DDS: 'dentist',
  '106289002': 'dentist',
  '36682004': 'physiotherapist',
  '80546007': 'occupational-therapist',
  '59944000': 'psychologist',
  '159026005': 'speech-therapist',
  '159033005': 'nutrition-therapist',
  '106328005': 'social-worker',
};

const otherProfessional = 'other-professional';

const asPerson = (
  practitioner: Found<'Practitioner'>,
  roleCodes: readonly Concept[],
  unitId: Id | null,
): Person => {
  const { given, family } = nameParts(currentName(practitioner.data.name));
  const codes = [...practitioner.data.qualification.map(({ code }) => code), ...roleCodes];
  const profession =
    codes.flatMap((code) => mappedCode(code, professionCodes) ?? [])[0] ?? otherProfessional;
  return {
    id: importedId('person', practitioner.key),
    givenName: given.slice(0, textLimits.name),
    familyName: given || family ? family.slice(0, textLimits.name) : words.unnamed,
    profession,
    taskClass: findCode(professions, profession)?.taskClass ?? '',
    unitId,
    registerNumber: null,
    tasks: [],
    duties: [],
    partnerSector: null,
    active: false,
  };
};

export const asUnit = (organization: Found<'Organization'>): Unit => ({
  id: importedId('unit', organization.key),
  name: organization.data.name?.trim() ?? words.unnamedUnit,
  municipality: organization.data.address.find(({ city }) => city?.trim())?.city?.trim() ?? '',
  sector: 'health',
});

export const found = <T extends 'Practitioner' | 'Organization'>(
  corpus: Corpus,
  resource: SourceResource<T>,
): Found<T> => ({
  data: resource.data,
  key: corpus.keyOf(resource),
  place: resource,
  source: resource,
});

/** What the roles among the files say about a practitioner: codes and unit. */
const rolesOf = (corpus: Corpus, practitioner: Found<'Practitioner'>) => {
  const codes: Concept[] = [];
  let unitId: Id | null = null;
  for (const role of corpus.rolesOf(practitioner.key)) {
    codes.push(...role.data.code);
    const unit = corpus.resolve(role, role.data.organization, 'Organization');
    if (unit?.source) unitId ??= importedId('unit', unit.key);
  }
  return { codes, unitId };
};

/** The directory's entry for a practitioner of the source: a person without an account. */
export const personOf = (corpus: Corpus, practitioner: Found<'Practitioner'>): Person => {
  const { codes, unitId } = rolesOf(corpus, practitioner);
  return asPerson(practitioner, codes, unitId);
};

export const isProfessionKnown = (person: Person): boolean =>
  person.profession !== otherProfessional;

export type WorkTime = Pick<Tie, 'start' | 'end'>;

/** The person whom a reference names, tied to the client; null when it names none that is there. */
export const tiePerson = (
  mapping: ClientMapping,
  from: SourceResource,
  reference: Reference | undefined,
  ground: Ground,
  time: WorkTime,
): Id | null => {
  if (!reference || !mayBePerson(reference)) return null;
  const target = resolveOrWarn(mapping, from, reference, 'Practitioner', 'PractitionerRole');
  if (!target) return null;
  const practitioner =
    target.data.resourceType === 'PractitionerRole'
      ? mapping.corpus.resolve(from, target.data.practitioner, 'Practitioner')
      : (target as Found<'Practitioner'>);
  return practitioner ? tieFound(mapping, practitioner, ground, from, time) : null;
};

const mayBePerson = ({ reference }: Reference): boolean =>
  reference === undefined ||
  !/(?:^|\/)(Patient|RelatedPerson|Organization|CareTeam|Device|HealthcareService|Location)\//u.test(
    reference,
  );

export const tieFound = (
  mapping: ClientMapping,
  practitioner: Found<'Practitioner'>,
  ground: Ground,
  place: Place,
  time: WorkTime,
): Id => {
  const person = personOf(mapping.corpus, practitioner);
  mapping.people.set(person.id, person);
  mapping.ties.push({ personId: person.id, ground, place, ...time });
  return person.id;
};

/**
 * A membership for each person of the source: from the first day on which the source names him or her
 * to the end of the last thing named, open while one goes on. Nobody signs in as such a person.
 * @param today stands in where the source gives no date
 */
export const addMemberships = (mapping: ClientMapping, today: string): void => {
  for (const [personId, ties] of Map.groupBy(mapping.ties, (tie) => tie.personId)) {
    const person = mapping.people.get(personId);
    const [first] = ties;
    if (!person || !first) continue;
    const starts = days(
      ties.map(({ start }) => start),
      'first',
    );
    const goesOn = ties.some(({ end }) => end === null);
    const ends = goesOn
      ? []
      : days(
          ties.map(({ end }) => end ?? undefined),
          'last',
        );
    const validFrom = starts[0] ?? ends[0] ?? today;
    const lastDay = ends.at(-1) ?? null;
    const grounds = [...new Set(ties.map(({ ground }) => words.grounds[ground]))].join(', ');
    addRecord(
      mapping,
      'membership',
      { system: 'person', identifier: personId },
      {},
      {
        place: first.place,
        once: {
          grant: {
            personId,
            profession: person.profession,
            taskClass: person.taskClass,
            role: 'participant',
            validFrom,
            validTo: lastDay !== null && lastDay < validFrom ? validFrom : lastDay,
            ground: words.importedGround(grounds),
          },
        },
      },
    );
    if (!isProfessionKnown(person)) {
      warn(mapping, first.place, 'profession-unknown', 'a practitioner');
    }
  }
};

const days = (dates: readonly (string | undefined)[], edge: 'first' | 'last'): readonly string[] =>
  dates.flatMap((date) => (date === undefined ? [] : (dayOf(date, edge).day ?? []))).toSorted();

/** The name of whoever a reference means, for a text: as it says itself, else as the files say. */
export const nameOf = (
  mapping: ClientMapping,
  from: SourceResource,
  reference: Reference,
): string => {
  if (reference.display?.trim()) return reference.display.trim();
  const target = mapping.corpus.resolve(
    from,
    reference,
    'Practitioner',
    'PractitionerRole',
    'Organization',
    'Patient',
  );
  if (!target) return '';
  if (target.data.resourceType === 'Organization') return target.data.name?.trim() ?? '';
  if (target.data.resourceType === 'PractitionerRole') {
    return target.data.code.map(conceptText).filter(Boolean).join(', ');
  }
  const { given, family } = nameParts(currentName(target.data.name));
  return `${given} ${family}`.trim();
};
