import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { storageProblemOf } from '../storage-problem.ts';

/**
 * Makes a rename or a new file survive a power cut. Windows cannot open a folder for this and does
 * not need it: NTFS journals its folders.
 */
export const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const handle = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
};

/**
 * Makes a folder, and those above it that are missing, so that a power cut does not take them away with
 * all that was written into them since. Throws fs errors.
 */
export const makeFolderDurably = (folder: string): void => {
  const firstMade = fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (firstMade === undefined) return;
  const above = path.dirname(path.resolve(firstMade));
  for (let at = path.resolve(folder); at !== above; at = path.dirname(at)) {
    syncFolder(path.dirname(at));
  }
};

/**
 * Removes a file if it is there. Throws fs errors with their codes, which `fs.rmSync` does not for all, so
 * that a broken disk is known for what it is.
 */
export const removeFile = (file: string): void => {
  try {
    fs.unlinkSync(file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
};

/** As `removeFile`, where another error is being told already or what stays does no harm. */
export const removeIfPossible = (file: string): void => {
  try {
    removeFile(file);
  } catch (error) {
    if (storageProblemOf(error) === null) throw error;
  }
};

/** After this returns the file holds all of the text; before, all of what it held. Throws fs errors. */
export const writeFileDurably = (file: string, text: string): void => {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = fs.openSync(temporary, 'wx', 0o600);
    try {
      fs.writeFileSync(handle, text, 'utf8');
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(temporary, file);
  } catch (error) {
    removeIfPossible(temporary);
    throw error;
  }
  syncFolder(path.dirname(file));
};
