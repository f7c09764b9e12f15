import type { CallArguments, CallOutput, Problem } from '#shared/contract/calls.ts';
import type { Id } from '#shared/domain/ids.ts';
import { foldForSearch } from '#shared/domain/search-fold.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { caseIdOf, findCase } from '#main/db/queries/cases.ts';
import { clientName } from '#main/db/queries/client-index.ts';
import { searchClients } from '#main/db/queries/client-search.ts';
import { withReading, type ReadableDb } from '#main/db/handles.ts';
import { searchTexts } from '#main/db/queries/text-index.ts';
import type { Desk } from '../desk.ts';
import { storageProblem } from '../problems.ts';
import { looksAt } from '../rights/looks.ts';
import { openParts } from '../rights/open-parts.ts';
import { noteUse, type NewUse } from '../use/note-use.ts';

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

type FoundText = CallOutput<'text.search'>['hits'][number] & { readonly compartment: string };

/**
 * Places in the open parts of plans and notes that hold every word typed; words too short to look up are
 * left out. Nothing of it may be shown before it has been logged (`searchTextsLogged`).
 */
export const findTexts = (
  db: ReadableDb,
  input: CallArguments<'text.search'>,
): Result<{ readonly hits: readonly FoundText[] }, Problem> => {
  const words = wordsOf(input.query).filter((word) => [...word].length >= shortestWord);
  if (words.length === 0) return ok({ hits: [] });
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
  return found.ok ? ok({ hits: found.value }) : err(storageProblem(found.error));
};

/** As `findTexts`, once each client's hits stand in the log: what cannot be logged is not shown. */
export const searchTextsLogged = (
  desk: Desk,
  input: CallArguments<'text.search'>,
): Result<CallOutput<'text.search'>, Problem> => {
  const found = findTexts(desk.db, input);
  if (!found.ok) return found;
  const { hits } = found.value;
  const uses = [...Map.groupBy(hits, ({ caseId }) => caseId)].flatMap(([caseId, ofClient]) =>
    looksAtTexts(desk, caseId, ofClient),
  );
  const logged = uses.length === 0 ? ok(undefined) : noteUse(desk, uses);
  if (!logged.ok) return logged;
  return ok({ hits: hits.map(({ compartment: _place, ...hit }) => hit) });
};

const looksAtTexts = (desk: Desk, caseId: Id, hits: readonly FoundText[]): readonly NewUse[] => {
  const caseNo = findCase(desk.db, caseId);
  const found = new Set(hits.map(({ compartment }) => compartment));
  const parts =
    caseNo === undefined
      ? []
      : openParts(desk.db, caseNo, desk.now()).filter(({ compartment }) => found.has(compartment));
  return looksAt('search-result', caseId, parts, { screen: 'search' }).map((use) => ({
    ...use,
    what: {
      ...use.what,
      records: hits
        .filter(({ compartment }) => use.compartments.includes(compartment))
        .map(({ recordId, kind, group }) => ({ id: recordId, kind, group })),
    },
  }));
};
