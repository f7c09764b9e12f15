import fs from 'node:fs';

import type { Driver } from './driver.ts';
import { applicationId, openKeyed } from './connection.ts';
import { removeFile } from './durable-file.ts';
import { damageIn } from './page-check.ts';
import { storageProblemOf } from '../storage-problem.ts';
import type { CaseFilePaths } from './case-file-paths.ts';
import type { CaseFileProblem } from './case-file-problem.ts';
import type { Id } from '#shared/domain/ids.ts';

/** Files up to this size are read whole at every opening; larger ones only after a crash. */
const alwaysReadWholeBytes = 32 * 1024 * 1024;

/** A -wal shorter than its own header holds nothing. */
const walHeaderBytes = 32;

export const markLength = 16;

/** The database's first bytes: the cipher's random salt, in the clear. Never while it is open. */
export const databaseMark = (path: string): Buffer => {
  const handle = fs.openSync(path, 'r');
  try {
    const mark = Buffer.alloc(markLength);
    fs.readSync(handle, mark, 0, markLength, 0);
    return mark;
  } finally {
    fs.closeSync(handle);
  }
};

export const sizeOf = (path: string): number | null =>
  fs.statSync(path, { throwIfNoEntry: false })?.size ?? null;

export const isUnencrypted = (mark: Buffer): boolean =>
  mark.toString('latin1') === 'SQLite format 3\u0000';

/** Two salts agree in one byte of 256 by chance; one salt and its damaged copy agree in most. */
const marksAreOfOneFile = (a: Buffer, b: Buffer): boolean => {
  const blank = a.every((byte) => byte === a[0]);
  return blank || a.filter((byte, index) => byte === b[index]).length >= markLength / 2;
};

export type Expected = {
  readonly key: Uint8Array;
  readonly fileUuid: Id;
  readonly mark: Buffer;
  readonly latestVersion: number;
  readonly acceptMissingWal: boolean;
  readonly everyPage: boolean;
};

/**
 * Whether the file is ours, whole and understood, found out by a connection that cannot write.
 * Null when it may be opened. Call while holding the file's lock and before any other connection.
 */
export const inspectCaseFile = (
  paths: CaseFilePaths,
  expected: Expected,
): CaseFileProblem | null => {
  const walBytes = sizeOf(paths.wal);
  const actualMark = databaseMark(paths.database);
  let driver: Driver | null = null;
  try {
    driver = openKeyed(paths.database, expected.key, { readonly: true });
    const identity = identityProblem(driver, expected, walBytes ?? 0);
    if (identity !== null) return identity;
    const whole = expected.everyPage || (sizeOf(paths.database) ?? 0) <= alwaysReadWholeBytes;
    return whole || walBytes !== null ? damageIn(driver) : null;
  } catch (error) {
    const problem = storageProblemOf(error);
    if (problem === null) throw error;
    if (problem.kind !== 'damaged' || !problem.detail.startsWith('SQLITE_NOTADB')) return problem;
    // The key is right, its own tag said so: then the first page is damaged, or not this key's.
    if (!marksAreOfOneFile(actualMark, expected.mark)) {
      return { kind: 'key-header-of-another-file' };
    }
    return { ...problem, page: 1 };
  } finally {
    driver?.close();
    if (walBytes === null) removeEmptyWal(paths);
  }
};

/** A connection that cannot write makes an empty -wal and cannot remove it again. */
const removeEmptyWal = (paths: CaseFilePaths): void => {
  if (sizeOf(paths.wal) !== 0) return;
  removeFile(paths.wal);
  removeFile(paths.sharedMemory);
};

const identityProblem = (
  driver: Driver,
  expected: Expected,
  walBytes: number,
): CaseFileProblem | null => {
  const tables = driver
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all() as string[];
  if (driver.pragma('application_id', { simple: true }) !== applicationId) {
    return { kind: 'not-a-case-file', reason: 'application-id' };
  }
  if (!['file_identity', 'file_state', 'setting'].every((name) => tables.includes(name))) {
    return { kind: 'not-a-case-file', reason: 'tables' };
  }
  const walExpected = driver.prepare('SELECT wal_expected FROM file_state').pluck().get() === 1;
  if (walExpected && walBytes < walHeaderBytes && !expected.acceptMissingWal) {
    return { kind: 'missing-wal' };
  }
  if (driver.prepare('SELECT file_uuid FROM file_identity').pluck().get() !== expected.fileUuid) {
    return { kind: 'not-a-case-file', reason: 'identity' };
  }
  const version = driver.pragma('user_version', { simple: true }) as number;
  return version > expected.latestVersion
    ? { kind: 'newer-schema', found: version, known: expected.latestVersion }
    : null;
};
