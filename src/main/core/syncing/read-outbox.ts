import type { CallOutput } from '#shared/contract/calls.ts';
import type { OutboxRowView } from '#shared/contract/views.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { clientName } from '#main/db/queries/client-index.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { allRefused, nextToSend, type OutboxRow } from '#main/db/queries/outbox.ts';

/** A client's name where it is held and open here. */
export const nameIn = (db: ReadableDb, caseNo: CaseNo): string | null => {
  const name = clientName(db, caseNo);
  return name ? `${name.familyName} ${name.givenNames}`.trim() : null;
};

/** A change of the outbox as the window shows it. */
export const outboxRowOf = (db: ReadableDb, row: OutboxRow): OutboxRowView => ({
  changeId: row.changeId,
  caseId: row.change.caseId,
  recordId: row.change.recordId,
  kind: row.change.kind,
  group: row.change.group,
  value: row.change.value,
  code: row.refused,
  time: row.madeAt,
  clientName: nameIn(db, row.caseNo),
});

/** What is only on this device: the refused first, then what waits, in the order of sending. */
export const readOutbox = (db: ReadableDb, limit: number): CallOutput<'sync.outbox'> => {
  const waiting = nextToSend(db, { changes: limit, bytes: Number.MAX_SAFE_INTEGER }, 0);
  return {
    rows: [...allRefused(db), ...waiting].slice(0, limit).map((row) => outboxRowOf(db, row)),
  };
};
