import { useEffect } from 'react';

/**
 * When the client has come, the focus goes to where the work begins, as the selected row of the plan; unless
 * somebody has put it elsewhere while waiting.
 */
export const useBegin = (hasCome: boolean): void => {
  useEffect(() => {
    if (!hasCome) return;
    const focused = document.activeElement;
    if (focused !== document.body && focused?.tagName !== 'MAIN') return;
    document.querySelector<HTMLElement>('main [data-begin]')?.focus();
  }, [hasCome]);
};
