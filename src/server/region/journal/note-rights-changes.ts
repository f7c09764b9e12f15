import type { Transaction } from '../../db/pool.ts';
import { mayAlterRights } from '../rights/case-rights.ts';
import type { LogEntry } from '../syncing/log-entry.ts';

/** Told to every server process at commit: something waits to be written into the journal of rights. */
export const journalChannel = 'punos_journal';

/** A change in the journal: the whole of it as it was signed, so that storing it again is the same change. */
export type JournaledChange = {
  readonly change: LogEntry['change'];
  readonly device: {
    readonly id: string;
    readonly counter: number;
    /** base64url. */
    readonly signature: string;
  } | null;
};

/**
 * Puts stored changes that carry rights on their way into the journal, in the transaction that stores them
 * (SPEC E2). Everything else that gives or takes rights is noted by the database itself (`note_rights`).
 */
export const noteRightsChanges = async (
  tx: Transaction,
  entries: readonly LogEntry[],
): Promise<void> => {
  const carrying = entries.filter(({ change }) => mayAlterRights(change));
  if (carrying.length === 0) return;
  await tx.query(
    `WITH noted AS (
       INSERT INTO rights_entry (kind, value)
       SELECT 'change', value FROM jsonb_array_elements($1::jsonb) AS value
       WHERE current_setting('punos.replaying', true) IS DISTINCT FROM 'on' RETURNING 1)
     SELECT pg_notify($2, '') FROM noted LIMIT 1`,
    [JSON.stringify(carrying.map(journaled)), journalChannel],
  );
};

export const journaled = ({ change, device }: LogEntry): JournaledChange => ({
  change,
  device: device && {
    id: device.id,
    counter: device.counter,
    signature: Buffer.from(device.signature).toString('base64url'),
  },
});

export const asLogEntry = ({ change, device }: JournaledChange): LogEntry => ({
  change,
  device: device && {
    id: device.id,
    counter: device.counter,
    signature: Buffer.from(device.signature, 'base64url'),
  },
});
