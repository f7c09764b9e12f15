import { mkdir, open, readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Files of lines outside the database, `<name>-YYYY.jsonl` by the year of writing, in one folder that all
 * server processes share. They only grow; several processes may add to one file.
 */

/** Adds lines in one write at the file's end; on the disk when this resolves. */
export const addLines = async (
  folder: string,
  name: string,
  lines: readonly string[],
  now: Date,
): Promise<void> => {
  if (lines.length === 0) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const handle = await open(path.join(folder, `${name}-${now.getUTCFullYear()}.jsonl`), 'a', 0o600);
  try {
    // On a line of its own, whatever a program that was killed left half-written before it.
    await handle.writeFile(`\n${lines.join('\n')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (process.platform === 'win32') return;
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
};

/** The names of the files there are, the oldest first. */
export const fileNames = async (folder: string, name: string): Promise<readonly string[]> => {
  const isOurs = new RegExp(`^${name}-\\d{4}\\.jsonl$`, 'u');
  try {
    return (await readdir(folder)).filter((file) => isOurs.test(file)).toSorted();
  } catch (error) {
    // Before the first line is written there is no folder.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};
