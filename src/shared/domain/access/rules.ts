import ruleList from '#resources/rules/access.json' with { type: 'json' };
import groundList from '#resources/rules/opening-grounds.json' with { type: 'json' };
import relationList from '#resources/rules/relations.json' with { type: 'json' };
import type { CivilDate } from '../civil-date.ts';
import {
  compartments,
  findCode,
  type Code,
  type Compartment,
  type CompartmentCode,
  type Sector,
} from '../codes.ts';
import type { WorkTask } from '../directory.ts';
import type { TeamRole } from './team-membership.ts';

/**
 * The rules of access are data (`resources/rules`): what a task class reaches on which basis, what a
 * relation lets one do, and the legal grounds on which a client is opened. Each row names its source,
 * its validity and the day on which it was checked.
 */
export type AccessRule = {
  readonly id: string;
  readonly taskClass: string;
  /** Patterns: a compartment, `register/*` for what is neither protected nor restricted there, or `own`. */
  readonly byRelation: readonly string[];
  readonly byJointService: readonly string[];
  readonly byPermission: readonly string[];
  /** The other register opens only to somebody with one of these among the own services; null: no such limit. */
  readonly otherRegisterOnlyIfOwn: readonly Compartment[] | null;
  readonly mayGoOnRound: boolean;
  readonly source: string;
  readonly validFrom: CivilDate;
  readonly validTo: CivilDate | null;
  readonly verifiedOn: CivilDate;
};

/** What a relation to the client lets one do; `round` and `opening` are relations outside the team. */
export type RelationRule = {
  readonly role: TeamRole | 'round' | 'opening';
  readonly writes: boolean;
  /** Whether one may change the team and record permissions. */
  readonly manages: boolean;
  readonly otherRegister: boolean;
  readonly contact: 'always' | 'unless-restrained' | 'never';
  readonly source: string;
};

export type OpeningKind = 'ground' | 'emergency' | 'confirmation';

/** A legal ground on which somebody without another way in opens a client for a limited time. */
export type OpeningGround = Code & {
  readonly kind: OpeningKind;
  /** Whose ground it is: a task of the other sector opens nothing by it. */
  readonly sectors: readonly Sector[];
  readonly minutes: number;
  readonly otherRegister: boolean;
  readonly overProhibition: boolean;
  readonly opensProtected: boolean;
  readonly source: string;
  readonly validFrom: CivilDate;
  readonly validTo: CivilDate | null;
  readonly verifiedOn: CivilDate;
};

export const accessRules = ruleList as readonly AccessRule[];
export const relationRules = relationList as readonly RelationRule[];
export const openingGrounds = groundList as readonly OpeningGround[];

export const findGround = (id: string): OpeningGround | undefined => findCode(openingGrounds, id);

export const ruleFor = (taskClass: string, today: CivilDate): AccessRule | undefined =>
  accessRules.find(
    (rule) =>
      rule.taskClass === taskClass &&
      rule.validFrom <= today &&
      (rule.validTo === null || today <= rule.validTo),
  );

const relationRuleOf = new Map(relationRules.map((rule) => [rule.role, rule]));

export const relationRule = (role: RelationRule['role']): RelationRule => {
  const rule = relationRuleOf.get(role);
  if (!rule) throw new Error(`No rule for the relation ${role}.`);
  return rule;
};

const codeOf = new Map<string, CompartmentCode>(compartments.map((code) => [code.id, code]));

export const isProtected = (compartment: Compartment): boolean =>
  codeOf.get(compartment)?.protected === true;

export const isRestricted = (compartment: Compartment): boolean =>
  codeOf.get(compartment)?.restricted === true;

/** Whether one of the patterns covers the compartment for somebody with this task. */
export const covers = (
  patterns: readonly string[],
  compartment: Compartment,
  own: readonly Compartment[],
): boolean =>
  patterns.some((pattern) => {
    if (pattern === 'own') return own.includes(compartment);
    if (pattern === compartment) return !isRestricted(compartment);
    return (
      pattern.endsWith('/*') &&
      compartment.startsWith(pattern.slice(0, -1)) &&
      codeOf.has(compartment) &&
      !isRestricted(compartment)
    );
  });

/** The compartments that are a task's own: its own list, or that of the profession. */
export const ownServices = (
  task: Pick<WorkTask, 'services' | 'profession'>,
  servicesOfProfession: (profession: string) => readonly Compartment[],
): readonly Compartment[] =>
  task.services.length > 0 ? task.services : servicesOfProfession(task.profession);
