import type { Id } from '#shared/domain/ids.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { Found } from './corpus.ts';
import {
  conceptText,
  conceptTexts,
  lines,
  mappedCode,
  narrativeText,
  titled,
  writtenDate,
  writtenPeriod,
} from './fhir-values.ts';
import {
  addRecord,
  resolveOrWarn,
  plannedDay,
  warn,
  type ClientMapping,
} from './imported-record.ts';
import { addActivity } from './map-activity.ts';
import { addGoal } from './map-goal.ts';
import { tieFound, tiePerson, type WorkTime } from './map-people.ts';
import { placedKey, type Placed } from './placed.ts';
import type { ResourceOf } from './resources.ts';
import type { Keyed } from './source-key.ts';
import type { SourceResource } from './source-resource.ts';
import { words } from './words.ts';

type CarePlan = SourceResource<'CarePlan'>;
export type NeedStatus = GroupValue<'need', 'status'>;

/** Life areas of care plans by SNOMED CT category; the rest belongs to health. */
const lifeAreas: { readonly [code: string]: string } = {
  '91251008': 'mobility',
  '872781000000100': 'mobility',
  '385691007': 'mobility',
  '326051000000105': 'everyday-life',
  '386257007': 'memory',
  '718347000': 'mental-health',
  '229065009': 'mobility',
  '1751000175109': 'nutrition',
};

/** A care plan of the source becomes a need of its own, its goals stand under it, its activities under them. */
export const mapCarePlan = (
  mapping: ClientMapping,
  plan: CarePlan,
  placed: Placed,
  addressed: Set<string>,
): void => {
  const { data } = plan;
  const key = mapping.corpus.keyOf(plan);
  const title = titleOf(data);
  const wrong = data.status === 'entered-in-error';
  if (wrong) warn(mapping, plan, 'marked-wrong', 'CarePlan.status');
  const period = writtenPeriod(data.period);
  const needId = addRecord(
    mapping,
    'need',
    key,
    {
      heading: {
        lifeArea: data.category.flatMap((one) => mappedCode(one, lifeAreas) ?? [])[0] ?? 'health',
        title: titled(title).title,
      },
      assessment: { text: assessmentOf(mapping, plan, addressed) },
      status: statusOf(mapping, plan),
      origin: {
        system: key.system,
        identifier: key.identifier,
        label: titled(lines(title, period).replace('\n', ', ')).title,
      },
    },
    { place: plan, list: 'needs', onlyIfKnown: wrong, once: { 'client-words': { text: '' } } },
  );

  const goals: Id[] = [];
  for (const reference of data.goal) {
    const goal = resolveOrWarn(mapping, plan, reference, 'Goal');
    if (!goal) continue;
    goals.push(
      placed.get(placedKey(goal.key)) ?? addGoal(mapping, plan, goal, needId, placed, wrong),
    );
  }
  addActivities(mapping, plan, { needId, goals, title, placed, wrong });
  tieTeam(mapping, plan);
};

const titleOf = (data: ResourceOf<'CarePlan'>): string =>
  data.title?.trim() || conceptTexts(data.category) || data.description?.trim() || words.carePlan;

const assessmentOf = (mapping: ClientMapping, plan: CarePlan, addressed: Set<string>): string => {
  const { data } = plan;
  const conditions = data.addresses.map((reference) => {
    const condition = resolveOrWarn(mapping, plan, reference, 'Condition');
    if (!condition) return words.addressed(reference.display?.trim() || words.unknownCondition, '');
    addressed.add(placedKey(condition.key));
    return words.addressed(conditionName(condition.data), conditionDetails(condition.data));
  });
  const period = writtenPeriod(data.period);
  return lines(
    data.description?.trim(),
    period && words.inSource(period),
    conditions.length > 0 && [words.background, ...conditions].join('\n'),
    ...data.note.map(({ text }) => text.trim()),
    // A generated narrative only repeats the fields; any other says something of its own.
    data.text && data.text.status !== 'generated' && data.text.status !== 'empty'
      ? narrativeText(data.text.div)
      : '',
  );
};

export const conditionName = (condition: ResourceOf<'Condition'>): string =>
  conceptText(condition.code) || words.condition;

const conditionDetails = (condition: ResourceOf<'Condition'>): string => {
  const [onset, end] = [conditionStart(condition), conditionEnd(condition)];
  return [onset && words.since(writtenDate(onset)), end && words.ended(writtenDate(end))]
    .filter(Boolean)
    .join(', ');
};

export const conditionStart = (condition: ResourceOf<'Condition'>): string | undefined =>
  condition.onsetDateTime ?? condition.onsetPeriod?.start ?? condition.recordedDate;

export const conditionEnd = (condition: ResourceOf<'Condition'>): string | undefined =>
  condition.abatementDateTime ?? condition.abatementPeriod?.end;

const statusOf = (mapping: ClientMapping, plan: CarePlan): NeedStatus => {
  const { status, period } = plan.data;
  const ended = (): string | null => plannedDay(mapping, plan, period?.end, 'last');
  switch (status) {
    case 'active':
      return { status: 'in-progress', reason: '', date: null };
    case 'draft':
    case 'unknown':
      return { status: 'open', reason: '', date: null };
    case 'on-hold':
      return { status: 'open', reason: words.paused(''), date: null };
    case 'completed':
      return { status: 'resolved', reason: '', date: ended() };
    case 'revoked':
      return { status: 'no-longer-relevant', reason: words.withdrawn, date: ended() };
    case 'entered-in-error':
      return { status: 'no-longer-relevant', reason: words.markedWrong, date: null };
    default:
      return assertNever(status);
  }
};

type Branch = {
  readonly needId: Id;
  readonly goals: readonly Id[];
  readonly title: string;
  readonly placed: Placed;
  readonly wrong: boolean;
};

/**
 * An activity stands under the goal that it names, or under the plan's only goal. What names none of
 * several goals is not guessed onto one: it stands under a goal of its own name.
 */
const addActivities = (mapping: ClientMapping, plan: CarePlan, branch: Branch): void => {
  const key = mapping.corpus.keyOf(plan);
  const seen = new Map<string, number>();
  const [only, ...others] = branch.goals;
  let common: Id | undefined = others.length === 0 ? only : undefined;
  for (const activity of plan.data.activity) {
    const named = activity.detail?.goal.flatMap((reference) => {
      const goal = mapping.corpus.resolve(plan, reference, 'Goal');
      return (goal && branch.placed.get(placedKey(goal.key))) ?? [];
    })[0];
    if (named === undefined && common === undefined) {
      common = addCommonGoal(mapping, plan, key, branch);
    }
    addActivity(mapping, plan, activity, named ?? common ?? branch.needId, seen, branch.wrong);
  }
};

const addCommonGoal = (
  mapping: ClientMapping,
  plan: CarePlan,
  key: Keyed,
  { needId, title, wrong }: Branch,
): Id =>
  addRecord(
    mapping,
    'goal',
    { system: key.system, identifier: `${key.identifier}#activities` },
    {
      belonging: { needId },
      statement: {
        title: words.plannedActivities(titled(title).title),
        description: '',
        voice: 'professional',
      },
      target: { date: plannedDay(mapping, plan, plan.data.period?.end, 'last') },
      lifecycle: lifecycleOfPlan[plan.data.status],
      origin: {
        system: key.system,
        identifier: key.identifier,
        label: titled(title).title,
      },
    },
    {
      place: plan,
      list: needId,
      onlyIfKnown: wrong,
      once: { achievement: { achievement: 'not-assessed', date: null, grounds: '' } },
    },
  );

const lifecycleOfPlan: {
  readonly [status in ResourceOf<'CarePlan'>['status']]: GroupValue<'goal', 'lifecycle'>;
} = {
  draft: { status: 'proposed', reason: '', date: null },
  active: { status: 'active', reason: '', date: null },
  'on-hold': { status: 'on-hold', reason: words.paused(''), date: null },
  revoked: { status: 'cancelled', reason: words.withdrawn, date: null },
  completed: { status: 'ended', reason: '', date: null },
  'entered-in-error': { status: 'cancelled', reason: words.markedWrong, date: null },
  unknown: { status: 'proposed', reason: '', date: null },
};

/** Still going on at the source: a person named in it belongs to the team without an end. */
const goesOn = ({ status }: ResourceOf<'CarePlan'>): boolean =>
  status === 'active' || status === 'on-hold' || status === 'draft' || status === 'unknown';

export const planTime = (data: ResourceOf<'CarePlan'>): WorkTime => ({
  start: data.period?.start ?? data.created,
  end: goesOn(data) ? null : data.period?.end,
});

const tieTeam = (mapping: ClientMapping, plan: CarePlan): void => {
  const time = planTime(plan.data);
  tiePerson(mapping, plan, plan.data.author, 'care-plan', time);
  for (const one of plan.data.contributor) tiePerson(mapping, plan, one, 'care-plan', time);
  for (const reference of plan.data.careTeam) {
    const team = resolveOrWarn(mapping, plan, reference, 'CareTeam');
    for (const { member, period } of team?.data.participant ?? []) {
      // A member may be contained in the plan or, for a team of its own, stand beside it.
      const person = member && memberOf(mapping, plan, team, member);
      if (person) {
        tieFound(mapping, person, 'care-team', plan, {
          start: period?.start ?? time.start,
          end: period?.end ?? time.end,
        });
      }
    }
  }
};

const memberOf = (
  mapping: ClientMapping,
  plan: CarePlan,
  team: Found<'CareTeam'> | null,
  member: ResourceOf<'CareTeam'>['participant'][number]['member'],
): Found<'Practitioner'> | null =>
  mapping.corpus.resolve(team?.source ?? plan, member, 'Practitioner');
