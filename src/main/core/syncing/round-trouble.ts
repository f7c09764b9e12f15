import type { Id } from '#shared/domain/ids.ts';
import { err, type Result } from '#shared/lib/result.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import type { RegionTrouble } from './region-client.ts';

export type RoundTrouble =
  | RegionTrouble
  | { readonly kind: 'storage'; readonly problem: StorageProblem };

/** What a round tells while it works, so that screens follow a long first sync page by page. */
export type RoundReports = {
  readonly onApplied: (applied: {
    readonly caseIds: readonly Id[];
    readonly directoryChanged: boolean;
  }) => void;
  /** Asked between pages: a person who locks or quits does not wait for a long sync. */
  readonly shouldStop: () => boolean;
  /** Asked before each page: a first fetch may be stopped for a time while writing goes out. */
  readonly mayFetch: () => boolean;
  readonly onEntering: (clients: number) => void;
};

export const storageTrouble = (problem: StorageProblem): Result<never, RoundTrouble> =>
  err({ kind: 'storage', problem });
