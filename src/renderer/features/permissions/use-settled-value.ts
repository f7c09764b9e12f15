import { useEffect, useState } from 'react';

/** Milliseconds without a change after which a value counts as settled. */
const settledAfterMs = 350;

/** The value as it was when it last stood still: asked about once for a row of keys, not for each. */
export const useSettledValue = <T>(value: T): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settledAfterMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};
