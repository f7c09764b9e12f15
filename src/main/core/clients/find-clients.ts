import type { CallArguments, CallOutput, Problem } from '#shared/contract/calls.ts';
import { foldForSearch } from '#shared/domain/search-fold.ts';
import { err, type Result } from '#shared/lib/result.ts';
import { caseIdOf } from '#main/db/queries/cases.ts';
import { clientName } from '#main/db/queries/client-index.ts';
import { searchClients } from '#main/db/queries/client-search.ts';
import { withReading, type ReadableDb } from '#main/db/handles.ts';
import { searchTexts } from '#main/db/queries/text-index.ts';
import { storageProblem } from '../problems.ts';

const wordsOf = (query: string): readonly string[] =>
  foldForSearch(query)
    .split(/[\s,]+/u)
    .filter((word) => word !== '')
    .slice(0, 8);

/** Clients on this device whose names or identity code begin with every word typed. */
export const findClients = (
  db: ReadableDb,
  input: CallArguments<'clients.search'>,
): Result<CallOutput<'clients.search'>, Problem> => {
  const found = withReading(db, () => searchClients(db, { ...input, words: wordsOf(input.query) }));
  return found.ok
    ? { ok: true, value: { total: found.value.total, rows: [...found.value.rows] } }
    : err(storageProblem(found.error));
};

/** A word shorter than this cannot be looked up in the index of parts of words. */
const shortestWord = 3;

/** Places in plans and notes that hold every word typed; words too short to look up are left out. */
export const findTexts = (
  db: ReadableDb,
  input: CallArguments<'text.search'>,
): Result<CallOutput<'text.search'>, Problem> => {
  const words = wordsOf(input.query).filter((word) => [...word].length >= shortestWord);
  if (words.length === 0) return { ok: true, value: { hits: [] } };
  const found = withReading(db, () =>
    searchTexts(db, words, input.limit).map(({ caseNo, ...hit }) => {
      const name = clientName(db, caseNo);
      return {
        ...hit,
        caseId: caseIdOf(db, caseNo),
        clientName: name ? `${name.familyName} ${name.givenNames}` : '',
      };
    }),
  );
  return found.ok ? { ok: true, value: { hits: found.value } } : err(storageProblem(found.error));
};
