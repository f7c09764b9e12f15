import type { z } from 'zod';
import { hybridTimePattern, maxParents } from '../domain/change.ts';
import { idPattern } from '../domain/ids.ts';
import { pullResponse, storedChangeSchema, type PullResponse, type StoredChange } from './pull.ts';
import { codeOfIssues, unreadableChange, type UnreadableChange } from './unreadable-change.ts';

/** A page with the changes that this program can read, and those that it cannot (SPEC N1). */
export type ReadPage = PullResponse & { readonly unreadable: readonly UnreadableChange[] };

/**
 * A page of a pull as the wire's schema reads it, or null when the schema refuses its envelope. A change
 * that the schema refuses is told beside the others.
 *
 * A first sync brings hundreds of thousands of changes, and the schema's own walk through them would cost
 * more than storing them. So changes are first looked at by the plain code below, which accepts nothing
 * that the schema would refuse or alter (proved in the test beside); whatever it does not accept, the
 * schema itself judges.
 */
export const readPage = (answer: unknown): ReadPage | null => {
  if (!isRecord(answer) || !Array.isArray(answer['changes'])) return null;
  const entries: unknown[] = answer['changes'];
  const envelope = pullResponse.safeParse({ ...answer, changes: [] });
  if (!envelope.success) return null;
  if (entries.every(isPlainChange)) return { ...envelope.data, changes: entries, unreadable: [] };
  const changes: StoredChange[] = [];
  const unreadable: UnreadableChange[] = [];
  for (const entry of entries) {
    if (isPlainChange(entry)) changes.push(entry);
    else {
      const read = storedChangeSchema.safeParse(entry);
      if (read.success) changes.push(read.data);
      else unreadable.push(unreadableChange(entry, codeOf(read.error)));
    }
  }
  return { ...envelope.data, changes, unreadable };
};

const codeOf = ({ issues }: z.ZodError) => codeOfIssues(issues.map(({ message }) => message));

/** One change as the schema reads it, or null. */
export const readStoredChange = (entry: unknown): StoredChange | null => {
  const parsed = storedChangeSchema.safeParse(entry);
  return parsed.success ? parsed.data : null;
};

const fieldsOfChange = 13;

/** Deep enough for every value of ours, and well within what the schema allows. */
const deepestPlainValue = 8;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const isText = (value: unknown, shortest: number, longest: number): value is string =>
  typeof value === 'string' && value.length >= shortest && value.length <= longest;

const isCount = (value: unknown, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;

const isId = (value: unknown): boolean => typeof value === 'string' && idPattern.test(value);

const isPlainJson = (value: unknown, deeper: number): boolean => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (value === null) return true;
      if (deeper === 0) return false;
      return Array.isArray(value)
        ? value.every((member) => isPlainJson(member, deeper - 1))
        : isPlainRecord(value, deeper - 1);
    default:
      return false;
  }
};

const isPlainRecord = (value: unknown, deeper: number): boolean => {
  if (!isRecord(value)) return false;
  for (const name of Object.keys(value)) {
    // The schema passes over a member of this name; it is left to it.
    if (name.length > 100 || name === '__proto__' || !isPlainJson(value[name], deeper))
      return false;
  }
  return true;
};

const isPlainChange = (stored: unknown): stored is StoredChange => {
  if (
    !isRecord(stored) ||
    Object.keys(stored).length !== 2 ||
    !Number.isSafeInteger(stored['seq'])
  ) {
    return false;
  }
  const { change } = stored;
  if (!isRecord(change) || Object.keys(change).length !== fieldsOfChange) return false;
  const { id, recordId, caseId, authorId, parents, time, schema } = change;
  return (
    isId(id) &&
    isId(recordId) &&
    isId(caseId) &&
    isId(authorId) &&
    isText(change['kind'], 1, 40) &&
    isText(change['compartment'], 3, 60) &&
    isText(change['group'], 1, 40) &&
    isText(change['profession'], 0, 60) &&
    isText(change['taskClass'], 0, 60) &&
    typeof time === 'string' &&
    hybridTimePattern.test(time) &&
    isCount(schema, 1, 10_000) &&
    Array.isArray(parents) &&
    parents.length <= maxParents &&
    parents.every(isId) &&
    isPlainRecord(change['value'], deepestPlainValue)
  );
};
