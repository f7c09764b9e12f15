import { useEffect, useState } from 'react';

/** Longest wait of one timer, milliseconds; a later moment is waited for in several. */
const longestWaitMs = 2_000_000_000;

/** Whether a moment has passed by this computer's clock, told when it does. Milliseconds since 1970. */
export const useHasPassed = (ms: number | null): boolean => {
  const [passed, setPassed] = useState<number | null>(null);
  const [waits, setWaits] = useState(0);
  useEffect(() => {
    if (ms === null) return undefined;
    const left = ms - Date.now();
    const timer = setTimeout(
      () => {
        if (left <= longestWaitMs) setPassed(ms);
        else setWaits(waits + 1);
      },
      Math.max(0, Math.min(left, longestWaitMs)),
    );
    return () => clearTimeout(timer);
  }, [ms, waits]);
  return ms !== null && passed === ms;
};
