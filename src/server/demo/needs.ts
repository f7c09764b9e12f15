import type { CivilDate } from '#shared/domain/civil-date.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { civilDate, type DayNumber } from './days.ts';
import type { ActionDraft, GoalDraft, NeedDraft, WithHistory } from './draft.ts';
import {
  phrases,
  themesOfTrack,
  type ActionTemplate,
  type GoalTemplate,
  type NeedTheme,
} from './material.ts';
import type { Profile } from './profile.ts';
import type { Random } from './random.ts';
import type { Team } from './team.ts';
import { fill, type Slots } from './template.ts';

/** What a plan is written from: one client, one team, one stream of chance. */
export type Writing = {
  readonly profile: Profile;
  readonly team: Team;
  readonly slots: Slots;
  readonly startDay: DayNumber;
  readonly today: DayNumber;
  readonly random: Random;
};

/** Themes of working age that also fit a parent whose plan is the families' services'. */
const alsoForParents: readonly string[] = [
  'debts',
  'anxiety',
  'adhd-adult',
  'diabetes-working-age',
];

/** Two to four themes that fit the client's age, one per area of life, none contradicting another. */
export const chooseThemes = (profile: Profile, random: Random): readonly NeedTheme[] => {
  const wanted = random.weighted([
    [2, 30],
    [3, 45],
    [4, 25],
  ]);
  const fits = (theme: NeedTheme): boolean =>
    theme.ages[0] <= profile.age && profile.age <= theme.ages[1];
  const own = themesOfTrack(profile.planLanguage, profile.track).filter(fits);
  const forParents = profile.stage === 'adult' && profile.track === 'families';
  const candidates = forParents
    ? [
        ...random.sample(own, 1),
        ...themesOfTrack(profile.planLanguage, 'working-age').filter(
          (theme) => fits(theme) && alsoForParents.includes(theme.id),
        ),
      ]
    : random.sample(own, own.length);
  const chosen: NeedTheme[] = [];
  for (const theme of candidates) {
    if (chosen.length < wanted && chosen.every((other) => goTogether(theme, other))) {
      chosen.push(theme);
    }
  }
  return chosen;
};

const goTogether = (a: NeedTheme, b: NeedTheme): boolean =>
  a.lifeArea !== b.lifeArea &&
  !(a.excludes?.includes(b.id) ?? false) &&
  !(b.excludes?.includes(a.id) ?? false);

export const writeNeed = (theme: NeedTheme, writing: Writing): NeedDraft => {
  const { team, slots, random, profile } = writing;
  const goalCount = random.weighted([
    [1, 35],
    [2, 52],
    [3, 13],
  ]);
  const goals = random.sample(theme.goals, goalCount).map((goal) => writeGoal(goal, writing));
  const assessment = fill(random.pick(theme.assessments), slots, random);
  const status = needStatus(goals, random);
  const reasons = phrases[profile.planLanguage].reasons;
  const settled = status === 'resolved' || status === 'no-longer-relevant';
  return {
    author: random.chance(0.5) ? team.custodian : (goals[0]?.author ?? team.custodian),
    heading: { lifeArea: theme.lifeArea, title: fill(random.pick(theme.titles), slots, random) },
    words: fill(random.pick(theme.words), slots, random),
    assessment: withHistory(assessment, firstSentence(assessment), 0.12, random),
    status: {
      status,
      reason: settled ? random.pick(reasons[status]) : '',
      date: settled ? pastDay(writing) : civilDate(writing.startDay),
    },
    goals,
  };
};

const needStatus = (goals: readonly GoalDraft[], random: Random): NeedDraft['status']['status'] => {
  const every = (...statuses: readonly GoalDraft['lifecycle']['status'][]): boolean =>
    goals.every((goal) => statuses.includes(goal.lifecycle.status));
  if (every('ended')) return 'resolved';
  if (every('cancelled', 'on-hold')) return 'no-longer-relevant';
  if (every('proposed', 'agreed')) return 'open';
  return random.chance(0.9) ? 'in-progress' : 'open';
};

const writeGoal = (template: GoalTemplate, writing: Writing): GoalDraft => {
  const { random, slots, today } = writing;
  const lifecycle = goalLifecycle(writing);
  const chosen = random.sample(template.actions, random.between(2, 3));
  const actions = template.actions
    .filter((action) => chosen.includes(action))
    .map((action) => writeAction(action, lifecycle.status, writing));
  const statement = {
    title: fill(template.title, slots, random),
    description: fill(template.description, slots, random),
    voice: template.voice ?? 'joint',
  } as const;
  const target =
    lifecycle.status === 'ended' ? lifecycle.date : civilDate(today + random.between(-25, 200));
  const achievement = goalAchievement(lifecycle.status, writing);
  return {
    author: writing.team.of(chosen[0]?.by ?? 'social-worker'),
    statement: withHistory(statement, { ...statement, description: '' }, 0.06, random),
    target: withHistory({ date: target }, { date: civilDate(today - 30) }, 0.08, random),
    lifecycle,
    achievement:
      achievement.achievement === 'not-assessed'
        ? { now: achievement }
        : withHistory(achievement, notAssessed, 0.4, random),
    actions,
  };
};

const notAssessed: GoalDraft['achievement']['now'] = {
  achievement: 'not-assessed',
  date: null,
  grounds: '',
};

const goalLifecycle = (writing: Writing): GoalDraft['lifecycle'] => {
  const { random, profile, startDay } = writing;
  const reasons = phrases[profile.planLanguage].reasons;
  const status = random.weighted([
    ['active', 62],
    ['agreed', 14],
    ['proposed', 8],
    ['on-hold', 5],
    ['ended', 8],
    ['cancelled', 3],
  ] as const);
  const needsReason = status === 'on-hold' || status === 'cancelled';
  return {
    status,
    reason: needsReason ? random.pick(reasons[status]) : '',
    date: status === 'proposed' || status === 'agreed' ? civilDate(startDay) : pastDay(writing),
  };
};

const goalAchievement = (
  status: GoalDraft['lifecycle']['status'],
  writing: Writing,
): GoalDraft['achievement']['now'] => {
  const { random, profile, slots } = writing;
  const achievement =
    status === 'ended'
      ? random.weighted([
          ['achieved', 80],
          ['not-achieved', 20],
        ] as const)
      : status === 'active'
        ? random.weighted([
            ['improving', 45],
            ['no-change', 30],
            ['worsening', 12],
            ['not-assessed', 13],
          ] as const)
        : 'not-assessed';
  if (achievement === 'not-assessed') return notAssessed;
  const grounds = phrases[profile.planLanguage].grounds[achievement];
  return {
    achievement,
    date: pastDay(writing),
    grounds: fill(random.pick(grounds), slots, random),
  };
};

const writeAction = (
  template: ActionTemplate,
  goalStatus: GoalDraft['lifecycle']['status'],
  writing: Writing,
): ActionDraft => {
  const { random, slots, team, startDay, today } = writing;
  const responsible = team.of(template.by);
  const named = !random.chance(0.04);
  const deputy = random.chance(0.85) ? team.deputyOf(responsible) : null;
  const responsibility = {
    responsibleId: named ? responsible.person.id : null,
    deputyId: named ? (deputy?.person.id ?? null) : null,
  };
  const status = actionStatus(goalStatus, writing);
  const start = startDay + random.below(21);
  return {
    author: responsible,
    content: {
      kind: template.kind,
      title: fill(template.title, slots, random),
      description: fill(template.how ?? '', slots, random),
    },
    schedule: {
      frequency: fill(template.often, slots, random),
      start: civilDate(start),
      end: random.chance(0.35) ? civilDate(Math.max(start, today) + random.between(10, 150)) : null,
    },
    responsibility: withHistory(
      responsibility,
      { responsibleId: null, deputyId: null },
      named ? 0.05 : 0,
      random,
    ),
    provider: template.provider
      ? { type: template.provider[0], name: fill(template.provider[1], slots, random) }
      : { type: 'own', name: responsible.unitName },
    status:
      status.status === 'in-progress' || status.status === 'done'
        ? withHistory(
            status,
            { status: 'agreed', reason: '', date: civilDate(startDay) },
            0.3,
            random,
          )
        : { now: status },
  };
};

const actionStatus = (
  goalStatus: GoalDraft['lifecycle']['status'],
  writing: Writing,
): ActionDraft['status']['now'] => {
  const { random, profile, startDay } = writing;
  const status = chooseActionStatus(goalStatus, random);
  const waiting = status === 'proposed' || status === 'agreed';
  const reasons = phrases[profile.planLanguage].reasons['not-done'];
  return {
    status,
    reason: status === 'not-done' ? random.pick(reasons) : '',
    date: waiting ? civilDate(startDay) : pastDay(writing),
  };
};

/** An action never runs ahead of its goal. */
const chooseActionStatus = (
  goalStatus: GoalDraft['lifecycle']['status'],
  random: Random,
): ActionDraft['status']['now']['status'] => {
  switch (goalStatus) {
    case 'proposed':
      return 'proposed';
    case 'agreed':
      return 'agreed';
    case 'ended':
    case 'cancelled':
      return random.chance(goalStatus === 'ended' ? 0.9 : 0.2) ? 'done' : 'not-done';
    case 'active':
    case 'on-hold':
      return random.weighted([
        ['in-progress', 56],
        ['agreed', 20],
        ['done', 18],
        ['not-done', 6],
      ] as const);
    default:
      return assertNever(goalStatus);
  }
};

/** A day between the plan's beginning and yesterday. */
export const pastDay = ({ random, startDay, today }: Writing): CivilDate =>
  civilDate(random.between(startDay, today - 1));

export const withHistory = <T>(now: T, before: T, share: number, random: Random): WithHistory<T> =>
  random.chance(share) ? { now, before } : { now };

export const firstSentence = (text: string): string => /^.*?[.?](?= |$)/u.exec(text)?.[0] ?? text;
