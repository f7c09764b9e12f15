import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { CaseNo } from './cases.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idsFromBytes, idsToBytes, idToBytes } from '../id-bytes.ts';

/** What somebody is typing: no change yet, but safe on the disk. */
export type Draft = {
  readonly recordId: Id;
  readonly kind: string;
  readonly compartment: string;
  readonly group: string;
  readonly value: Change['value'];
  readonly basedOn: readonly Id[];
  /** Milliseconds since 1970, UTC. */
  readonly savedAt: number;
};

export const saveDraft = (db: WritableDb, caseNo: CaseNo, draft: Draft): void => {
  db.run(
    `INSERT INTO draft (case_no, record_id, kind, compartment, group_name, value, based_on, saved_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET
       value = excluded.value, based_on = excluded.based_on, saved_at = excluded.saved_at`,
    [
      caseNo,
      idToBytes(draft.recordId),
      draft.kind,
      draft.compartment,
      draft.group,
      JSON.stringify(draft.value),
      idsToBytes(draft.basedOn),
      draft.savedAt,
    ],
  );
};

export const discardDraft = (db: WritableDb, caseNo: CaseNo, recordId: Id, group: string): void => {
  db.run('DELETE FROM draft WHERE case_no = ? AND record_id = ? AND group_name = ?', [
    caseNo,
    idToBytes(recordId),
    group,
  ]);
};

export const draftsOfCase = (db: ReadableDb, caseNo: CaseNo): readonly Draft[] =>
  db
    .all<{
      record_id: Buffer;
      kind: string;
      compartment: string;
      group_name: string;
      value: string;
      based_on: Buffer | null;
      saved_at: number;
    }>(
      `SELECT record_id, kind, compartment, group_name, value, based_on, saved_at
       FROM draft WHERE case_no = ?`,
      [caseNo],
    )
    .map((row) => ({
      recordId: idFromBytes(row.record_id),
      kind: row.kind,
      compartment: row.compartment,
      group: row.group_name,
      value: JSON.parse(row.value) as Change['value'],
      basedOn: idsFromBytes(row.based_on),
      savedAt: row.saved_at,
    }));

export const eraseDrafts = (db: WritableDb, caseNo: CaseNo): void => {
  db.run('DELETE FROM draft WHERE case_no = ?', [caseNo]);
};

export const casesWithDrafts = (db: ReadableDb): readonly CaseNo[] =>
  db.all<{ case_no: number }>('SELECT DISTINCT case_no FROM draft').map((row) => row.case_no);

/** When something was last typed or written here, milliseconds since 1970, UTC; null for never. */
export const lastWrittenMs = (db: ReadableDb): number | null =>
  db.value<number>(
    `SELECT max(at) FROM (
       SELECT max(saved_at) AS at FROM draft
       UNION ALL SELECT made_at FROM outbox WHERE counter = (SELECT max(counter) FROM outbox))`,
  ) ?? null;
