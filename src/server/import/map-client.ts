import { ageOn } from '#shared/domain/civil-date.ts';
import { contactIdOf, planIdOf } from '#shared/domain/ids.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import { conceptText, currentName, dayOf, hasCode, nameParts, writtenDate } from './fhir-values.ts';
import type { ClientSource } from './gather-clients.ts';
import { addRecord, resolveOrWarn, warn, type ClientMapping } from './imported-record.ts';
import { tiePerson } from './map-people.ts';
import type { Address, ContactPoint, ResourceOf } from './resources.ts';
import type { MapOptions } from './map-options.ts';
import { finnishCodeOf, importedId } from './source-key.ts';
import { words } from './words.ts';

/** The client's own record, the people close, and the frame of the one shared plan. */
export const mapClient = (
  mapping: ClientMapping,
  source: ClientSource,
  { today, team }: Pick<MapOptions, 'today' | 'team'>,
): void => {
  const { patient } = source;
  const { data } = patient;
  const identity = identityOf(mapping, source);
  addRecord(
    mapping,
    'client',
    source.key,
    {
      identity,
      language: languageOf(mapping, source),
      protection: { restraintOnDisclosure: isRestrained(data) },
      origin: {
        system: source.key.system,
        identifier: source.key.identifier,
        label: `${identity.givenNames} ${identity.familyName}`.trim(),
      },
    },
    { place: patient, id: mapping.caseId, once: { care: { unitId: unitOf(mapping, source) } } },
  );
  addRecord(
    mapping,
    'contact',
    source.key,
    { contact: contactOf(data) },
    { place: patient, id: contactIdOf(mapping.caseId) },
  );
  mapContacts(mapping, source);
  for (const doctor of data.generalPractitioner) {
    tiePerson(mapping, patient, doctor, 'general-practitioner', { start: undefined, end: null });
  }

  const died = data.deceasedDateTime !== undefined || data.deceasedBoolean === true;
  const passing = words.deceased(data.deceasedDateTime ? writtenDate(data.deceasedDateTime) : '');
  addRecord(mapping, 'plan', source.key, died ? { situation: { text: passing } } : {}, {
    place: patient,
    id: planIdOf(mapping.caseId),
    once: {
      'what-matters': { text: '' },
      ...(died ? {} : { situation: { text: '' } }),
      strengths: { text: '' },
      custodian: { personId: team[0]?.id ?? null },
      review: { date: null },
      course: { track: trackOf(identity.birthDate, today), status: died ? 'ended' : 'active' },
    },
  });
};

const identityOf = (
  mapping: ClientMapping,
  { key, patient }: ClientSource,
): GroupValue<'client', 'identity'> => {
  const { identifier, name, birthDate } = patient.data;
  const official = nameParts(currentName(name));
  if (!official.given && !official.family) warn(mapping, patient, 'name-missing', 'a client');
  const code = finnishCodeOf(identifier);
  if (code.invalid !== null) {
    // The number itself stays out of messages: they end up in logs.
    warn(mapping, patient, 'identity-code-invalid', `Patient.identifier (urn:oid:1.2.246.21)`);
  }
  const day = birthDate === undefined ? null : exactDay(mapping, patient, birthDate);
  const nickname = name.find(({ use }) => use === 'nickname') ?? name.find(isUsual);
  return {
    familyName: official.given || official.family ? official.family : words.unnamed,
    givenNames: official.given,
    preferredName: nickname ? nameParts(nickname).given : '',
    personalIdentityCode: code.code,
    temporaryId: code.invalid ?? (code.code === null && day === null ? key.identifier : null),
    birthDate: day,
  };
};

const isUsual = ({ use, given }: ResourceOf<'Patient'>['name'][number]): boolean =>
  use === 'usual' && given.length > 0;

/** A birth date made up from a year would mislead: only a whole one is taken. */
const exactDay = (
  mapping: ClientMapping,
  place: ClientSource['patient'],
  date: string,
): string | null => {
  const { day, exact } = dayOf(date, 'first');
  if (day === null) warn(mapping, place, 'date-out-of-range', 'Patient.birthDate');
  else if (!exact) warn(mapping, place, 'birth-date-partial', 'Patient.birthDate');
  return exact ? day : null;
};

type Language = GroupValue<'client', 'language'>;
const serviceLanguages: readonly string[] = ['fi', 'sv', 'se', 'smn', 'sms', 'en'];

const languageOf = (mapping: ClientMapping, { patient }: ClientSource): Language => {
  const { communication, extension } = patient.data;
  const chosen = communication.find(({ preferred }) => preferred === true) ?? communication[0];
  const interpreter = extension.some(
    ({ url, valueBoolean }) => url.endsWith('interpreterRequired') && valueBoolean === true,
  );
  const code = chosen?.language.coding.find((one) => one.code?.trim())?.code?.trim() ?? '';
  const tag = code.toLowerCase().split(/[-_]/u)[0] ?? '';
  if (tag === '') {
    warn(mapping, patient, 'language-missing', 'Patient.communication');
    return {
      motherTongue: '',
      serviceLanguage: 'fi',
      interpreter,
      communication: chosen
        ? words.languageInSource(conceptText(chosen.language))
        : words.languageMissing,
    };
  }
  const known = serviceLanguages.includes(tag);
  return {
    motherTongue: tag,
    serviceLanguage: known ? (tag as Language['serviceLanguage']) : 'other',
    interpreter,
    communication: known ? '' : words.languageInSource(conceptText(chosen?.language)),
  };
};

const contactOf = (patient: ResourceOf<'Patient'>): GroupValue<'contact', 'contact'> => {
  const address = currentAddress(patient.address);
  const line = address?.line.flatMap((part) => part?.trim() || []).join(', ') ?? '';
  return {
    phone: reach(patient.telecom, 'phone', 'sms'),
    email: reach(patient.telecom, 'email'),
    streetAddress: line || (address?.city ? '' : (address?.text?.trim() ?? '')),
    postalCode: address?.postalCode?.trim() ?? '',
    town: address?.city?.trim() ?? '',
    municipality: municipalityOf(patient),
  };
};

const addressOrder = ['home', undefined, 'temp', 'billing', 'work'];

const currentAddress = (addresses: readonly Address[]): Address | undefined =>
  addresses
    .filter(({ use }) => use !== 'old')
    .toSorted((a, b) => addressOrder.indexOf(a.use) - addressOrder.indexOf(b.use))[0];

const reach = (telecom: readonly ContactPoint[], ...systems: readonly string[]): string =>
  telecom
    .filter(({ system, use }) => systems.includes(system ?? '') && use !== 'old')
    .toSorted((a, b) => (a.rank ?? 99) - (b.rank ?? 99))
    .find(({ value }) => value?.trim())
    ?.value?.trim() ?? '';

/** Kotikunta: HL7 Finland's extension with a code of the national list of municipalities. */
const municipalityOf = ({ extension }: ResourceOf<'Patient'>): string => {
  const coding = extension.find(({ valueCoding }) =>
    valueCoding?.system?.startsWith('urn:oid:1.2.246.537.6.21'),
  )?.valueCoding;
  return coding?.display?.trim() ?? coding?.code ?? '';
};

/** Turvakielto as HL7 Finland labels it, or a patient marked as restricted (v3-Confidentiality). */
const isRestrained = ({ meta }: ResourceOf<'Patient'>): boolean =>
  meta.security.some(
    ({ system, code }) =>
      code === 'TURVAKIELTO' ||
      (system?.endsWith('v3-Confidentiality') === true && (code === 'R' || code === 'V')),
  );

const unitOf = (mapping: ClientMapping, { patient }: ClientSource): string | null => {
  const reference = patient.data.managingOrganization;
  const unit = reference && resolveOrWarn(mapping, patient, reference, 'Organization');
  return unit?.source ? importedId('unit', unit.key) : null;
};

const mapContacts = (mapping: ClientMapping, { key, patient }: ClientSource): void => {
  const seen = new Map<string, number>();
  for (const contact of patient.data.contact) {
    const { given, family } = nameParts(contact.name);
    const name = `${given} ${family}`.trim();
    if (name === '') continue;
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    // A bare code ("N") tells nobody who this is.
    const relation = contact.relationship
      .map(({ text, coding }) => text?.trim() || coding.find(({ display }) => display)?.display)
      .filter(Boolean)
      .join(', ');
    addRecord(
      mapping,
      'representative',
      { system: key.system, identifier: `${key.identifier}#contact:${name}:${before}` },
      {
        details: {
          name,
          role: contact.relationship.some((one) => hasCode(one, 'GUARD'))
            ? 'legal-guardian'
            : 'close-person',
          phone: reach(contact.telecom, 'phone', 'sms'),
          // A right to be told is never taken from a contact list.
          mayReceiveInformation: false,
          taskInPlan: relation || words.nextOfKin,
        },
      },
      { place: patient },
    );
  }
};

const trackOf = (
  birthDate: string | null,
  today: string,
): GroupValue<'plan', 'course'>['track'] => {
  if (birthDate === null) return 'working-age';
  const age = ageOn(birthDate, today);
  if (age < 18) return 'families';
  return age < 65 ? 'working-age' : 'older-people';
};
