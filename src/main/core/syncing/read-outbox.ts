import type { CallOutput } from '#shared/contract/calls.ts';
import { clientName } from '#main/db/queries/client-index.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { allRefused, nextToSend, type OutboxRow } from '#main/db/queries/outbox.ts';

const nameIn = (db: ReadableDb, row: OutboxRow): string | null => {
  const name = clientName(db, row.caseNo);
  return name ? `${name.familyName} ${name.givenNames}`.trim() : null;
};

/** What is only on this device: the refused first, then what waits, in the order of sending. */
export const readOutbox = (db: ReadableDb, limit: number): CallOutput<'sync.outbox'> => {
  const waiting = nextToSend(db, { changes: limit, bytes: Number.MAX_SAFE_INTEGER }, 0);
  return {
    rows: [...allRefused(db), ...waiting].slice(0, limit).map((row) => ({
      changeId: row.changeId,
      caseId: row.change.caseId,
      recordId: row.change.recordId,
      kind: row.change.kind,
      group: row.change.group,
      value: row.change.value,
      code: row.refused,
      time: row.madeAt,
      clientName: nameIn(db, row),
    })),
  };
};
