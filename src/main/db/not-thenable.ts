/** What runs inside a transaction must have finished when it returns. */
export const assertNotThenable = (value: unknown): void => {
  if (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    'then' in value &&
    typeof value.then === 'function'
  ) {
    throw new TypeError('Work inside a transaction must be synchronous, not a promise');
  }
};
