/** Where in the given files something stands: the file, the resource in it, and the path in that. */
export type Place = {
  readonly file: string;
  /** As `entry 3 (CarePlan/17)` or `line 12`; empty for the whole file. */
  readonly entry: string;
};

/** Something that did not go in, with its place and the reason as a sentence part. */
export type ImportProblem = Place & {
  readonly code: ProblemCode;
  /** As `CarePlan.status`; empty for the whole resource. */
  readonly path: string;
  readonly reason: string;
};

export type ProblemCode =
  | 'unreadable'
  | 'too-large'
  | 'not-json'
  | 'not-fhir'
  | 'structure'
  | 'code'
  | 'text'
  | 'no-patient'
  | 'not-a-person'
  | 'same-id'
  | 'not-stored';

/** Something that went in, but not quite as it stood, or that is left out on purpose. */
export type ImportWarning = Place & { readonly kind: WarningKind; readonly detail: string };

export type WarningKind =
  | 'type-not-read'
  | 'duplicate'
  | 'two-versions'
  | 'marked-wrong'
  | 'identity-code-invalid'
  | 'birth-date-partial'
  | 'date-partial'
  | 'date-out-of-range'
  | 'reference-missing'
  | 'name-missing'
  | 'language-missing'
  | 'profession-unknown'
  | 'kept-edited-here'
  | 'removed-here';

/** What each kind of warning means to whoever runs the import. */
export const warningWords: { readonly [kind in WarningKind]: string } = {
  'type-not-read': 'resources of a type that the plan has no place for',
  duplicate: 'the same resource again',
  'two-versions': 'one resource in differing versions: the newest went in',
  'marked-wrong': 'marked as entered in error at the source: not taken in as new',
  'identity-code-invalid': 'personal identity codes that are not valid: kept as temporary ids',
  'birth-date-partial': 'birth dates without a day: left empty',
  'date-partial': 'dates without a day: the first or last day of their month or year stands in',
  'date-out-of-range': 'dates outside the years 1850–2199: left empty',
  'reference-missing': 'references to something that is not among the files',
  'name-missing': 'people without a name',
  'language-missing': 'clients without a language: Finnish until corrected',
  'profession-unknown': 'professionals whose profession the source does not say',
  'kept-edited-here': 'changed at the source, but edited here since: what was written here stays',
  'removed-here': 'changed at the source, but removed here: stays removed',
};

/** Longest piece of the input that a message repeats. */
const longestQuote = 120;

/** On one line, without characters that steer a terminal. */
export const plainLine = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').toWellFormed();

/** Adds to a list; a spread of a hundred thousand would overflow the stack. */
export const addAll = <T>(list: T[], more: readonly T[]): void => {
  for (const one of more) list.push(one);
};

/** A piece of the input for a message. */
export const quoted = (text: string): string => {
  const plain = plainLine(text);
  return plain.length <= longestQuote ? plain : `${plain.slice(0, longestQuote)}…`;
};
