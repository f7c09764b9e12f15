import compartmentList from '#resources/codes/compartments.json' with { type: 'json' };
import contingencyTriggerList from '#resources/codes/contingency-triggers.json' with { type: 'json' };
import dutyList from '#resources/codes/duties.json' with { type: 'json' };
import followedThingList from '#resources/codes/followed-things.json' with { type: 'json' };
import lifeAreaList from '#resources/codes/life-areas.json' with { type: 'json' };
import partnerSectorList from '#resources/codes/partner-sectors.json' with { type: 'json' };
import professionList from '#resources/codes/professions.json' with { type: 'json' };
import riskTypeList from '#resources/codes/risk-types.json' with { type: 'json' };
import taskClassList from '#resources/codes/task-classes.json' with { type: 'json' };
import { z } from 'zod';

export type Language = 'fi' | 'sv' | 'en';

/** An entry of a code list: a stable id of ours and its name in the three languages. */
export type Code = { readonly id: string } & { readonly [language in Language]: string };

export type Register = 'joint' | 'social' | 'patient';
/** `external`: another sector or organisation that takes part in the joint plan (703/2023 48 §). */
export type Sector = 'social' | 'health' | 'external';

export type Profession = Code & {
  readonly mark: string;
  readonly sector: Sector;
  readonly taskClass: string;
  /** The compartments that are the profession's own where no work task says otherwise. */
  readonly services: readonly Compartment[];
};
export type TaskClass = Code & { readonly sector: Sector; readonly source: string };
export type CompartmentCode = Code & {
  readonly register: Register;
  /** Outside its specialty it opens only by a confirmation of its own (703/2023 26 §; STM 457/2024 26 §). */
  readonly protected?: boolean;
  /** Never opened by a task class, only to those whose own service it is (STM 457/2024 12–18 §). */
  readonly restricted?: boolean;
};
export type LifeArea = Code & { readonly source: string };
export type RiskType = Code & {
  /** Where it may be written down: the register decides who sees it. */
  readonly registers: readonly Register[];
  /** Stays off the printed plan, which others at the client's home read too. */
  readonly offPaper?: boolean;
  /** A threat, or what may kill at once: told before the others. */
  readonly urgent?: boolean;
};

const professionCodes = professionList as readonly Profession[];
const taskClassCodes = taskClassList as readonly TaskClass[];
const compartmentCodes = compartmentList as readonly CompartmentCode[];
const lifeAreaCodes = lifeAreaList as readonly LifeArea[];
const contingencyTriggerCodes = contingencyTriggerList as readonly Code[];
const followedThingCodes = followedThingList as readonly Code[];
const riskTypeCodes = riskTypeList as readonly RiskType[];
const dutyCodes = dutyList as readonly Code[];
const partnerSectorCodes = partnerSectorList as readonly Code[];

export {
  compartmentCodes as compartments,
  contingencyTriggerCodes as contingencyTriggers,
  dutyCodes as duties,
  followedThingCodes as followedThings,
  lifeAreaCodes as lifeAreas,
  partnerSectorCodes as partnerSectors,
  professionCodes as professions,
  riskTypeCodes as riskTypes,
  taskClassCodes as taskClasses,
};

/** Accepts an id of the list, answers any other with `unknown-code`. */
const codeOf = (list: readonly Code[]) => {
  const ids = new Set(list.map((code) => code.id));
  return z.string().refine((id) => ids.has(id), 'unknown-code');
};

export const professionId = codeOf(professionCodes);
export const taskClassId = codeOf(taskClassCodes);
export const lifeAreaId = codeOf(lifeAreaCodes);
export const contingencyTriggerId = codeOf(contingencyTriggerCodes);
export const followedThingId = codeOf(followedThingCodes);
/** The types of risk that may be written in a register; `joint` is the joint plan. */
export const riskTypesOf = (register: Register): readonly RiskType[] =>
  riskTypeCodes.filter(({ registers }) => registers.includes(register));

export const riskTypeId = (register: Register) => codeOf(riskTypesOf(register));
export const partnerSectorId = codeOf(partnerSectorCodes);

/** What somebody does for the region besides client work: it opens tools, never a client. */
export const dutyIds = ['administrator', 'privacy-officer', 'unit-lead'] as const;
export type Duty = (typeof dutyIds)[number];

/**
 * Which register a record belongs to and under which service task (703/2023 10, 37, 46–48 §).
 * Written `register/service-task`; a record's compartment never changes.
 */
export const compartmentId = codeOf(compartmentCodes);
export type Compartment = string;

export const jointPlan: Compartment = 'joint/plan';
/** Where the client lives and is reached: apart from the plan, so that a restraint on disclosure can hold. */
export const contactDetails: Compartment = 'joint/contact';
/** Permissions, consents and prohibitions: seen by those who record them. */
export const permissionsCompartment: Compartment = 'joint/permissions';

export const registerOf = (compartment: Compartment): Register => {
  const register = compartment.slice(0, compartment.indexOf('/'));
  return register === 'social' || register === 'patient' ? register : 'joint';
};

export const findCode = <C extends Code>(list: readonly C[], id: string): C | undefined =>
  list.find((code) => code.id === id);
