import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Browsers that can show a window of their own, by the names their systems give them. */
const browsers: { readonly [platform: string]: readonly string[] } = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'microsoft-edge', 'brave-browser'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ],
};

/** Whether there is a screen that a window could open on. */
export const canShowWindows = (): boolean =>
  process.platform !== 'linux' ||
  Boolean(process.env['DISPLAY']) ||
  Boolean(process.env['WAYLAND_DISPLAY']);

const isInstalled = (browser: string): boolean =>
  path.isAbsolute(browser)
    ? fs.existsSync(browser)
    : spawnSync('which', [browser], { stdio: 'ignore' }).status === 0;

/** A browser that is installed and can open a window here, or null. */
export const findWindowBrowser = (): string | null => {
  if (!canShowWindows()) return null;
  const named = process.env['CHROMIUM_PATH'];
  const candidates = [...(named ? [named] : []), ...(browsers[process.platform] ?? [])];
  return candidates.find(isInstalled) ?? null;
};

/**
 * Opens the address as a window of its own, with a profile that is removed at the end, so that what a
 * person sees leaves nothing in the everyday browser. Returns what closes it.
 */
export const openInBrowser = (browser: string, url: string): (() => void) => {
  const profile = fs.mkdtempSync(path.join(tmpdir(), 'punos-window-'));
  const window = spawn(
    browser,
    [
      `--app=${url}`,
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--window-size=1366,768',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { stdio: 'ignore' },
  );
  const removeProfile = (): void => fs.rmSync(profile, { recursive: true, force: true });
  window.on('exit', removeProfile);
  window.on('error', removeProfile);
  return () => window.kill();
};
