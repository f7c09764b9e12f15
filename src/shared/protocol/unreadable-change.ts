import { maxParents } from '../domain/change.ts';
import { idPattern, type Id } from '../domain/ids.ts';
import { jsonText } from '../lib/json-text.ts';

/** Why a change of a page was not taken (SPEC N1). */
export const unreadableCodes = ['bad-shape', 'too-deep', 'cannot-be-stored'] as const;
export type UnreadableCode = (typeof unreadableCodes)[number];

/** A change of a page that this program cannot take, with as much of its place as can be read. */
export type UnreadableChange = {
  /** As it came, as JSON: a newer program may read it. */
  readonly text: string;
  readonly code: UnreadableCode;
  readonly changeId: Id | null;
  readonly caseId: Id | null;
  readonly recordId: Id | null;
  readonly compartment: string | null;
  readonly kind: string | null;
  readonly group: string | null;
  /** What it replaces, where that and its own id can be read; ancestry goes through it (SPEC N2). */
  readonly parents: readonly Id[];
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const idOf = (value: unknown): Id | null =>
  typeof value === 'string' && idPattern.test(value) ? value : null;

const nameOf = (value: unknown, longest: number): string | null =>
  typeof value === 'string' && value !== '' && value.length <= longest ? value : null;

const parentsOf = (value: unknown): readonly Id[] => {
  if (!Array.isArray(value) || value.length > maxParents) return [];
  const ids = value.map(idOf);
  return ids.every((id) => id !== null) ? ids : [];
};

/** Why the schema of a change did not take one, by the messages of its issues. */
export const codeOfIssues = (messages: readonly string[]): UnreadableCode =>
  messages.length > 0 && messages.every((message) => message === 'too-deep')
    ? 'too-deep'
    : 'bad-shape';

/** What can be said of an entry of a page's changes that was not taken. */
export const unreadableChange = (entry: unknown, code: UnreadableCode): UnreadableChange => {
  const change = isObject(entry) && isObject(entry['change']) ? entry['change'] : {};
  return {
    text: jsonText(entry),
    code,
    changeId: idOf(change['id']),
    caseId: idOf(change['caseId']),
    recordId: idOf(change['recordId']),
    compartment: nameOf(change['compartment'], 60),
    kind: nameOf(change['kind'], 40),
    group: nameOf(change['group'], 40),
    parents: parentsOf(change['parents']),
  };
};
