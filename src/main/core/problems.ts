import type { Problem } from '#shared/contract/calls.ts';
import { err, type Result } from '#shared/lib/result.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';

export const problem = (code: string, path?: string): { ok: false; error: Problem } =>
  err(path === undefined ? { code } : { code, path });

/** Trouble with the disk, as a code that the window has words for; what was typed stays on the screen. */
export const storageProblem = (trouble: StorageProblem): Problem => ({
  code: `storage-${trouble.kind}`,
});

/** Joins a transaction's two outcomes: trouble with the disk, or the work's own answer. */
export const joined = <T>(result: Result<Result<T, Problem>, StorageProblem>): Result<T, Problem> =>
  result.ok ? result.value : err(storageProblem(result.error));
