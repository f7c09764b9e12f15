import fs from 'node:fs';
import { dirname } from 'node:path';

// oxlint-disable-next-line import/default -- CommonJS: its exports are the constructor itself
import Database from 'better-sqlite3';

/** SQLite's own connection. It stays inside this folder's opening modules; others get handles. */
export type Driver = Database.Database;
export type DriverStatement = Database.Statement;

/** Throws SQLite's errors, and ENOENT when the folder is not there. */
export const openDriver = (
  path: string,
  options: {
    readonly readonly?: boolean;
    readonly fileMustExist?: boolean;
    readonly timeout?: number;
  } = {},
): Driver => {
  // The package reports this one without a code; the file system says it with one.
  if (path !== ':memory:') fs.statSync(dirname(path));
  return new Database(path, options);
};
