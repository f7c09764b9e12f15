import type { Change } from '#shared/domain/change.ts';
import type { Receipt } from '#shared/protocol/push.ts';
import type { Transaction } from '../../db/pool.ts';
import { appendChanges } from './append.ts';
import type { LogEntry } from './log-entry.ts';
import { refreshFacts } from '../rights/refresh-facts.ts';

/** Stores checked changes and brings what is derived from them up to date, in the caller's transaction. */
export const storeChanges = async (
  tx: Transaction,
  entries: readonly LogEntry[],
  receivedAt: Date,
): Promise<readonly Receipt[]> => {
  const receipts = await appendChanges(tx, entries, receivedAt);
  await refreshFacts(
    tx,
    entries.map((entry) => entry.change),
    receivedAt,
  );
  return receipts;
};

/** As `storeChanges`, for what the region itself writes (import, demo): no device, no signature. */
export const storeOwnChanges = (
  tx: Transaction,
  changes: readonly Change[],
  receivedAt: Date,
): Promise<readonly Receipt[]> =>
  storeChanges(
    tx,
    changes.map((change) => ({ change, device: null })),
    receivedAt,
  );
