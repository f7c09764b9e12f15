/**
 * What can go wrong under a case file that was opened well. None of these says that the data is
 * wrong; each says that the last thing asked for did not happen.
 */
export type StorageProblem =
  | { readonly kind: 'no-space' }
  | { readonly kind: 'no-permission'; readonly detail: string }
  | { readonly kind: 'busy' }
  | { readonly kind: 'damaged'; readonly page: number | null; readonly detail: string }
  | { readonly kind: 'disk-error'; readonly detail: string };

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const startsWithAny = (code: string, starts: readonly string[]): boolean =>
  starts.some((start) => code === start || code.startsWith(`${start}_`));

/** The problem behind an error of SQLite or of the file system, or null when it is a mistake of ours. */
export const storageProblemOf = (error: unknown): StorageProblem | null => {
  const code = codeOf(error);
  if (code === null) return null;
  const detail = `${code}: ${messageOf(error)}`;
  if (startsWithAny(code, ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'])) return { kind: 'no-space' };
  if (startsWithAny(code, ['SQLITE_BUSY', 'SQLITE_LOCKED', 'EBUSY'])) return { kind: 'busy' };
  if (startsWithAny(code, ['SQLITE_READONLY', 'SQLITE_PERM', 'EACCES', 'EPERM', 'EROFS'])) {
    return { kind: 'no-permission', detail };
  }
  if (startsWithAny(code, ['SQLITE_CORRUPT', 'SQLITE_NOTADB'])) {
    return { kind: 'damaged', page: null, detail };
  }
  if (startsWithAny(code, ['SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_NOMEM', 'SQLITE_PROTOCOL'])) {
    return { kind: 'disk-error', detail };
  }
  if (startsWithAny(code, ['EIO', 'EMFILE', 'ENFILE', 'ENOTDIR', 'EISDIR', 'ENOENT'])) {
    return { kind: 'disk-error', detail };
  }
  return null;
};
