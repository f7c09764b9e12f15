import { randomFillSync } from 'node:crypto';
import fs from 'node:fs';
import type { ReadableDb } from '#main/db/handles.ts';
import { storageProblemOf } from '#main/db/storage-problem.ts';
import { databaseFile } from '#main/db/queries/use-log.ts';

/**
 * Room on the disk that is kept for the log of use alone: when everything else fills up, a look can still
 * be logged, and so still be shown. Random bytes, so that no file system stores them as fewer.
 */
const reserveBytes = 1_048_576;

/** After the reserve was given up, or could not be made, it is tried again so much later. */
const againAfterMs = 60_000;

/** When each open case file's reserve is to be looked at next; never again while it stands. */
const nextLook = new WeakMap<ReadableDb, number>();

/** Beside the case file; empty for a database that is no file. */
const reserveFile = (db: ReadableDb): string => {
  const file = databaseFile(db);
  return file === '' ? '' : `${file.replace(/\.db$/u, '')}.use-log.reserve`;
};

const stands = (file: string): boolean =>
  (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) >= reserveBytes;

const write = (file: string): void => {
  const handle = fs.openSync(file, 'w', 0o600);
  try {
    fs.writeFileSync(handle, randomFillSync(Buffer.alloc(reserveBytes)));
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
};

/**
 * Makes the reserve of an open case file where it is missing: called when the file is opened, and before
 * each entry. A disk that has no room for it goes without.
 */
export const keepReserve = (db: ReadableDb, nowMs: number): void => {
  if (nowMs < (nextLook.get(db) ?? 0)) return;
  const file = reserveFile(db);
  nextLook.set(db, Infinity);
  if (file === '') return;
  try {
    if (!stands(file)) write(file);
  } catch (error) {
    if (storageProblemOf(error) === null) throw error;
    nextLook.set(db, nowMs + againAfterMs);
    fs.rmSync(file, { force: true });
  }
};

/** Gives the room up for the log. @returns false when there was none to give */
export const giveUpReserve = (db: ReadableDb, nowMs: number): boolean => {
  const file = reserveFile(db);
  nextLook.set(db, nowMs + againAfterMs);
  if (file === '' || !stands(file)) return false;
  fs.truncateSync(file);
  return true;
};
