import fs from 'node:fs';
import path from 'node:path';

import { removeFile, syncFolder } from './durable-file.ts';
import type { CaseFilePaths } from './case-file-paths.ts';

/**
 * A case file is made under another name and takes its own only when it is whole:
 * 1. `<name>.db.new` is written and on the disk; 2. the key header is written; 3. the database gets
 * its name. So a header without a database, beside a `.new`, is a creation that needs only its last
 * step, and a `.new` without a header is one that nobody has been told of yet.
 */
export const creationPath = (paths: CaseFilePaths): string => `${paths.database}.new`;

const removeSidecars = (file: string): void => {
  for (const suffix of ['-journal', '-wal', '-shm']) removeFile(`${file}${suffix}`);
};

/** Throws fs errors. Call while holding the file's lock. */
export const finishInterruptedCreation = (paths: CaseFilePaths): void => {
  const made = creationPath(paths);
  if (!fs.existsSync(made) || fs.existsSync(paths.database)) return;
  if (fs.existsSync(paths.keyHeader)) {
    fs.renameSync(made, paths.database);
    syncFolder(path.dirname(paths.database));
    return;
  }
  removeFile(made);
  removeSidecars(made);
};
