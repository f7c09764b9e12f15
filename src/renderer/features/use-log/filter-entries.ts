import type { LogEntry } from './entry-words.ts';

/** What of the log is shown; null: everything. */
export type LogFilter = {
  readonly personId: string | null;
  readonly action: string | null;
  readonly register: string | null;
};

export const noFilter: LogFilter = { personId: null, action: null, register: null };

const fits = (wanted: string | null, value: string): boolean => wanted === null || wanted === value;

export const filtered = (
  entries: readonly LogEntry[],
  { personId, action, register }: LogFilter,
): readonly LogEntry[] =>
  entries.filter(
    (entry) =>
      fits(personId, entry.personId) &&
      fits(action, entry.action) &&
      fits(register, entry.register),
  );

export type Choice = { readonly id: string; readonly label: string };

/** Each value that stands in the log, once, with its words, in the order of the words. */
export const choicesOf = (
  entries: readonly LogEntry[],
  idOf: (entry: LogEntry) => string,
  labelOf: (entry: LogEntry) => string,
): readonly Choice[] => {
  const labels = new Map(entries.map((entry) => [idOf(entry), labelOf(entry)]));
  return [...labels]
    .map(([id, label]) => ({ id, label }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'fi'));
};

/**
 * Pages of a log that grows at its newest end while it is read: each reading of it is an entry. What moved
 * to the next page meanwhile comes twice and is kept once; nothing is passed over.
 */
export const joinedPages = (
  known: readonly LogEntry[],
  page: readonly LogEntry[],
): readonly LogEntry[] => {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...page.filter(({ id }) => !ids.has(id))];
};
