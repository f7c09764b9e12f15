import { useSyncExternalStore } from 'react';
import { finnishDate, type CivilDate } from '#shared/domain/civil-date.ts';

const tickMs = 15_000;
let now = Date.now();

const subscribe = (notify: () => void): (() => void) => {
  now = Date.now();
  const timer = setInterval(() => {
    now = Date.now();
    notify();
  }, tickMs);
  return () => clearInterval(timer);
};

/** The present moment in milliseconds, moving every quarter of a minute: for "3 min ago" and the like. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

/** Today in Finland. */
export const useToday = (): CivilDate => finnishDate(useNow());
