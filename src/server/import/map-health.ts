import type { Id } from '#shared/domain/ids.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { ClientSource } from './gather-clients.ts';
import {
  conceptText,
  conceptTexts,
  hasCode,
  lines,
  mappedCode,
  quantityText,
  timingText,
  titled,
  writtenDate,
} from './fhir-values.ts';
import {
  addRecord,
  resolveOrWarn,
  plannedDay,
  warn,
  type ClientMapping,
} from './imported-record.ts';
import { conditionEnd, conditionName, conditionStart, type NeedStatus } from './map-care-plan.ts';
import { nameOf, tiePerson } from './map-people.ts';
import type { ResourceOf } from './resources.ts';
import type { SourceKey } from './source-key.ts';
import type { SourceResource } from './source-resource.ts';
import { words } from './words.ts';

const isWrong = (resource: ResourceOf<'Condition' | 'AllergyIntolerance'>): boolean =>
  hasCode(resource.verificationStatus, 'entered-in-error', 'refuted');

/** A condition that no care plan addresses becomes a need of its own. */
export const mapCondition = (
  mapping: ClientMapping,
  condition: SourceResource<'Condition'>,
): void => {
  const { data } = condition;
  const key = mapping.corpus.keyOf(condition);
  const { title, description } = titled(conditionName(data));
  const wrong = isWrong(data);
  if (wrong) warn(mapping, condition, 'marked-wrong', 'Condition.verificationStatus');
  const start = conditionStart(data);
  const severity = conceptText(data.severity);
  addRecord(
    mapping,
    'need',
    key,
    {
      heading: { lifeArea: 'health', title },
      assessment: {
        text: lines(
          description,
          start && words.since(writtenDate(start)),
          data.onsetString?.trim(),
          data.abatementString?.trim(),
          severity && words.severity(severity),
          hasCode(data.verificationStatus, 'unconfirmed', 'provisional', 'differential') &&
            words.unconfirmed,
          ...data.note.map(({ text }) => text.trim()),
        ),
      },
      status: conditionStatus(mapping, condition),
      origin: { system: key.system, identifier: key.identifier, label: title },
    },
    { place: condition, list: 'needs', onlyIfKnown: wrong, once: { 'client-words': { text: '' } } },
  );
};

/** Those who recorded or asserted a condition, whether or not it became a need of its own. */
export const tieConditionPeople = (
  mapping: ClientMapping,
  condition: SourceResource<'Condition'>,
): void => {
  const time = { start: conditionStart(condition.data), end: condition.data.recordedDate };
  tiePerson(mapping, condition, condition.data.recorder, 'recorder', time);
  tiePerson(mapping, condition, condition.data.asserter, 'recorder', time);
};

/** hl7.org/fhir/R4/valueset-condition-clinical */
const needStatuses: { readonly [code: string]: NeedStatus['status'] } = {
  active: 'open',
  recurrence: 'open',
  relapse: 'open',
  inactive: 'resolved',
  remission: 'resolved',
  resolved: 'resolved',
};

const conditionStatus = (
  mapping: ClientMapping,
  condition: SourceResource<'Condition'>,
): NeedStatus => {
  const { data } = condition;
  if (isWrong(data)) {
    const refuted = hasCode(data.verificationStatus, 'refuted');
    return {
      status: 'no-longer-relevant',
      reason: refuted ? words.refuted : words.markedWrong,
      date: null,
    };
  }
  const ended = conditionEnd(data);
  const status =
    mappedCode(data.clinicalStatus, needStatuses) ?? (ended === undefined ? 'open' : 'resolved');
  return {
    status,
    reason: '',
    date: status === 'resolved' ? plannedDay(mapping, condition, ended, 'last') : null,
  };
};

/** All medication stands under one need, each medicine as something to follow up, never a prescription. */
export const mapMedication = (
  mapping: ClientMapping,
  source: ClientSource,
  requests: readonly SourceResource<'MedicationRequest'>[],
): void => {
  const [first] = requests;
  if (!first) return;
  const goesOn = requests.some(({ data }) => isOngoing(data));
  const key: SourceKey = {
    system: source.key.system,
    identifier: `${source.key.identifier}#medication`,
  };
  const origin = { ...key, label: words.medication };
  const needId = addRecord(
    mapping,
    'need',
    key,
    {
      heading: { lifeArea: 'medication', title: words.medication },
      assessment: { text: words.medicationAssessment },
      status: { status: goesOn ? 'in-progress' : 'resolved', reason: '', date: null },
      origin,
    },
    { place: source.patient, list: 'needs', once: { 'client-words': { text: '' } } },
  );
  const goalId = addRecord(
    mapping,
    'goal',
    key,
    {
      belonging: { needId },
      statement: { title: words.medicationGoal, description: '', voice: 'professional' },
      lifecycle: { status: goesOn ? 'active' : 'ended', reason: '', date: null },
      origin,
    },
    {
      place: source.patient,
      list: needId,
      once: {
        target: { date: null },
        achievement: { achievement: 'not-assessed', date: null, grounds: '' },
      },
    },
  );
  for (const request of requests) addMedicine(mapping, request, goalId);
};

const isOngoing = ({ status }: ResourceOf<'MedicationRequest'>): boolean =>
  status === 'active' || status === 'on-hold' || status === 'draft' || status === 'unknown';

const addMedicine = (
  mapping: ClientMapping,
  request: SourceResource<'MedicationRequest'>,
  goalId: Id,
): void => {
  const { data } = request;
  const key = mapping.corpus.keyOf(request);
  const { title, description } = titled(medicineName(mapping, request));
  const wrong = data.status === 'entered-in-error';
  if (wrong) warn(mapping, request, 'marked-wrong', 'MedicationRequest.status');
  const prescriber = data.requester ? nameOf(mapping, request, data.requester) : '';
  const reason = reasonText(mapping, request);
  tiePerson(mapping, request, data.requester, 'requester', {
    start: data.authoredOn,
    end: isOngoing(data) ? null : data.authoredOn,
  });
  addRecord(
    mapping,
    'action',
    key,
    {
      belonging: { goalId },
      content: {
        kind: 'medication-follow-up',
        title: data.doNotPerform === true ? words.notToUse(title) : title,
        description: lines(
          description,
          ...data.dosageInstruction.map(doseText),
          reason && words.reasonFor(reason),
          prescriber && words.prescribedBy(prescriber),
          ...data.note.map(({ text }) => text.trim()),
        ),
      },
      schedule: {
        frequency: data.dosageInstruction.map(howOften).filter(Boolean).join('; '),
        start: plannedDay(mapping, request, data.authoredOn, 'first'),
        end: null,
      },
      // Who prescribed once does not therefore answer for following it up: a person decides who does.
      responsibility: { responsibleId: null, deputyId: null },
      status: medicineStatus(data),
      origin: { system: key.system, identifier: key.identifier, label: title },
    },
    {
      place: request,
      list: goalId,
      onlyIfKnown: wrong,
      once: { provider: { name: '', type: 'own' } },
    },
  );
};

const medicineName = (
  mapping: ClientMapping,
  request: SourceResource<'MedicationRequest'>,
): string => {
  const { medicationCodeableConcept, medicationReference } = request.data;
  const named = conceptText(medicationCodeableConcept);
  if (named || !medicationReference) return named || words.unknownMedicine;
  const medication = resolveOrWarn(mapping, request, medicationReference, 'Medication');
  return (
    conceptText(medication?.data.code) ||
    medicationReference.display?.trim() ||
    words.unknownMedicine
  );
};

const reasonText = (
  mapping: ClientMapping,
  request: SourceResource<'MedicationRequest'>,
): string => {
  const referred = request.data.reasonReference.map((reference) => {
    const condition = resolveOrWarn(mapping, request, reference, 'Condition');
    return condition ? conditionName(condition.data) : (reference.display?.trim() ?? '');
  });
  return [...new Set([...request.data.reasonCode.map(conceptText), ...referred])]
    .filter(Boolean)
    .join(', ');
};

type Dosage = ResourceOf<'MedicationRequest'>['dosageInstruction'][number];

const doseText = (dosage: Dosage): string => {
  const doses = dosage.doseAndRate
    .map(({ doseQuantity, doseRange }) =>
      doseRange
        ? `${quantityText(doseRange.low)}–${quantityText(doseRange.high)}`
        : quantityText(doseQuantity),
    )
    .filter(Boolean)
    .join(', ');
  return lines(
    dosage.text?.trim(),
    doses && words.dose(doses),
    dosage.patientInstruction?.trim(),
    conceptTexts(dosage.additionalInstruction),
  );
};

const howOften = (dosage: Dosage): string => {
  const reason = conceptText(dosage.asNeededCodeableConcept);
  const needed = reason
    ? words.asNeededFor(reason)
    : dosage.asNeededBoolean === true
      ? words.asNeeded
      : '';
  return [timingText(dosage.timing), needed].filter(Boolean).join(', ');
};

const medicineStatus = ({
  status,
  statusReason,
}: ResourceOf<'MedicationRequest'>): GroupValue<'action', 'status'> => {
  const reason = conceptText(statusReason);
  switch (status) {
    case 'active':
      return { status: 'in-progress', reason, date: null };
    case 'on-hold':
      return { status: 'agreed', reason: words.paused(reason), date: null };
    case 'completed':
      return { status: 'done', reason, date: null };
    // A medicine that was stopped needs no follow-up any more: nothing was left undone.
    case 'stopped':
      return { status: 'done', reason: words.stopped(reason), date: null };
    case 'cancelled':
      return { status: 'not-done', reason: words.notDone(status, reason), date: null };
    case 'entered-in-error':
      return { status: 'not-done', reason: words.markedWrong, date: null };
    case 'draft':
    case 'unknown':
      return { status: 'proposed', reason, date: null };
    default:
      return assertNever(status);
  }
};

/** Allergies are read together, so they stand together: one need whose assessment lists them. */
export const mapAllergies = (
  mapping: ClientMapping,
  source: ClientSource,
  allergies: readonly SourceResource<'AllergyIntolerance'>[],
): void => {
  const listed = allergies.filter((allergy) => {
    if (isWrong(allergy.data)) warn(mapping, allergy, 'marked-wrong', 'AllergyIntolerance');
    return !isWrong(allergy.data);
  });
  // Should the list be too long to store, the one that makes it so is named.
  const [longest] = listed.toSorted((a, b) => b.content.length - a.content.length);
  if (!longest) return;
  const key = { system: source.key.system, identifier: `${source.key.identifier}#allergies` };
  const current = listed.some(({ data }) => !hasCode(data.clinicalStatus, 'inactive', 'resolved'));
  addRecord(
    mapping,
    'need',
    key,
    {
      heading: { lifeArea: 'health', title: words.allergies },
      assessment: {
        text: listed
          .map(({ data }) => allergyText(data))
          .toSorted()
          .join('\n'),
      },
      status: { status: current ? 'open' : 'resolved', reason: '', date: null },
      origin: { ...key, label: words.allergies },
    },
    { place: longest, list: 'needs', once: { 'client-words': { text: '' } } },
  );
};

const allergyText = (allergy: ResourceOf<'AllergyIntolerance'>): string => {
  const details = [
    allergy.criticality === 'high' && words.allergyHigh,
    hasCode(allergy.verificationStatus, 'unconfirmed') && words.allergyUnconfirmed,
    hasCode(allergy.clinicalStatus, 'inactive', 'resolved') && words.allergyPast,
    ...allergy.reaction.map(
      ({ manifestation, description }) => description?.trim() ?? conceptTexts(manifestation),
    ),
    ...allergy.note.map(({ text }) => text.trim()),
  ].filter((part) => typeof part === 'string' && part !== '');
  return words.addressed(conceptText(allergy.code) || words.condition, details.join('; '));
};
