import type { Person } from '#shared/domain/directory.ts';

/** The first letter of a name as people see it: also one that is written with several code units. */
const firstLetter = (name: string): string =>
  [...new Intl.Segmenter('fi').segment(name.trim())][0]?.segment.toLocaleUpperCase('fi') ?? '';

/** `VS` for Ville Saarela. */
export const initialsOf = ({
  givenName,
  familyName,
}: Pick<Person, 'givenName' | 'familyName'>): string =>
  firstLetter(givenName) + firstLetter(familyName);
