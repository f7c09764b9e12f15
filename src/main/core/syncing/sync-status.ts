import type { SyncStatus } from '#shared/contract/views.ts';
import { countConflicts } from '#main/db/queries/conflicts.ts';
import { outboxSummary } from '#main/db/queries/outbox.ts';
import { countReviewed } from '#main/db/queries/reviewed.ts';
import { countSetAside } from '#main/db/queries/set-aside-changes.ts';
import { countSetAsidePlans } from '#main/db/queries/set-aside-plans.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import { leaseAt } from '../rights/offline-lease.ts';
import type { SyncReport } from './worker-messages.ts';

export const lockedStatus: SyncStatus = {
  state: 'never',
  waiting: 0,
  oldestWaitingSince: null,
  refused: 0,
  inReview: 0,
  conflicts: 0,
  setAside: { incoming: 0, clients: 0 },
  brake: null,
  lastCompletePull: null,
  regionHasAll: false,
  nextTryMs: null,
  firstSync: null,
  lease: null,
  deviceRekeyed: null,
  problem: null,
};

/** So long it is told that the device has a new id. */
const tellRekeyedMs = 7 * 24 * 3_600_000;

const rekeyedLately = ({ db, now }: Pick<Desk, 'db' | 'now'>): SyncStatus['deviceRekeyed'] => {
  const rekeyed = readState(db, 'deviceRekeyed');
  return rekeyed !== null && now() - rekeyed.atMs < tellRekeyedMs ? rekeyed : null;
};

/**
 * The sync as it is (SPEC T1): "the region has everything" is computed from what waits here and from the
 * last complete pull, never from whether somebody answers.
 */
export const readSyncStatus = (desk: Pick<Desk, 'db' | 'now'>, report: SyncReport): SyncStatus => {
  const { db } = desk;
  const { waiting, oldest, refused, notTaken } = outboxSummary(db);
  const lastCompletePull = readState(db, 'lastCompletePull');
  const done = readState(db, 'firstSyncDone');
  const brake = readState(db, 'brake');
  const stopped = brake?.stopped ?? null;
  return {
    state: report.state,
    waiting,
    oldestWaitingSince: oldest,
    refused,
    inReview: countReviewed(db),
    conflicts: countConflicts(db),
    setAside: { incoming: countSetAside(db), clients: countSetAsidePlans(db) },
    brake: stopped && { records: stopped.records, waiting: brake?.answer === 'wait' },
    lastCompletePull,
    regionHasAll:
      waiting === 0 &&
      notTaken === 0 &&
      lastCompletePull !== null &&
      !report.newsWaiting &&
      stopped === null,
    nextTryMs: report.nextTryMs,
    firstSync:
      lastCompletePull === null && (done ?? 0) + report.entering > 0
        ? {
            done: done ?? 0,
            waiting: report.entering,
            leftMs: report.leftMs,
            held: report.held,
          }
        : null,
    lease: leaseAt(desk),
    deviceRekeyed: rekeyedLately(desk),
    problem: report.problem,
  };
};
