import { useSyncExternalStore } from 'react';

const isTouch = (): boolean => document.documentElement.dataset['density'] === 'touch';

const subscribe = (notify: () => void): (() => void) => {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributeFilter: ['data-density'] });
  return () => observer.disconnect();
};

/** Whether rows and buttons are now of a size for a finger: lists then show fewer columns. */
export const useIsTouch = (): boolean => useSyncExternalStore(subscribe, isTouch);
