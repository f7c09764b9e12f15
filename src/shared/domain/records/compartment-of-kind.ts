import {
  contactDetails,
  jointPlan,
  permissionsCompartment,
  registerOf,
  type Compartment,
  type Register,
} from '../codes.ts';
import { isPermissionKind } from './permission.ts';

/**
 * The one compartment in which records of a kind lie; null for those that lie where their author's
 * register is (notes, and the parts of a plan that only one register needs).
 */
export const compartmentOfKind = (kind: string): Compartment | null => {
  if (isPermissionKind(kind)) return permissionsCompartment;
  switch (kind) {
    case 'contact':
      return contactDetails;
    case 'client':
    case 'plan':
    case 'membership':
    case 'representative':
    case 'dissenting-view':
    case 'plan-meeting':
    case 'contingency':
    case 'family-member':
    case 'risk':
      return jointPlan;
    default:
      return null;
  }
};

/** The one register in whose services records of a kind lie; null for those of any. */
export const registerOfKind = (kind: string): Register | null => {
  switch (kind) {
    case 'diagnosis':
    case 'medication':
    case 'health-risk':
      return 'patient';
    case 'social-risk':
      return 'social';
    default:
      return null;
  }
};

/** Whether a record of this kind may lie there: anywhere else others than meant would see it. */
export const mayLieIn = (kind: string, compartment: Compartment): boolean => {
  const only = compartmentOfKind(kind);
  const register = registerOfKind(kind);
  return (
    (only === null || only === compartment) &&
    (register === null || register === registerOf(compartment))
  );
};
