import { useLayoutEffect } from 'react';

/** The whole window grows for a shared screen while a meeting is on it, and is as before afterwards. */
export const useMeetingDensity = (): void => {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    const before = dataset['density'];
    dataset['density'] = 'meeting';
    return () => {
      if (before === undefined) delete dataset['density'];
      else dataset['density'] = before;
    };
  }, []);
};
