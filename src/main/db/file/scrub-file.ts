import { atBorder, type WritableDb } from '../handles.ts';
import type { StorageProblem } from '../storage-problem.ts';
import { ok, type Result } from '#shared/lib/result.ts';

type Checkpoint = { readonly busy: number };

const checkpoint = (db: WritableDb, mode: 'TRUNCATE' | 'FULL'): boolean =>
  db.returning<Checkpoint>(`PRAGMA wal_checkpoint(${mode})`)[0]?.busy === 0;

/**
 * Leaves nothing of what was erased, neither in the database nor in the -wal. `secure_delete` overwrites
 * erased rows and pages where they lie, but not the copies that SQLite leaves in the unused part of a page
 * when it shares rows out between neighbouring pages; so the database is written anew. Readers go on
 * meanwhile, writers wait: some 15 ms per megabyte. False when somebody stands in the way: try again later.
 *
 * An empty -wal would look like one taken away, so the mark that work may lie in it is lowered for the
 * moment (`case-file.ts`); a crash in between leaves a file that says truly that nothing is missing.
 */
export const scrubFile = (db: WritableDb): Result<boolean, StorageProblem> => {
  const scrubbed = atBorder(() => {
    db.execute('VACUUM');
    db.run('UPDATE file_state SET wal_expected = 0');
    try {
      return checkpoint(db, 'TRUNCATE');
    } finally {
      db.run('UPDATE file_state SET wal_expected = 1');
      checkpoint(db, 'FULL');
    }
  });
  return !scrubbed.ok && scrubbed.error.kind === 'busy' ? ok(false) : scrubbed;
};

/** How large the database is, in bytes. */
export const databaseBytes = (db: WritableDb): number =>
  (db.value<number>('PRAGMA page_count') ?? 0) * (db.value<number>('PRAGMA page_size') ?? 0);
