/** What a failed statement means to the caller; null for a mistake of ours. */
export type DatabaseTrouble =
  /** Not reachable, shutting down, out of space or connections: try later. */
  | 'away'
  /** Two transactions stood in each other's way: the whole transaction may be run again. */
  | 'collision'
  /** The statement took too long or waited too long for a lock. */
  | 'too-slow'
  /** Text that PostgreSQL cannot hold (NUL, a lone surrogate): the sender's mistake. */
  | 'not-storable';

const systemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
]);

const driverWords = [
  'Connection terminated',
  'Connection ended unexpectedly',
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
  'Cannot use a pool after calling end on the pool',
];

/** Reads PostgreSQL's SQLSTATE (appendix A of its manual) or the system's error code. */
export const databaseTrouble = (error: unknown): DatabaseTrouble | null => {
  if (!(error instanceof Error)) return null;
  if (error instanceof AggregateError) {
    // One try per address of a name: all failed.
    return error.errors.some((one) => databaseTrouble(one) === 'away') ? 'away' : null;
  }
  const code = (error as Error & { readonly code?: unknown }).code;
  if (typeof code === 'string') {
    if (systemCodes.has(code)) return 'away';
    if (code === '40001' || code === '40P01') return 'collision';
    if (code === '57014' || code === '55P03') return 'too-slow';
    if (code === '22021' || code === '22P05') return 'not-storable';
    if (/^(08|53|57P0|58)/.test(code) || code === '25P03' || code === '25006') return 'away';
    return null;
  }
  return driverWords.some((words) => error.message.includes(words)) ? 'away' : null;
};
