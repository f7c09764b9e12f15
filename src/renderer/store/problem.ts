import type { Problem } from '#shared/contract/calls.ts';

/** Anything a query or command answers as its error, as a problem of the contract. */
export const problemOf = (error: unknown): Problem =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? (error as Problem)
    : { code: 'unexpected' };
