import { findCode, jointPlan, professions, type Compartment } from '../codes.ts';

const homeNursing: Compartment = 'patient/home-nursing';

/**
 * Where a visit of this profession is written, what fits best first: under its own service; health care
 * without one under home nursing (kotisairaanhoito); else, and where none of those is open, in the joint
 * plan. A visit hangs on rows of the plan, so it is never wider than they are.
 */
export const placesOfVisit = (profession: string): readonly Compartment[] => {
  const known = findCode(professions, profession);
  const services = known?.services ?? [];
  const nursing = known?.sector === 'health' && services.length === 0 ? [homeNursing] : [];
  return [...services, ...nursing, jointPlan];
};
