import { finnishDayEnd, type CivilDate } from '../civil-date.ts';
import type { Id } from '../ids.ts';
import type { ClientFacts, Moment, Opening, PersonFacts } from './facts.ts';
import { relationRule, ruleFor, type RelationRule } from './rules.ts';
import { isCurrent } from './team-membership.ts';

/**
 * A technically verified relation of a professional to a client (703/2023 9 §): a place in the team, the
 * unit's round, standing in for somebody absent, or an opening on a ground.
 */
export type Relation = {
  readonly kind: 'team' | 'student' | 'external' | 'round' | 'absence' | 'opening' | 'emergency';
  /** The role in the team, the absent colleague's for an absence; `round` and `opening` otherwise. */
  readonly role: string;
  readonly rule: RelationRule;
  /** Membership, absence or opening. */
  readonly basisId: Id | null;
  /** The task that the membership names; null: any of the person's. */
  readonly taskClass: string | null;
  readonly supervisorId: Id | null;
  readonly opening: Opening | null;
  readonly untilMs: number | null;
};

export type NoRelation = 'no-relation' | 'relation-ended' | 'relation-not-begun';

type Asked = {
  readonly person: PersonFacts;
  readonly client: ClientFacts;
  readonly openings: readonly Opening[];
  readonly moment: Moment;
};

const endOf = (validTo: CivilDate | null): number | null =>
  validTo === null ? null : finnishDayEnd(validTo);

const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

export const currentRelations = (asked: Asked): readonly Relation[] => [
  ...inTeam(asked),
  ...onRound(asked),
  ...standingIn(asked),
  ...byOpening(asked),
];

const inTeam = ({ person, client, moment }: Asked): readonly Relation[] =>
  client.team
    .filter((member) => member.personId === person.id && isCurrent(member, moment.today))
    .map((member) => ({
      kind: member.role === 'student' || member.role === 'external' ? member.role : 'team',
      role: member.role,
      rule: relationRule(member.role),
      basisId: member.membershipId,
      taskClass: member.taskClass,
      supervisorId: member.supervisorId,
      opening: null,
      untilMs: endOf(member.validTo),
    }));

const onRound = ({ person, client, moment }: Asked): readonly Relation[] =>
  client.unitId === null
    ? []
    : person.tasks
        .filter(
          (task) =>
            task.round &&
            task.unitId === client.unitId &&
            isCurrent(task, moment.today) &&
            ruleFor(task.taskClass, moment.today)?.mayGoOnRound === true,
        )
        .map((task) => ({
          kind: 'round',
          role: 'round',
          rule: relationRule('round'),
          basisId: null,
          taskClass: task.taskClass,
          supervisorId: null,
          opening: null,
          untilMs: endOf(task.validTo),
        }));

/** A deputy gets what the absent colleague's own place in the team gives, by the deputy's own tasks, for the absence. */
const standingIn = ({ person, client, moment }: Asked): readonly Relation[] =>
  person.deputyFor
    .filter(
      (absence) =>
        isCurrent(absence, moment.today) &&
        (absence.caseIds === null || absence.caseIds.includes(client.caseId)),
    )
    .flatMap((absence) =>
      client.team
        .filter(
          (member) =>
            member.personId === absence.personId &&
            member.role !== 'student' &&
            member.role !== 'external' &&
            isCurrent(member, moment.today),
        )
        .map((member) => ({
          kind: 'absence' as const,
          role: member.role,
          rule: relationRule('deputy'),
          basisId: absence.id,
          taskClass: null,
          supervisorId: null,
          opening: null,
          untilMs: earlier(endOf(absence.validTo), endOf(member.validTo)),
        })),
    );

const byOpening = ({ person, openings, moment }: Asked): readonly Relation[] =>
  openings
    .filter(
      (opening) =>
        opening.personId === person.id &&
        opening.kind !== 'confirmation' &&
        opening.fromMs <= moment.nowMs &&
        moment.nowMs < opening.untilMs,
    )
    .map((opening) => ({
      kind: opening.kind === 'emergency' ? 'emergency' : 'opening',
      role: 'opening',
      rule: relationRule('opening'),
      basisId: opening.id,
      taskClass: null,
      supervisorId: null,
      opening,
      untilMs: opening.untilMs,
    }));

/** Why there is no relation: never one, one that has ended, or one that is yet to begin. */
export const whyNoRelation = (
  person: PersonFacts,
  client: ClientFacts,
  today: CivilDate,
): NoRelation => {
  const own = client.team.filter((member) => member.personId === person.id);
  if (own.length === 0) return 'no-relation';
  return own.some((member) => member.validFrom > today) ? 'relation-not-begun' : 'relation-ended';
};
