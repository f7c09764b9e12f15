import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { newId, type Id } from '#shared/domain/ids.ts';
import type { Desk } from '#main/core/desk.ts';
import { refreshClientIndex } from '#main/core/derived/client-index.ts';
import { indexPendingTexts } from '#main/core/derived/text-index.ts';
import { findClients, findTexts } from '#main/core/clients/find-clients.ts';
import { httpRegionClient } from '#main/core/syncing/http-region-client.ts';
import type { RoundReports } from '#main/core/syncing/round-trouble.ts';
import { syncRound } from '#main/core/syncing/sync-round.ts';
import type { CaseFile } from '#main/db/file/case-file.ts';
import { allCases } from '#main/db/queries/cases.ts';
import { createCaseFile } from '#main/db/file/create-case-file.ts';
import { withTransaction } from '#main/db/handles.ts';
import { idFromBytes } from '#main/db/id-bytes.ts';
import { cheapArgon2 } from '../case-files.ts';
import { benchmarkDirectory, benchmarkNowMs } from './pages.ts';

/** A new case file, as a person's first day at a desk makes it. */
export const newCaseFile = async (path: string): Promise<CaseFile> => {
  const created = await createCaseFile({
    path,
    secrets: { secret: 'a benchmark has no secrets', keyChainSecret: null },
    personId: newId(benchmarkNowMs, randomBytes),
    deviceId: newId(benchmarkNowMs, randomBytes),
    createdAtMs: benchmarkNowMs,
    argon2: cheapArgon2,
  });
  if (!created.ok) throw new Error(`No case file: ${created.error.kind}`);
  return created.value;
};

export const benchmarkDesk = (caseFile: Pick<CaseFile, 'db' | 'identity'>): Desk => {
  const person = benchmarkDirectory().people[0];
  if (!person) throw new Error('The demo region has no staff');
  return {
    db: caseFile.db,
    person,
    deviceId: caseFile.identity.deviceId,
    sign: (text) => createHash('sha512').update(text).digest('base64url'),
    now: () => benchmarkNowMs,
    randomBytes,
  };
};

/** A round of which nobody is told, and that nobody stops. */
export const quietReports: RoundReports = {
  onApplied: () => undefined,
  onEntering: () => undefined,
  shouldStop: () => false,
  mayFetch: () => true,
};

/** The program's own round of sync, to its end: the client list and the search for names work after it. */
export const syncOnce = async (desk: Desk, url: string): Promise<void> => {
  const region = httpRegionClient(url);
  const done = await syncRound(desk, region, 'benchmark', quietReports);
  if (!done.ok) throw new Error(`The round ended early: ${done.error.kind}`);
};

/** What the sync thread does behind the screens, without its pauses. */
export const indexAll = (desk: Desk): void => {
  for (;;) {
    const indexed = indexPendingTexts(desk.db);
    if (!indexed.ok) throw new Error(`Indexing ended early: ${indexed.error.kind}`);
    if (!indexed.value.more) return;
  }
};

/** Proves that the screens would show what came: each client in the list, and found by name. */
export const checkUsable = ({ db }: Desk, clients: number): void => {
  const ask = { sort: 'name', descending: false, offset: 0, limit: 50 } as const;
  const all = findClients(db, { ...ask, query: '' });
  if (!all.ok || all.value.total !== clients) throw new Error('The client list is not whole');
  const [first] = all.value.rows;
  const found = findClients(db, { ...ask, query: first?.familyName ?? '' });
  if (!found.ok || !found.value.rows.some((row) => row.caseId === first?.caseId)) {
    throw new Error('A client in the list is not found by name');
  }
};

/** Proves that the list, made from what came, is what the changes in the file say. */
export const checkDerived = ({ db }: Desk): void => {
  const list = 'SELECT * FROM client_index';
  const words = 'SELECT * FROM client_word';
  const made = [db.all(list), db.all(words)];
  const again = withTransaction(db, () => {
    for (const caseNo of allCases(db)) refreshClientIndex(db, caseNo, null);
  });
  if (!again.ok) throw new Error(`The list was not made anew: ${again.error.kind}`);
  assert.deepEqual([db.all(list), db.all(words)], made);
};

export const checkSearchable = ({ db }: Desk): void => {
  const body = db.value<string>('SELECT body FROM text_row ORDER BY text_no DESC LIMIT 1') ?? '';
  const query = body.split(/\P{L}+/u).find((word) => word.length > 4) ?? '';
  const found = findTexts(db, { query, limit: 10 });
  if (!found.ok || found.value.hits.length === 0) throw new Error(`No text holds "${query}"`);
};

export const contentsOf = ({ db }: Desk): readonly (readonly [Id, string])[] =>
  db
    .all<{ change_id: Buffer; value: string }>('SELECT change_id, value FROM change')
    .map((row) => [idFromBytes(row.change_id), row.value]);
