import type { PullResponse } from '#shared/protocol/pull.ts';
import type { PushResponse } from '#shared/protocol/push.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { withTransaction } from '#main/db/handles.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import { beginAnew } from './begin-anew.ts';
import { storageTrouble, type RoundReports, type RoundTrouble } from './round-trouble.ts';

/** Another epoch, or in the same one fewer numbers than were given to us: the region lost what it had (SPEC E5). */
export const isRestored = (
  desk: Desk,
  region: Pick<PullResponse | PushResponse, 'epoch' | 'highWater'>,
): boolean => {
  const known = readState(desk.db, 'epoch');
  if (known === null) return false;
  return known !== region.epoch || region.highWater < readState(desk.db, 'through');
};

export const restartAfterRestore = (
  desk: Desk,
  reports: RoundReports,
): Result<void, RoundTrouble> => {
  const begun = withTransaction(desk.db, () => beginAnew(desk));
  if (!begun.ok) return storageTrouble(begun.error);
  reports.onApplied({ caseIds: [], directoryChanged: true });
  return ok(undefined);
};
