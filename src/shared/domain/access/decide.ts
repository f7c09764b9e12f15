import { finnishDayEnd, finnishDayStart } from '../civil-date.ts';
import {
  contactDetails,
  findCode,
  professions,
  registerOf,
  type Compartment,
  type Sector,
} from '../codes.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { WorkTask } from '../directory.ts';
import type { Id } from '../ids.ts';
import type { ClientFacts, Moment, Opening, PersonFacts } from './facts.ts';
import { currentRelations, whyNoRelation, type NoRelation, type Relation } from './relations.ts';
import { covers, findGround, isProtected, ownServices, ruleFor, type AccessRule } from './rules.ts';
import { isCurrent } from './team-membership.ts';

/** On what a right rests. The words for each are in `resources/locales/<language>/access.json`. */
export type AccessBasis =
  | 'relation'
  | 'joint-service'
  | 'permission'
  | 'statutory'
  | 'confirmation';

export type Granted = {
  readonly allowed: true;
  readonly basis: AccessBasis;
  /** The relation that it rests on as well: its role, or `round`, `absence`, `opening`, `emergency`. */
  readonly relation: Relation['kind'];
  readonly role: string;
  /** The record or act behind it: membership, joint service, permission or opening. */
  readonly basisId: Id | null;
  readonly writes: boolean;
  readonly manages: boolean;
  /** When it ends by the clock, milliseconds since 1970, UTC; null when nothing of it has an end. */
  readonly untilMs: number | null;
};

export type DenialReason =
  | 'not-active'
  | 'no-task'
  | 'own-record'
  | NoRelation
  | 'not-in-task'
  | 'other-register'
  | 'protected'
  | 'restricted'
  | 'no-consent'
  | 'prohibited'
  | 'restraint'
  | 'no-supervisor';

export type Denied = { readonly allowed: false; readonly because: DenialReason };
export type AccessDecision = Granted | Denied;

/** Finds a colleague, for a student's supervisor. */
export type FindPerson = (personId: Id) => PersonFacts | undefined;

export type AccessQuestion = {
  readonly person: PersonFacts;
  readonly client: ClientFacts;
  /** The person's openings of this client. */
  readonly openings: readonly Opening[];
  readonly moment: Moment;
  readonly findPerson: FindPerson;
};

const servicesOfProfession = new Map(professions.map(({ id, services }) => [id, services]));

export const servicesOf = (
  task: Pick<WorkTask, 'services' | 'profession'>,
): readonly Compartment[] =>
  ownServices(task, (profession) => servicesOfProfession.get(profession) ?? []);

export const sectorOf = (task: Pick<WorkTask, 'profession'>): Sector =>
  findCode(professions, task.profession)?.sector ?? 'health';

/**
 * May this person see this part of this client now, and on what ground (703/2023 9, 53, 58–59 §; STM
 * 457/2024)? Every current relation and task is tried; the widest answer wins: one that lets write, then
 * one that lasts longest.
 */
export const decide = (question: AccessQuestion, compartment: Compartment): AccessDecision => {
  const { person, client, moment } = question;
  if (!person.active) return { allowed: false, because: 'not-active' };
  if (person.ownCaseIds.has(client.caseId)) return { allowed: false, because: 'own-record' };
  const tasks = person.tasks.filter((task) => isCurrent(task, moment.today));
  if (tasks.length === 0) return { allowed: false, because: 'no-task' };
  const relations = currentRelations(question);
  if (relations.length === 0) {
    return { allowed: false, because: whyNoRelation(person, client, moment.today) };
  }
  const answers = relations.flatMap((relation) =>
    tasksOf(relation, tasks).map((task) => decideBy(question, relation, task, compartment)),
  );
  const granted = answers.filter((answer) => answer.allowed);
  if (granted.length > 0)
    return granted.reduce((best, other) => (isWider(other, best) ? other : best));
  return weightiest(answers.filter((answer) => !answer.allowed));
};

/** In the team one acts in the task that the membership names, as long as it is one's own. */
const tasksOf = (relation: Relation, tasks: readonly WorkTask[]): readonly WorkTask[] => {
  const named = tasks.filter((task) => task.taskClass === relation.taskClass);
  return relation.taskClass === null || named.length === 0 ? tasks : named;
};

const isWider = (a: Granted, b: Granted): boolean => {
  if (a.writes !== b.writes) return a.writes;
  if (a.manages !== b.manages) return a.manages;
  return (a.untilMs ?? Infinity) > (b.untilMs ?? Infinity);
};

/** The denial that tells most: what stands between the person and the part, not what is missing anyway. */
const weight: readonly DenialReason[] = [
  'protected',
  'prohibited',
  'no-consent',
  'restraint',
  'no-supervisor',
  'restricted',
  'other-register',
  'not-in-task',
];

const weightiest = (denials: readonly Denied[]): Denied =>
  denials.toSorted((a, b) => weight.indexOf(a.because) - weight.indexOf(b.because))[0] ?? {
    allowed: false,
    because: 'no-relation',
  };

const earliest = (...times: readonly (number | null)[]): number | null => {
  const ends = times.filter((time) => time !== null);
  return ends.length === 0 ? null : Math.min(...ends);
};

const endOf = (span: { readonly validTo: string | null }): number | null =>
  span.validTo === null ? null : finnishDayEnd(span.validTo);

const denied = (because: DenialReason): Denied => ({ allowed: false, because });

/** One relation and one task. */
const decideBy = (
  question: AccessQuestion,
  relation: Relation,
  task: WorkTask,
  compartment: Compartment,
): AccessDecision => {
  const { client, moment } = question;
  const rule = ruleFor(task.taskClass, moment.today);
  if (!rule) return denied('not-in-task');
  const ground = relation.opening ? findGround(relation.opening.ground) : undefined;
  if (relation.opening && ground?.sectors.includes(sectorOf(task)) !== true) {
    return denied('not-in-task');
  }
  if (compartment === contactDetails) {
    if (relation.rule.contact === 'never') return denied('not-in-task');
    if (relation.rule.contact === 'unless-restrained' && client.restraintOnDisclosure) {
      return denied('restraint');
    }
  }
  const own = servicesOf(task);
  const found = basisFor(question, relation, task, rule, own, compartment);
  if (!found.allowed) return found;
  const guarded =
    isProtected(compartment) && !own.includes(compartment)
      ? confirmed(question, relation, compartment, found)
      : found;
  if (!guarded.allowed) return guarded;
  // By the role or by the task: no place in a team makes another sector's person one of the region's.
  if (relation.kind === 'external' || sectorOf(task) === 'external') {
    return asExternal(question, compartment, guarded);
  }
  if (relation.kind === 'student') return asSupervised(question, relation, compartment, guarded);
  return guarded;
};

const basisFor = (
  question: AccessQuestion,
  relation: Relation,
  task: WorkTask,
  rule: AccessRule,
  own: readonly Compartment[],
  compartment: Compartment,
): AccessDecision => {
  const grant = (
    basis: AccessBasis,
    basisId: Id | null,
    ...ends: readonly (number | null)[]
  ): Granted => ({
    allowed: true,
    basis,
    relation: relation.kind,
    role: relation.role,
    basisId,
    // What belongs to the other register is read: one writes in one's own.
    writes: relation.rule.writes && basis === 'relation',
    manages: relation.rule.manages && basis === 'relation',
    untilMs: earliest(relation.untilMs, endOf(task), ...ends),
  });

  if (covers(rule.byRelation, compartment, own)) return grant('relation', relation.basisId);
  const register = registerOf(compartment);
  if (register === 'joint') return denied('not-in-task');
  const isOther = rule.otherRegisterOnlyIfOwn;
  const mayCross =
    relation.rule.otherRegister &&
    (isOther === null || isOther.some((service) => own.includes(service)));

  const byService = mayCross && covers(rule.byJointService, compartment, own);
  if (byService) {
    const service = jointServiceFor(question, rule, own, compartment);
    if (service) return grant('joint-service', service.recordId, endOf(service));
  }
  const { opening } = relation;
  const ground = opening ? findGround(opening.ground) : undefined;
  const isProhibited = prohibitionOn(question, compartment) !== undefined;
  const byStatute =
    relation.rule.otherRegister &&
    covers([...rule.byJointService, ...rule.byPermission], compartment, own);
  if (opening && ground?.otherRegister === true && byStatute) {
    if (!isProhibited || ground.overProhibition) return grant('statutory', opening.id);
  }
  if (mayCross && covers(rule.byPermission, compartment, own)) {
    const permission = permissionFor(question, task, compartment);
    if (permission) {
      return isProhibited
        ? denied('prohibited')
        : grant('permission', permission.recordId, endOf(permission));
    }
    return denied('other-register');
  }
  return denied(covers(['social/*', 'patient/*'], compartment, own) ? 'not-in-task' : 'restricted');
};

/** A running joint service that names the part and has the person's own side in it (703/2023 53 § 1). */
const jointServiceFor = (
  { client, moment }: AccessQuestion,
  rule: AccessRule,
  own: readonly Compartment[],
  compartment: Compartment,
) =>
  client.jointServices.find(
    (service) =>
      isCurrent(service, moment.today) &&
      service.compartments.includes(compartment) &&
      service.compartments.some(
        (side) =>
          registerOf(side) !== registerOf(compartment) && covers(rule.byRelation, side, own),
      ),
  );

const permissionFor = (
  { client, moment }: AccessQuestion,
  task: WorkTask,
  compartment: Compartment,
) => {
  const direction = registerOf(compartment) === 'social' ? 'social-to-health' : 'health-to-social';
  return client.permissions.find(
    (permission) =>
      isCurrent(permission, moment.today) &&
      permission.direction === direction &&
      permission.compartments.includes(compartment) &&
      (permission.unitIds.length === 0 ||
        (task.unitId !== null && permission.unitIds.includes(task.unitId))),
  );
};

/**
 * A prohibition that covers the part. It stands between registers and controllers: neither the own
 * register nor a joint service asks for it (703/2023 58–59 §).
 */
const prohibitionOn = ({ client, moment }: AccessQuestion, compartment: Compartment) =>
  client.prohibitions.find((prohibition) => {
    if (!isCurrent(prohibition, moment.today)) return false;
    switch (prohibition.level) {
      case 'all':
        return true;
      case 'register':
        return prohibition.register === registerOf(compartment);
      case 'service':
        return prohibition.compartments.includes(compartment);
      case 'document':
        return false;
      default:
        return assertNever(prohibition.level);
    }
  });

/** Protected entries ask for a confirmation of their own outside the specialty (703/2023 26 §; STM 457/2024 26 §). */
const confirmed = (
  { openings, moment }: AccessQuestion,
  relation: Relation,
  compartment: Compartment,
  found: Granted,
): AccessDecision => {
  if (relation.opening && findGround(relation.opening.ground)?.opensProtected === true)
    return found;
  const confirmation = openings.find(
    (opening) =>
      opening.kind === 'confirmation' &&
      opening.fromMs <= moment.nowMs &&
      moment.nowMs < opening.untilMs &&
      opening.compartments?.includes(compartment) === true,
  );
  return confirmation
    ? {
        ...found,
        basis: 'confirmation',
        basisId: confirmation.id,
        untilMs: earliest(found.untilMs, confirmation.untilMs),
      }
    : denied('protected');
};

/** A student sees what the supervisor may see, while the supervisor is in the team (STM 457/2024 21 §). */
const asSupervised = (
  question: AccessQuestion,
  relation: Relation,
  compartment: Compartment,
  found: Granted,
): AccessDecision => {
  const supervisor = relation.supervisorId && question.findPerson(relation.supervisorId);
  if (!supervisor || supervisor.id === question.person.id) return denied('no-supervisor');
  const team = question.client.team.filter(({ role }) => role !== 'student');
  const guiding = decide(
    {
      ...question,
      person: { ...supervisor, deputyFor: [] },
      openings: [],
      client: { ...question.client, team },
    },
    compartment,
  );
  if (!guiding.allowed) return denied('no-supervisor');
  return { ...found, untilMs: earliest(found.untilMs, guiding.untilMs) };
};

/** Another sector takes part in the joint plan with the client's consent alone (SHL 39 § 3; 703/2023 48 §). */
const asExternal = (
  question: AccessQuestion,
  compartment: Compartment,
  found: Granted,
): AccessDecision => {
  const { person, client, moment } = question;
  const consent = client.consents.find(
    (each) =>
      isCurrent(each, moment.today) &&
      person.partnerSector !== null &&
      each.sectors.includes(person.partnerSector),
  );
  if (!consent) return denied('no-consent');
  if (prohibitionOn(question, compartment)) return denied('prohibited');
  return {
    ...found,
    relation: 'external',
    basisId: consent.recordId,
    writes: false,
    manages: false,
    untilMs: earliest(found.untilMs, endOf(consent)),
  };
};

/**
 * The next moment at which the clock alone may change an answer about this person and client;
 * milliseconds since 1970, UTC, or null when no date lies ahead.
 */
export const nextBoundary = ({
  person,
  client,
  openings,
  moment,
}: AccessQuestion): number | null => {
  const spans = [
    ...person.tasks,
    ...person.deputyFor,
    ...client.team,
    ...client.jointServices,
    ...client.permissions,
    ...client.consents,
    ...client.prohibitions,
  ];
  let next = Infinity;
  const note = (ms: number): void => {
    if (ms > moment.nowMs && ms < next) next = ms;
  };
  for (const { validFrom, validTo } of spans) {
    if (validFrom > moment.today) note(finnishDayStart(validFrom));
    if (validTo !== null && validTo >= moment.today) note(finnishDayEnd(validTo));
  }
  for (const { fromMs, untilMs } of openings) {
    note(fromMs);
    note(untilMs);
  }
  return next === Infinity ? null : next;
};
