import { covers, isProtected, relationRule, ruleFor } from '#shared/domain/access/rules.ts';
import { servicesOf } from '#shared/domain/access/decide.ts';
import { personFacts, type PersonFacts } from '#shared/domain/access/facts.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import { contactDetails, jointPlan, type Compartment } from '#shared/domain/codes.ts';
import type { Person } from '#shared/domain/directory.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { findPerson } from '#main/db/queries/directory.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { holdsScope, scopesOfCase, type HeldGrant } from '#main/db/queries/scopes.ts';

/** What a new client's own writer has until the region has said it: the founder's place in the team. */
const founders = (compartment: Compartment): HeldGrant => ({
  compartment,
  basis: 'relation',
  relation: 'team',
  role: 'custodian',
  basisId: null,
  writes: true,
  manages: true,
  untilMs: null,
});

/** What one began to write in a part of one's own goes as far as one's right to the joint plan. */
const ownBeginning = (joint: HeldGrant, compartment: Compartment): HeldGrant => ({
  ...joint,
  compartment,
  basis: 'relation',
});

/**
 * The parts of a client that are open on this device at a moment and why, the joint plan first. A part
 * without a grant holds own writing of which the region has said nothing yet. None: the client is shown
 * nowhere.
 */
export const openParts = (db: ReadableDb, caseNo: CaseNo, nowMs: number): readonly HeldGrant[] => {
  const scopes = scopesOfCase(db, caseNo);
  const joint = scopes.find(({ compartment }) => compartment === jointPlan)?.grant ?? null;
  const open = (grant: HeldGrant): boolean => grant.untilMs === null || nowMs < grant.untilMs;
  return scopes
    .flatMap(({ compartment, grant, closed }) => {
      if (closed) return [];
      const own = joint === null ? founders(compartment) : ownBeginning(joint, compartment);
      return [grant ?? own];
    })
    .filter(open)
    .toSorted(byPlace);
};

/** The joint plan stands first, then the other joint parts, then the registers. */
const byPlace = (a: HeldGrant, b: HeldGrant): number => {
  const [one, other] = [placeOf(a.compartment), placeOf(b.compartment)];
  return one < other ? -1 : one > other ? 1 : 0;
};

const placeOf = (compartment: Compartment): string =>
  compartment === jointPlan
    ? '0'
    : compartment.startsWith('joint/')
      ? `1${compartment}`
      : `2${compartment}`;

/** What the question of a right on this device needs. */
export type AtDesk = {
  readonly db: ReadableDb;
  readonly person: Person;
  readonly now: () => number;
};

/**
 * The right to one part: its own grant, or, where nothing of it lies here, what one's relation and tasks
 * open by themselves, so that the first note of a service can be begun. Null when there is none.
 */
export const rightTo = (
  desk: AtDesk,
  caseNo: CaseNo,
  parts: readonly HeldGrant[],
  compartment: Compartment,
): HeldGrant | null => {
  const held = parts.find((part) => part.compartment === compartment);
  if (held) return held;
  if (holdsScope(desk.db, { caseNo, compartment })) return null;
  const joint = parts.find((part) => part.compartment === jointPlan);
  return joint && opensByItself(desk, joint, compartment) ? ownBeginning(joint, compartment) : null;
};

/** As `decide` has it for a part of one's own register or service; the relation is the joint plan's. */
const opensByItself = (desk: AtDesk, joint: HeldGrant, compartment: Compartment): boolean => {
  const today = finnishDate(desk.now());
  if (compartment === contactDetails && contactRule(joint.role) !== 'always') return false;
  return ownFacts(desk).tasks.some((task) => {
    const rule = ruleFor(task.taskClass, today);
    if (!rule || !isCurrent(task, today)) return false;
    const own = servicesOf(task);
    return (
      covers(rule.byRelation, compartment, own) &&
      (!isProtected(compartment) || own.includes(compartment))
    );
  });
};

/** Whoever is at the desk, as the directory knows them by now. */
export const ownFacts = ({ db, person }: Pick<AtDesk, 'db' | 'person'>): PersonFacts =>
  personFacts(findPerson(db, person.id) ?? person, []);

const contactRule = (role: string): string =>
  isRelationRole(role) ? relationRule(role).contact : 'never';

type RelationRole = Parameters<typeof relationRule>[0];

const roles: readonly string[] = [
  'custodian',
  'responsible',
  'participant',
  'consultant',
  'deputy',
  'student',
  'external',
  'round',
  'opening',
] satisfies readonly RelationRole[];

const isRelationRole = (role: string): role is RelationRole => roles.includes(role);
