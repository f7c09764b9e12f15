import { expect, test } from 'vitest';
import type { SyncStatus } from '#shared/contract/views.ts';
import { syncStateOf } from './sync-state.ts';

const quiet: SyncStatus = {
  state: 'idle',
  waiting: 0,
  oldestWaitingSince: null,
  refused: 0,
  inReview: 0,
  conflicts: 0,
  setAside: { incoming: 0, clients: 0 },
  brake: null,
  lastCompletePull: 5,
  regionHasAll: true,
  nextTryMs: null,
  firstSync: null,
  lease: null,
  deviceRekeyed: null,
  problem: null,
};

test('the region has everything only with the time of a complete exchange', () => {
  expect(syncStateOf(quiet)).toEqual({ kind: 'region-has-all', at: 5 });
  expect(syncStateOf({ ...quiet, lastCompletePull: null })).toEqual({
    kind: 'only-here',
    waiting: 0,
  });
});

test('what was refused comes before everything else', () => {
  expect(syncStateOf({ ...quiet, refused: 2, state: 'offline' })).toEqual({
    kind: 'refused',
    count: 2,
  });
});

test('offline and trouble say how much waits', () => {
  const waiting = { ...quiet, waiting: 3, regionHasAll: false };
  expect(syncStateOf({ ...waiting, state: 'offline' })).toEqual({ kind: 'offline', waiting: 3 });
  expect(
    syncStateOf({ ...waiting, state: 'offline', lease: { isOver: false, untilMs: 7 } }),
  ).toEqual({ kind: 'offline', waiting: 3, until: 7 });
  expect(
    syncStateOf({ ...waiting, state: 'offline', lease: { isOver: true, untilMs: 7 } }),
  ).toEqual({ kind: 'offline', waiting: 3 });
  expect(syncStateOf({ ...waiting, state: 'trouble' })).toEqual({ kind: 'trouble', waiting: 3 });
  expect(syncStateOf(waiting)).toEqual({ kind: 'only-here', waiting: 3 });
});
