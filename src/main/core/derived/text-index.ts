import type { CaseNo } from '#main/db/queries/cases.ts';
import { withTransaction, type WritableDb } from '#main/db/handles.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { pendingTextCases, replaceTexts, type IndexedText } from '#main/db/queries/text-index.ts';
import type { Result } from '#shared/lib/result.ts';
import { byGroup, byRecord, existenceOf, groupState } from '../records/group-state.ts';
import { readOpenCase } from './refresh-client.ts';

/** The fields that people search in, of any kind of record. */
const searchedFields = [
  'title',
  'text',
  'description',
  'name',
  'frequency',
  'clientView',
  'place',
  'about',
  'participants',
  'medication',
  'observation',
  'minus2',
  'minus1',
  'zero',
  'plus1',
  'plus2',
  'comment',
  'code',
  'purpose',
  'use',
  'how',
  'means',
] as const;

/** What of a value people search in. */
export const textOf = (value: Readonly<Record<string, unknown>>): string =>
  searchedFields
    .map((field) => value[field])
    .filter((text): text is string => typeof text === 'string' && text !== '')
    .join('\n');

/** Builds one client's part of the full-text index anew, from what is open; every version of a conflict is found. */
export const indexTexts = (db: WritableDb, caseNo: CaseNo): void => {
  const texts: IndexedText[] = [];
  for (const [recordId, changes] of byRecord(readOpenCase(db, caseNo))) {
    const groups = byGroup(changes);
    if (existenceOf(groups).state === 'removed') continue;
    for (const [group, groupChanges] of groups) {
      const state = groupState(groupChanges);
      if (state.state === 'empty') continue;
      const values =
        state.state === 'conflict' ? state.heads.map((head) => head.value) : [state.value];
      const body = values.map(textOf).join('\n').trim();
      const kind = groupChanges[0]?.shape.kind ?? '';
      if (body !== '') texts.push({ recordId, kind, group, body });
    }
  }
  replaceTexts(db, caseNo, texts);
};

/** How long one transaction of indexing works before it ends: an edit that waits for it is not felt. */
const shareMs = 15;
/** Most clients of one transaction. */
const mostCases = 64;

/**
 * Indexes clients that wait, as many as one short transaction holds: the full-text index writes a segment
 * at every commit and merges them later, so that a commit for each client costs more than the words do.
 * Says whether anything is left.
 */
export const indexPendingTexts = (
  db: WritableDb,
): Result<{ readonly more: boolean }, StorageProblem> =>
  withTransaction(db, () => {
    const until = performance.now() + shareMs;
    for (const caseNo of pendingTextCases(db, mostCases)) {
      indexTexts(db, caseNo);
      if (performance.now() > until) return { more: true };
    }
    return { more: pendingTextCases(db, 1).length > 0 };
  });
