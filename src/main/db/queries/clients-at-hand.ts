import type { Id } from '#shared/domain/ids.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idToBytes } from '../id-bytes.ts';
import type { CaseNo } from './cases.ts';

export const pinClient = (db: WritableDb, caseNo: CaseNo, nowMs: number): void => {
  db.run('INSERT OR IGNORE INTO pinned_client (case_no, pinned_ms) VALUES (?, ?)', [caseNo, nowMs]);
};

export const unpinClient = (db: WritableDb, caseNo: CaseNo): void => {
  db.run('DELETE FROM pinned_client WHERE case_no = ?', [caseNo]);
};

/** In the order in which they were pinned. */
export const pinnedClients = (db: ReadableDb): readonly CaseNo[] =>
  db
    .all<{ case_no: CaseNo }>('SELECT case_no FROM pinned_client ORDER BY pinned_ms, case_no')
    .map((row) => row.case_no);

/** How many of the last entries of the log are looked at. */
const entriesLookedAt = 100;

/**
 * Clients whom this person has opened, the last one first: the log of use tells, so that no second list of
 * looks is kept. Only those who are on this computer.
 */
export const lastOpenedClients = (db: ReadableDb, limit: number): readonly CaseNo[] => {
  const opened = db
    .all<{ case_id: Id }>(
      `SELECT body ->> '$.caseId' AS case_id
       FROM (SELECT no, body FROM use_log ORDER BY no DESC LIMIT ?)
       WHERE body ->> '$.action' IN ('view', 'search-hit') ORDER BY no DESC`,
      [entriesLookedAt],
    )
    .map((row) => row.case_id);
  return [...new Set(opened)]
    .flatMap((caseId) => {
      const caseNo = db.value<CaseNo>('SELECT case_no FROM client_case WHERE case_id = ?', [
        idToBytes(caseId),
      ]);
      return caseNo === undefined ? [] : [caseNo];
    })
    .slice(0, limit);
};
