import type { StorageProblem } from '#main/db/storage-problem.ts';
import { withTransaction } from '#main/db/handles.ts';
import { readState, writeState, type SyncState } from '#main/db/queries/sync-state.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { Desk } from '../desk.ts';

/** For so long a device shows clients without the region's word. As long as a session lives unused. */
export const leaseMs = 72 * 3_600_000;

/** How often what has run is written down; an opening of the file counts as much, or many short ones would be free. */
export const reckonEveryMs = 60_000;

/** What has been used of the lease, and the highest reading of the computer's clock so far. */
export type Lease = NonNullable<SyncState['lease']>;

/**
 * After another stretch: the clock counts from the highest it has ever shown, and what has run counts
 * whatever the clock says, so that turning it back wins nothing. All in milliseconds.
 */
export const spend = ({ usedMs, seenMs }: Lease, nowMs: number, ranMs: number): Lease => ({
  usedMs: usedMs + Math.max(0, nowMs - seenMs, ranMs),
  seenMs: Math.max(seenMs, nowMs),
});

const isOver = ({ usedMs }: Lease): boolean => usedMs >= leaseMs;

type Clocked = Pick<Desk, 'db' | 'now'>;

const keep = (
  { db }: Clocked,
  next: (lease: Lease | null) => Lease,
): Result<void, StorageProblem> =>
  withTransaction(db, (tx) => writeState(tx, 'lease', next(readState(tx, 'lease'))));

/** Writes down that the program has run for `ranMs` more. A lease that has just been given begins here. */
export const reckonLease = (desk: Clocked, ranMs: number): Result<void, StorageProblem> =>
  keep(desk, (lease) => {
    const nowMs = desk.now();
    return lease === null ? { usedMs: 0, seenMs: nowMs } : spend(lease, nowMs, ranMs);
  });

/** How the lease stands: whether it is over, and when it ends by this computer's clock. */
export const leaseAt = ({
  db,
  now,
}: Clocked): { readonly isOver: boolean; readonly untilMs: number } => {
  const nowMs = now();
  const lease = spend(readState(db, 'lease') ?? { usedMs: 0, seenMs: nowMs }, nowMs, 0);
  return { isOver: isOver(lease), untilMs: nowMs + leaseMs - lease.usedMs };
};

/**
 * Whether clients may be shown. That the time has come is written down, so that a clock that is turned back
 * afterwards does not open them again.
 */
export const mayRead = (desk: Clocked): Result<boolean, StorageProblem> => {
  if (!leaseAt(desk).isOver) return ok(true);
  const kept = readState(desk.db, 'lease');
  if (kept !== null && isOver(kept)) return ok(false);
  const written = reckonLease(desk, 0);
  return written.ok ? ok(false) : written;
};

/** The region has answered this person on this device: the lease begins anew. Cheap to be told often. */
export const renewLease = (desk: Clocked): Result<void, StorageProblem> => {
  const lease = readState(desk.db, 'lease');
  const nowMs = desk.now();
  const isFresh =
    lease !== null &&
    lease.usedMs < reckonEveryMs &&
    Math.abs(nowMs - lease.seenMs) < reckonEveryMs;
  return isFresh ? ok(undefined) : keep(desk, () => ({ usedMs: 0, seenMs: nowMs }));
};

/** The region has turned the person or the device away: nothing more is shown until it lets them in. */
export const endLease = (desk: Clocked): Result<void, StorageProblem> =>
  keep(desk, () => ({ usedMs: leaseMs, seenMs: desk.now() }));
