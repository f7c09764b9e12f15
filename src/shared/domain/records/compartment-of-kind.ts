import { contactDetails, jointPlan, permissionsCompartment, type Compartment } from '../codes.ts';
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
      return jointPlan;
    default:
      return null;
  }
};
