import type { Id } from '#shared/domain/ids.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import type { Found } from './corpus.ts';
import {
  conceptText,
  conceptTexts,
  lines,
  mappedCode,
  quantityText,
  titled,
  writtenDate,
} from './fhir-values.ts';
import { addRecord, plannedDay, warn, type ClientMapping } from './imported-record.ts';
import { placedKey, type Placed } from './placed.ts';
import { tiePerson } from './map-people.ts';
import type { Reference, ResourceOf } from './resources.ts';
import type { SourceResource } from './source-resource.ts';
import { words } from './words.ts';

type Goal = ResourceOf<'Goal'>;

/** A goal of the source under a need. @param from the resource that holds or names it */
export const addGoal = (
  mapping: ClientMapping,
  from: SourceResource,
  goal: Found<'Goal'>,
  needId: Id,
  placed: Placed,
  parentWrong: boolean,
): Id => {
  const { data } = goal;
  const place = goal.place;
  const wrong = data.lifecycleStatus === 'entered-in-error';
  if (wrong) warn(mapping, place, 'marked-wrong', 'Goal.lifecycleStatus');
  const { title, description } = titled(conceptText(data.description));
  const day = plannedDay(mapping, place, data.statusDate, 'last');
  const id = addRecord(
    mapping,
    'goal',
    goal.key,
    {
      belonging: { needId },
      statement: {
        title,
        description: lines(
          description,
          ...data.target.map(targetText),
          ...data.note.map(({ text }) => text.trim()),
        ),
        voice: voiceOf(data.expressedBy),
      },
      target: { date: plannedDay(mapping, place, latestDue(data), 'last') },
      lifecycle: { ...lifecycles[data.lifecycleStatus], ...reasonOf(data), date: day },
      achievement: achievementOf(data, day),
      origin: { system: goal.key.system, identifier: goal.key.identifier, label: title },
    },
    { place, list: needId, onlyIfKnown: wrong || parentWrong },
  );
  placed.set(placedKey(goal.key), id);
  tiePerson(mapping, goal.source ?? from, data.expressedBy, 'recorder', {
    start: data.startDate,
    end: isOpen(data) ? null : data.statusDate,
  });
  return id;
};

const lifecycles: {
  readonly [status in Goal['lifecycleStatus']]: Pick<
    GroupValue<'goal', 'lifecycle'>,
    'status' | 'reason'
  >;
} = {
  proposed: { status: 'proposed', reason: '' },
  planned: { status: 'agreed', reason: '' },
  accepted: { status: 'agreed', reason: '' },
  active: { status: 'active', reason: '' },
  'on-hold': { status: 'on-hold', reason: words.paused('') },
  completed: { status: 'ended', reason: '' },
  cancelled: { status: 'cancelled', reason: '' },
  rejected: { status: 'cancelled', reason: '' },
  'entered-in-error': { status: 'cancelled', reason: words.markedWrong },
};

const isOpen = ({ lifecycleStatus }: Goal): boolean => {
  const { status } = lifecycles[lifecycleStatus];
  return status !== 'ended' && status !== 'cancelled';
};

const reasonOf = ({ statusReason }: Goal): { readonly reason?: string } =>
  statusReason?.trim() ? { reason: statusReason.trim() } : {};

/** hl7.org/fhir/R4/valueset-goal-achievement; `in-progress` says nothing about how it goes. */
const achievements: {
  readonly [code: string]: GroupValue<'goal', 'achievement'>['achievement'];
} = {
  'in-progress': 'not-assessed',
  improving: 'improving',
  worsening: 'worsening',
  'no-change': 'no-change',
  achieved: 'achieved',
  sustaining: 'achieved',
  'not-achieved': 'not-achieved',
  'no-progress': 'no-change',
  'not-attainable': 'not-achieved',
};

const achievementOf = (
  { achievementStatus, outcomeCode }: Goal,
  date: string | null,
): GroupValue<'goal', 'achievement'> => {
  const achievement = mappedCode(achievementStatus, achievements) ?? 'not-assessed';
  const inSource = conceptText(achievementStatus);
  const outcome = conceptTexts(outcomeCode);
  return {
    achievement,
    date: achievement === 'not-assessed' ? null : date,
    grounds: lines(
      inSource && words.achievementInSource(inSource),
      outcome && words.outcome(outcome),
    ),
  };
};

const voiceOf = (reference: Reference | undefined): GroupValue<'goal', 'statement'>['voice'] => {
  const type = /(?:^|\/)(Patient|RelatedPerson)\//u.exec(reference?.reference ?? '')?.[1];
  if (type === 'Patient') return 'client';
  return type === 'RelatedPerson' ? 'representative' : 'professional';
};

const latestDue = ({ target }: Goal): string | undefined =>
  target
    .flatMap(({ dueDate }) => dueDate ?? [])
    .toSorted()
    .at(-1);

const targetText = (target: Goal['target'][number]): string => {
  const { low, high } = target.detailRange ?? {};
  const range = low || high ? `${quantityText(low)}–${quantityText(high)}` : '';
  const detail =
    quantityText(target.detailQuantity) ||
    range ||
    conceptText(target.detailCodeableConcept) ||
    (target.detailString ?? '');
  const measure = conceptText(target.measure);
  return measure || detail
    ? words.target(measure, detail, target.dueDate ? writtenDate(target.dueDate) : '')
    : '';
};
