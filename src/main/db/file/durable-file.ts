import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

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
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(path.dirname(file));
};
