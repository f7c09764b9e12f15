import type { CaseNo } from '#main/db/cases.ts';
import { readCase } from '#main/db/changes.ts';
import { withTransaction, type WritableDb } from '#main/db/handles.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { pendingTextCases, replaceTexts, type IndexedText } from '#main/db/text-index.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { byGroup, byRecord, existenceOf, groupState } from '../records/group-state.ts';

/** The fields that people search in, of any kind of record. */
const searchedFields = ['title', 'text', 'description', 'name', 'frequency'] as const;

const textOf = (value: Readonly<Record<string, unknown>>): string =>
  searchedFields
    .map((field) => value[field])
    .filter((text): text is string => typeof text === 'string' && text !== '')
    .join('\n');

/** Builds one client's part of the full-text index anew; every version of a conflict is found. */
export const indexTexts = (db: WritableDb, caseNo: CaseNo): void => {
  const texts: IndexedText[] = [];
  for (const [recordId, changes] of byRecord(readCase(db, caseNo))) {
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

/** Indexes what waits, one client a transaction; says whether anything is left. */
export const indexPendingTexts = (
  db: WritableDb,
): Result<{ readonly more: boolean }, StorageProblem> => {
  const [caseNo] = pendingTextCases(db, 1);
  if (caseNo === undefined) return ok({ more: false });
  const indexed = withTransaction(db, () => indexTexts(db, caseNo));
  return indexed.ok ? ok({ more: true }) : indexed;
};
