/**
 * The files that are one case file. `<name>.db` is the argument everywhere; the others lie beside it.
 * A copy or a move that leaves one of them behind is noticed at opening.
 */
export type CaseFilePaths = {
  readonly database: string;
  readonly wal: string;
  readonly sharedMemory: string;
  /** The wrapped key. Without it the database is noise. */
  readonly keyHeader: string;
  /** Held locked by the one program that has the case file open. */
  readonly lock: string;
};

export const caseFilePaths = (path: string): CaseFilePaths => ({
  database: path,
  wal: `${path}-wal`,
  sharedMemory: `${path}-shm`,
  keyHeader: `${withoutSuffix(path)}.key.json`,
  lock: `${withoutSuffix(path)}.lock`,
});

const withoutSuffix = (path: string): string => (path.endsWith('.db') ? path.slice(0, -3) : path);
