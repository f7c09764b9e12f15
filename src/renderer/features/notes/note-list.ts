import type { Id } from '#shared/domain/ids.ts';
import { registerOf, type Register } from '#shared/domain/codes.ts';
import { foldForSearch } from '#shared/domain/search-fold.ts';
import type { NoteEntry } from '../plan-model/index.ts';

export type NoteFilter = {
  readonly query: string;
  /** Null for every one of them. */
  readonly kind: string | null;
  readonly authorId: Id | null;
  readonly profession: string | null;
  readonly register: Register | null;
  /** Days of the happening, `YYYY-MM-DD`, both included. */
  readonly from: string | null;
  readonly to: string | null;
};

export const everyNote: NoteFilter = {
  query: '',
  kind: null,
  authorId: null,
  profession: null,
  register: null,
  from: null,
  to: null,
};

/** The notes that pass: every word typed stands somewhere in the text, "aidin" finds "äidin". */
export const filterNotes = (
  notes: readonly NoteEntry[],
  { query, kind, authorId, profession, register, from, to }: NoteFilter,
): readonly NoteEntry[] => {
  const words = foldForSearch(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return notes.filter((note) => {
    if (kind !== null && note.entry.kind !== kind) return false;
    if (authorId !== null && note.written.authorId !== authorId) return false;
    if (profession !== null && note.written.profession !== profession) return false;
    const day = note.entry.happenedAt.slice(0, 10);
    if ((from !== null && day < from) || (to !== null && day > to)) return false;
    if (register !== null && registerOf(note.record.compartment) !== register) return false;
    const text = words.length === 0 ? '' : foldForSearch(note.entry.text);
    return words.every((word) => text.includes(word));
  });
};

/** So many notes are shown at first, and more each time somebody asks. */
export const notesAtOnce = 100;

/** How many notes to show: those that were asked for, and as far as the one that the address names. */
export const howManyShown = (
  notes: readonly NoteEntry[],
  asked: number,
  named: Id | null,
): number => Math.max(asked, notes.findIndex(({ record }) => record.id === named) + 1);
