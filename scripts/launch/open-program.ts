import { findWindowBrowser, openInBrowser } from './open-window.ts';
import { say } from './report.ts';

/** Opens the window in an installed browser, or prints where it is, saying which. Returns what closes it. */
export const openProgram = (name: string, url: string): (() => void) => {
  const browser = findWindowBrowser();
  if (browser === null) {
    say(`${name}: no browser could be opened here. Open this address in one:\n  ${url}`);
    return () => undefined;
  }
  say(`${name}: opened in ${browser}. The same window: ${url}`);
  return openInBrowser(browser, url);
};
