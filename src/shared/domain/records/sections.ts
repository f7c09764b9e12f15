import { isPermissionKind } from './permission.ts';

/** The parts of a client in which a person looks for what has changed: the client's pages. */
export const sections = ['plan', 'team', 'permissions', 'notes', 'details', 'visit'] as const;
export type Section = (typeof sections)[number];

/** On which page a record of this kind is read. */
export const sectionOfKind = (kind: string): Section => {
  if (isPermissionKind(kind)) return 'permissions';
  switch (kind) {
    case 'membership':
      return 'team';
    case 'note':
      return 'notes';
    case 'visit':
      return 'visit';
    case 'client':
    case 'contact':
    case 'representative':
      return 'details';
    default:
      return 'plan';
  }
};
