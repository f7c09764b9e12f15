import type { Id } from '#shared/domain/ids.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { conceptText, conceptTexts, lines, timingText, titled } from './fhir-values.ts';
import { addRecord, plannedDay, warn, type ClientMapping } from './imported-record.ts';
import { nameOf, tiePerson } from './map-people.ts';
import type { ActivityDetail, Reference, ResourceOf } from './resources.ts';
import type { SourceResource } from './source-resource.ts';
import { words } from './words.ts';

type CarePlan = SourceResource<'CarePlan'>;
type Activity = ResourceOf<'CarePlan'>['activity'][number];

/**
 * An activity of a care plan as an action. Activities have no identifier: one is known again by its
 * own id or by what it is, counted among its equals, so that a new one in between moves none.
 * @param seen counts the equals within the plan
 */
export const addActivity = (
  mapping: ClientMapping,
  plan: CarePlan,
  activity: Activity,
  goalId: Id,
  seen: Map<string, number>,
  wrongPlan: boolean,
): void => {
  const key = mapping.corpus.keyOf(plan);
  const { detail } = activity;
  const name = nameOfActivity(activity);
  const { title, description } = titled(name || words.activity);
  const what = activity.id ?? `${detail?.code?.coding[0]?.code ?? ''}:${name}`;
  const before = seen.get(what) ?? 0;
  seen.set(what, before + 1);
  const wrong = detail?.status === 'entered-in-error';
  if (wrong) warn(mapping, plan, 'marked-wrong', 'CarePlan.activity.detail.status');
  // The request itself was trimmed away, or it stands in the plan by itself (a medication).
  if (activity.reference && !detail && name === '') {
    warn(mapping, plan, 'reference-missing', activity.reference.reference ?? 'CarePlan.activity');
  }
  const doer = doerOf(mapping, plan, detail);
  addRecord(
    mapping,
    'action',
    { system: key.system, identifier: `${key.identifier}#activity:${what}:${before}` },
    {
      belonging: { goalId },
      content: {
        kind: kindOf(detail, doer.type),
        title: detail?.doNotPerform === true ? words.notToDo(title) : title,
        description: lines(description, descriptionOf(mapping, plan, activity, name)),
      },
      schedule: scheduleOf(mapping, plan, detail),
      responsibility: { responsibleId: doer.personId, deputyId: null },
      provider: { name: doer.name, type: doer.type === 'close' ? 'family' : 'own' },
      status: detail ? statusOf(detail) : { status: 'proposed', reason: '', date: null },
      origin: {
        system: key.system,
        identifier: `${key.identifier}#activity:${what}:${before}`,
        label: title,
      },
    },
    { place: plan, list: goalId, onlyIfKnown: wrong || wrongPlan },
  );
};

const nameOfActivity = ({ detail, reference }: Activity): string =>
  conceptText(detail?.code) || detail?.description?.trim() || (reference?.display?.trim() ?? '');

const descriptionOf = (
  mapping: ClientMapping,
  plan: CarePlan,
  { detail, progress, outcomeCodeableConcept }: Activity,
  name: string,
): string => {
  const description = detail?.description?.trim() ?? '';
  const product =
    conceptText(detail?.productCodeableConcept) ||
    (detail?.productReference ? nameOf(mapping, plan, detail.productReference) : '');
  const place = detail?.location?.display?.trim();
  const outcome = conceptTexts(outcomeCodeableConcept);
  return lines(
    description !== name && description,
    product && words.product(product),
    place && words.where(place),
    ...progress.map(({ text }) => text.trim()),
    outcome && words.outcome(outcome),
  );
};

type Doer = {
  readonly personId: Id | null;
  /** Who does it, for the provider's name: an organisation, or a person who is not in the directory. */
  readonly name: string;
  readonly type: 'client' | 'close' | 'other';
};

const doerOf = (
  mapping: ClientMapping,
  plan: CarePlan,
  detail: ActivityDetail | undefined,
): Doer => {
  const performers = detail?.performer ?? [];
  const { period, status } = plan.data;
  const people = performers.map((one) =>
    tiePerson(mapping, plan, one, 'performer', {
      start: period?.start,
      end: status === 'active' ? null : period?.end,
    }),
  );
  const unnamed = performers.filter(
    (one, index) => people[index] === null && !isOfType(one, 'Patient'),
  );
  return {
    personId: people.find((id) => id !== null) ?? null,
    name: unnamed
      .map((one) => nameOf(mapping, plan, one))
      .filter(Boolean)
      .join(', '),
    type: performers.some((one) => isOfType(one, 'Patient'))
      ? 'client'
      : performers.some((one) => isOfType(one, 'RelatedPerson'))
        ? 'close'
        : 'other',
  };
};

const isOfType = ({ reference }: Reference, type: string): boolean =>
  new RegExp(`(?:^|/)${type}/`, 'u').test(reference ?? '');

const kindOf = (
  detail: ActivityDetail | undefined,
  doer: Doer['type'],
): GroupValue<'action', 'content'>['kind'] => {
  if (doer === 'client') return 'self-care';
  if (doer === 'close') return 'support-by-close-person';
  const kind = detail?.kind;
  switch (kind) {
    case 'MedicationRequest':
      return 'medication-follow-up';
    case 'Appointment':
    case 'DeviceRequest':
    case 'VisionPrescription':
    case 'Task':
      return 'service';
    case 'NutritionOrder':
    case 'ServiceRequest':
    case 'CommunicationRequest':
    case undefined:
      return 'care';
    default:
      return assertNever(kind);
  }
};

const scheduleOf = (
  mapping: ClientMapping,
  plan: CarePlan,
  detail: ActivityDetail | undefined,
): GroupValue<'action', 'schedule'> => {
  const period = detail?.scheduledPeriod ?? detail?.scheduledTiming?.repeat?.boundsPeriod;
  return {
    frequency: timingText(detail?.scheduledTiming) || (detail?.scheduledString?.trim() ?? ''),
    start: plannedDay(mapping, plan, period?.start, 'first'),
    end: plannedDay(mapping, plan, period?.end, 'last'),
  };
};

const statusOf = (detail: ActivityDetail): GroupValue<'action', 'status'> => {
  const reason = conceptText(detail.statusReason);
  switch (detail.status) {
    case 'not-started':
    case 'scheduled':
      return { status: 'agreed', reason, date: null };
    case 'in-progress':
      return { status: 'in-progress', reason, date: null };
    case 'on-hold':
      return { status: 'agreed', reason: words.paused(reason), date: null };
    case 'completed':
      return { status: 'done', reason, date: null };
    case 'cancelled':
    case 'stopped':
      return { status: 'not-done', reason: words.notDone(detail.status, reason), date: null };
    case 'entered-in-error':
      return { status: 'not-done', reason: words.markedWrong, date: null };
    case 'unknown':
      return { status: 'proposed', reason, date: null };
    default:
      return assertNever(detail.status);
  }
};
