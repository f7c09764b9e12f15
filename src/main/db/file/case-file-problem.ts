import type { LockProblem } from './file-lock.ts';
import type { KeyHeaderProblem, UnwrapProblem } from './key-wrap.ts';
import type { MigrationProblem } from '../migrations/migrations.ts';

/**
 * Why a case file was not opened. None of these changes anything on the disk, and none is ever
 * answered with a new file: the person decides, and `rescue.ts` sets the old one aside first.
 */
export type CaseFileProblem =
  /** There is no database at this path. `leftBehind` names parts of one that still lie there. */
  | { readonly kind: 'absent'; readonly leftBehind: readonly string[] }
  /** 0 bytes: SQLite alone would call this a new database. */
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'not-a-case-file';
      readonly reason: 'unencrypted' | 'application-id' | 'tables' | 'identity';
    }
  /** The key header is whole and its secret right, but it belongs to another database. */
  | { readonly kind: 'key-header-of-another-file' }
  /** The file was not closed, and the `-wal` that held its last work has been taken away. */
  | { readonly kind: 'missing-wal' }
  | { readonly kind: 'sqlite-too-old'; readonly found: string; readonly needed: string }
  | KeyHeaderProblem
  | UnwrapProblem
  | LockProblem
  /** Also carries: no-space, no-permission, busy, damaged (with its page when known), disk-error. */
  | MigrationProblem;
