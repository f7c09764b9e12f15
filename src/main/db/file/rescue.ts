import fs from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import type { Driver } from './driver.ts';
import { caseFilePaths, type CaseFilePaths } from './case-file-paths.ts';
import type { CaseFile } from './case-file.ts';
import { openKeyed } from './connection.ts';
import {
  createCaseFile,
  type CreateCaseFileOptions,
  type CreateCaseFileProblem,
} from './create-case-file.ts';
import { syncFolder, writeFileDurably } from './durable-file.ts';
import { acquireFileLock, type LockProblem } from './file-lock.ts';
import { sizeOf } from './inspect-case-file.ts';
import {
  readKeyHeader,
  unwrapKey,
  type KeyHeaderProblem,
  type Secrets,
  type UnwrapProblem,
} from './key-wrap.ts';
import { salvageTable, type SalvagedTable } from './salvage-table.ts';
import { storageProblemOf, type StorageProblem } from '../storage-problem.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';

/**
 * What happens to a case file that cannot be opened: it is set aside whole, never deleted; what can be
 * read of it is counted and copied out; and only then can a new one be started in its place.
 */

/** A set-aside case file: a folder of its own, in which all its parts keep their names. */
export type SetAside = {
  readonly folder: string;
  /** The database inside the folder. Other tools of this folder open it as any case file. */
  readonly path: string;
  readonly files: readonly string[];
  readonly setAsideAtMs: number;
};

const noteSchema = z.strictObject({
  format: z.literal('punos-set-aside'),
  /** File names, as they lay beside each other. */
  files: z.array(z.string()),
  setAsideAtMs: z.number(),
  /** False until every part has been moved: a crash in between is finished by the next call. */
  complete: z.boolean(),
});

type Note = z.infer<typeof noteSchema>;

const noteName = 'set-aside.json';

/** Everything a case file consists of, but its lock, which stays where programs look for it. */
const partsOf = (paths: CaseFilePaths): readonly string[] => [
  // The -wal goes first: if the power fails here, the database says that it is missing.
  paths.wal,
  paths.sharedMemory,
  `${paths.database}-journal`,
  paths.database,
  paths.keyHeader,
];

const readNote = (folder: string): Note | null => {
  try {
    const text = fs.readFileSync(path.join(folder, noteName), 'utf8');
    return noteSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

const folderPrefix = (paths: CaseFilePaths): string =>
  `${path.basename(paths.database, '.db')}.set-aside-`;

const unfinishedFolder = (paths: CaseFilePaths): string | null => {
  const parent = path.dirname(paths.database);
  const found = fs
    .readdirSync(parent)
    .filter((name) => name.startsWith(folderPrefix(paths)))
    .map((name) => path.join(parent, name))
    .find((folder) => readNote(folder)?.complete === false);
  return found ?? null;
};

/** A name that sorts by time, holds no colon (Windows) and is not taken. */
const newFolder = (paths: CaseFilePaths, atMs: number): string => {
  const time = new Date(atMs).toISOString().replaceAll(/[:.]/gu, '-');
  const base = path.join(path.dirname(paths.database), `${folderPrefix(paths)}${time}`);
  for (let copy = 1; ; copy += 1) {
    const folder = copy === 1 ? base : `${base}-${copy}`;
    try {
      fs.mkdirSync(folder, { mode: 0o700 });
      // Certain before anything is moved into it.
      syncFolder(path.dirname(folder));
      return folder;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
};

const moveInto = (folder: string, paths: CaseFilePaths, note: Note): SetAside => {
  const parent = path.dirname(paths.database);
  for (const name of note.files) {
    const from = path.join(parent, name);
    // Absent: moved already, before the crash that this call finishes after.
    if (sizeOf(from) !== null) fs.renameSync(from, path.join(folder, name));
  }
  syncFolder(folder);
  syncFolder(parent);
  writeFileDurably(path.join(folder, noteName), JSON.stringify({ ...note, complete: true }));
  return {
    folder,
    path: path.join(folder, path.basename(paths.database)),
    files: note.files,
    setAsideAtMs: note.setAsideAtMs,
  };
};

export type SetAsideProblem = LockProblem | { readonly kind: 'absent' };

/**
 * Moves all parts of the case file at `caseFile` into a folder beside it. Refused while any program,
 * this one included, has it open. Interrupted, it is finished by calling it again.
 */
export const setAsideCaseFile = (
  caseFile: string,
  nowMs: number,
): Result<SetAside, SetAsideProblem> => {
  const paths = caseFilePaths(caseFile);
  const lock = acquireFileLock(paths.lock);
  if (!lock.ok) return lock;
  try {
    const unfinished = unfinishedFolder(paths);
    const note = unfinished === null ? null : readNote(unfinished);
    if (unfinished !== null && note !== null) return ok(moveInto(unfinished, paths, note));
    const files = partsOf(paths).filter((file) => sizeOf(file) !== null);
    if (files.length === 0) return err({ kind: 'absent' });
    const folder = newFolder(paths, nowMs);
    const begun: Note = {
      format: 'punos-set-aside',
      files: files.map((file) => path.basename(file)),
      setAsideAtMs: nowMs,
      complete: false,
    };
    writeFileDurably(path.join(folder, noteName), JSON.stringify(begun));
    return ok(moveInto(folder, paths, begun));
  } catch (error) {
    const problem = storageProblemOf(error);
    if (problem === null) throw error;
    return err(problem);
  } finally {
    lock.value.release();
  }
};

export type RescueProblem =
  | KeyHeaderProblem
  | UnwrapProblem
  | StorageProblem
  /** The database's first page, or all of it, cannot be read: how much is inside is not known. */
  | { readonly kind: 'unreadable' };

const openSetAside = (file: string, key: Uint8Array): Result<Driver, RescueProblem> => {
  if ((sizeOf(file) ?? 0) === 0) return err({ kind: 'unreadable' });
  let driver: Driver | null = null;
  try {
    driver = openKeyed(file, key, { readonly: true });
    driver.prepare('SELECT count(*) FROM sqlite_schema').get();
    return ok(driver);
  } catch (error) {
    driver?.close();
    const problem = storageProblemOf(error);
    if (problem === null) throw error;
    return err(problem.kind === 'damaged' ? { kind: 'unreadable' } : problem);
  }
};

/** What of the set-aside file's unsent work can still be read. */
export type UnsentWork = {
  readonly table: string;
  readonly rows: SalvagedTable['rows'];
  /** True when every row was read; false when damage hid an unknown number of them. */
  readonly complete: boolean;
};

/**
 * Reads the unsent changes of a set-aside case file, around damaged pages where there are any. Needs
 * the person's secret. The rows are plain text in memory: write them nowhere but into a case file.
 */
export const readUnsentWork = async (
  setAside: SetAside,
  secrets: Secrets,
  table = 'outbox',
): Promise<Result<UnsentWork, RescueProblem>> => {
  const header = readKeyHeader(caseFilePaths(setAside.path).keyHeader);
  if (!header.ok) return header;
  const key = await unwrapKey(header.value, secrets);
  if (!key.ok) return key;
  const opened = openSetAside(setAside.path, key.value);
  key.value.fill(0);
  if (!opened.ok) return opened;
  try {
    return ok({ table, ...salvageTable(opened.value, table) });
  } finally {
    opened.value.close();
  }
};

/**
 * Starts a new case file where one was set aside: the only way to a new file at a path that had one.
 * Refused (`exists`) unless the setting aside came to its end and the place is free.
 */
export const startAnew = async (
  setAside: SetAside,
  options: CreateCaseFileOptions,
): Promise<Result<CaseFile, CreateCaseFileProblem>> => {
  const note = readNote(setAside.folder);
  if (note?.complete !== true) return err({ kind: 'exists', files: setAside.files });
  return createCaseFile(options);
};
