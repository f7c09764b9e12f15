import type { SyncStatus } from '#shared/contract/views.ts';
import type { SyncState } from '#renderer/components/sync-sign.tsx';

/**
 * The sign on every page, from the status alone. What was refused comes first: a person has to read it.
 * "The region has everything" is said only with the time of a complete exchange.
 */
export const syncStateOf = (status: SyncStatus): SyncState => {
  const { waiting } = status;
  if (status.refused > 0) return { kind: 'refused', count: status.refused };
  if (status.state === 'offline') {
    const { lease } = status;
    return { kind: 'offline', waiting, ...(lease && !lease.isOver && { until: lease.untilMs }) };
  }
  if (status.state === 'trouble') return { kind: 'trouble', waiting };
  return status.regionHasAll && status.lastCompletePull !== null
    ? { kind: 'region-has-all', at: status.lastCompletePull }
    : { kind: 'only-here', waiting };
};
