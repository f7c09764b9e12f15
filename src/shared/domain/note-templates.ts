import templateList from '#resources/codes/note-templates.json' with { type: 'json' };
import type { Code, Language } from './codes.ts';
import type { noteKinds } from './records/note.ts';

/** Kirjauspohja: the headings under which a profession writes a kind of note. */
export type NoteTemplate = Code & {
  /** Whose it is; empty for everybody. */
  readonly professions: readonly string[];
  readonly kinds: readonly (typeof noteKinds)[number][];
  readonly headings: { readonly [language in Language]: readonly string[] };
};

export const noteTemplates = templateList as readonly NoteTemplate[];

/** What somebody of this profession may begin a note from: those for its kind first, then the others. */
export const templatesFor = (profession: string | null, kind: string): readonly NoteTemplate[] => {
  const own = noteTemplates.filter(
    ({ professions }) =>
      professions.length === 0 || (profession !== null && professions.includes(profession)),
  );
  const isFor = ({ kinds }: NoteTemplate): boolean => kinds.some((each) => each === kind);
  return [...own.filter(isFor), ...own.filter((template) => !isFor(template))];
};

/** The text with the template's headings below it, each on a line of its own; those that stand in it already are left out. */
export const withHeadings = (
  text: string,
  { headings }: NoteTemplate,
  language: Language,
): string => {
  const lines = new Set(text.split('\n').map((line) => line.trim()));
  const missing = headings[language]
    .map((heading) => `${heading}:`)
    .filter((line) => !lines.has(line));
  const before = text.trimEnd();
  return (
    [...(before === '' ? [] : [before]), ...missing].join('\n\n') + (missing.length > 0 ? '\n' : '')
  );
};
