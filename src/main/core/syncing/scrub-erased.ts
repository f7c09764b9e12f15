import { ok, type Result } from '#shared/lib/result.ts';
import { databaseBytes, scrubFile } from '#main/db/file/scrub-file.ts';
import { withTransaction, type WritableDb } from '#main/db/handles.ts';
import { noteScrubbed } from '#main/db/queries/erased-scope.ts';
import { lastWrittenMs } from '#main/db/queries/drafts.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';

type Scrubbing = { readonly db: WritableDb; readonly now: () => number };

/** Writing so large a file anew is not felt by somebody who types. */
const alwaysAtOnceBytes = 32 * 1024 * 1024;

/** A larger one waits for a pause in the typing, though never so long that what left stays a minute. */
const pauseMs = 3_000;
const longestWaitMs = 20_000;

/** `waits`: something that was erased may still be found on the disk; the next round goes on. */
export type Scrubbed = 'clean' | 'waits';

/**
 * Ends what erasing began: after it no page and no frame of the -wal holds anything of what was erased,
 * and the region may be told (SPEC P3). Does nothing when nothing was erased; where somebody stands in the
 * way, or the program ended in between, the next round goes on.
 */
export const scrubErased = (desk: Scrubbing): Result<Scrubbed, StorageProblem> => {
  const { db } = desk;
  const before = readState(db, 'erasures');
  if (before === null) return ok('clean');
  if (!mayWriteAnew(desk, before.sinceMs)) return ok('waits');
  const scrubbed = scrubFile(db);
  if (!scrubbed.ok) return scrubbed;
  if (!scrubbed.value) return ok('waits');
  return withTransaction<Scrubbed>(db, () => {
    // Something erased meanwhile by the other connection is scrubbed the next time.
    if (readState(db, 'erasures')?.count !== before.count) return 'waits';
    noteScrubbed(db);
    writeState(db, 'erasures', null);
    return 'clean';
  });
};

const mayWriteAnew = ({ db, now }: Scrubbing, sinceMs: number): boolean => {
  if (databaseBytes(db) <= alwaysAtOnceBytes) return true;
  const nowMs = now();
  const waited = nowMs - sinceMs;
  // A clock that was set back makes nobody wait.
  if (waited < 0 || waited >= longestWaitMs) return true;
  return nowMs - (lastWrittenMs(db) ?? 0) >= pauseMs;
};
