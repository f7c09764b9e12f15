import fs from 'node:fs';

import { openDriver, type Driver } from './driver.ts';
import { removeIfPossible } from './durable-file.ts';
import { storageProblemOf, type StorageProblem } from '../storage-problem.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';

/**
 * One program per case file. The lock is an exclusive transaction that SQLite holds open on a small
 * database of its own: a lock of the operating system, released by the kernel when the owner dies,
 * however it dies. No process number is ever judged, so a living owner is never robbed and a dead
 * one never blocks.
 *
 * The lock file stays when the lock is released: removing it would let two programs each lock a file
 * of the same name.
 */
export type FileLock = { readonly release: () => void };

export type LockProblem =
  | {
      readonly kind: 'in-use';
      /** The owner's process number as it wrote it itself: for the message, never for a decision. */
      readonly pid: number | null;
    }
  | StorageProblem;

// A connection that nobody refers to is closed by the garbage collector, and its lock with it.
const heldLocks = new Set<Driver>();

/** Takes the lock at once or says who has it. Waits `waitMs` for it first, if given. */
export const acquireFileLock = (
  file: string,
  { waitMs = 0 }: { readonly waitMs?: number } = {},
): Result<FileLock, LockProblem> => {
  let driver: Driver | null = null;
  try {
    driver = openDriver(file, { timeout: waitMs });
    // In memory, so that the lock leaves no journal to recover from.
    driver.pragma('journal_mode = MEMORY');
    driver.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    driver?.close();
    const problem = storageProblemOf(error);
    if (problem === null) throw error;
    if (problem.kind === 'busy') return err({ kind: 'in-use', pid: ownerOf(file) });
    return err(problem);
  }
  const held = driver;
  heldLocks.add(held);
  noteOwner(file);
  return ok({
    release: () => {
      if (!held.open) return;
      // The note first: once the lock is gone it may be the next owner's. It is only for a message, and a
      // broken disk must not keep the file locked for it.
      removeIfPossible(ownerFile(file));
      held.close();
      heldLocks.delete(held);
    },
  });
};

// A file apart from the locked one: a process that opens and closes a file by itself drops the
// locks that it holds on it (POSIX), so the locked one is touched by SQLite alone.
const ownerFile = (file: string): string => `${file}-owner`;

const noteOwner = (file: string): void => {
  try {
    fs.writeFileSync(ownerFile(file), String(process.pid), { mode: 0o600 });
  } catch {
    // The note is only for a message; a full disk must not keep a person from reading.
  }
};

const ownerOf = (file: string): number | null => {
  try {
    const pid = Number(fs.readFileSync(ownerFile(file), 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
};
