import type { Problem } from '#shared/contract/calls.ts';

/**
 * What a person can do about a case file that does not open: type again, wait, mend something outside the
 * program, or set the file aside and start anew.
 */
export type Remedy = 'type-again' | 'wait' | 'close-other' | 'update' | 'set-aside' | 'try-again';

export const remedyFor = ({ code, retryAfterSeconds }: Problem): Remedy => {
  if (retryAfterSeconds !== undefined) return 'wait';
  switch (code) {
    case 'case-file-wrong-secret':
    case 'region-wrong-credentials':
    case 'secret-too-short':
      return 'type-again';
    case 'case-file-in-use':
    case 'case-file-busy':
      return 'close-other';
    case 'case-file-newer-schema':
    case 'case-file-sqlite-too-old':
    case 'region-version-not-served':
      return 'update';
    case 'case-file-absent':
    case 'case-file-empty':
    case 'case-file-damaged':
    case 'case-file-unreadable':
    case 'case-file-not-a-case-file':
    case 'case-file-key-header-missing':
    case 'case-file-key-header-damaged':
    case 'case-file-key-header-of-another-file':
    case 'case-file-missing-wal':
    case 'case-file-migration-failed':
    case 'case-file-migration-stuck':
      return 'set-aside';
    default:
      return 'try-again';
  }
};
