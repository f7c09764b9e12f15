import compartmentList from '#resources/codes/compartments.json' with { type: 'json' };
import lifeAreaList from '#resources/codes/life-areas.json' with { type: 'json' };
import professionList from '#resources/codes/professions.json' with { type: 'json' };
import taskClassList from '#resources/codes/task-classes.json' with { type: 'json' };
import { z } from 'zod';

export type Language = 'fi' | 'sv' | 'en';

/** An entry of a code list: a stable id of ours and its name in the three languages. */
export type Code = { readonly id: string } & { readonly [language in Language]: string };

export type Register = 'joint' | 'social' | 'patient';
export type Sector = 'social' | 'health';

export type Profession = Code & {
  readonly mark: string;
  readonly sector: Sector;
  readonly taskClass: string;
};
export type TaskClass = Code & { readonly sector: Sector; readonly source: string };
export type CompartmentCode = Code & { readonly register: Register };
export type LifeArea = Code & { readonly source: string };

const professionCodes = professionList as readonly Profession[];
const taskClassCodes = taskClassList as readonly TaskClass[];
const compartmentCodes = compartmentList as readonly CompartmentCode[];
const lifeAreaCodes = lifeAreaList as readonly LifeArea[];

export {
  compartmentCodes as compartments,
  lifeAreaCodes as lifeAreas,
  professionCodes as professions,
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

/**
 * Which register a record belongs to and under which service task (703/2023 10, 37, 46–48 §).
 * Written `register/service-task`; a record's compartment never changes.
 */
export const compartmentId = codeOf(compartmentCodes);
export type Compartment = string;

export const jointPlan: Compartment = 'joint/plan';

export const registerOf = (compartment: Compartment): Register => {
  const register = compartment.slice(0, compartment.indexOf('/'));
  return register === 'social' || register === 'patient' ? register : 'joint';
};

export const findCode = <C extends Code>(list: readonly C[], id: string): C | undefined =>
  list.find((code) => code.id === id);
