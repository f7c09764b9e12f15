import { useSyncExternalStore } from 'react';

const fallback = 27;

const read = (): number => {
  const value = getComputedStyle(document.documentElement).getPropertyValue('--row');
  const height = Number.parseFloat(value);
  return Number.isFinite(height) && height > 0 ? height : fallback;
};

const subscribe = (notify: () => void): (() => void) => {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributeFilter: ['data-density'] });
  return () => observer.disconnect();
};

/** The height of a dense row in pixels, as the density in force has it. */
export const useRowHeight = (): number => useSyncExternalStore(subscribe, read);
