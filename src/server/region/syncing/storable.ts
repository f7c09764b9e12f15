/** NUL and lone surrogates: JSON can carry them, PostgreSQL cannot hold them. */
export const isStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return !value.includes('\u0000') && value.isWellFormed();
  if (value === null || typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.every(isStorable);
  return Object.entries(value).every(([key, held]) => isStorable(key) && isStorable(held));
};
