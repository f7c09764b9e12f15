import { afterEach, expect, it } from 'vitest';
import electronUpdater from '../../../../tests/electron/electron-updater.ts';
import { followUpdates } from './updates.ts';

const { autoUpdater } = electronUpdater;
const url = 'https://punos.example.fi/versions';

afterEach(() => {
  autoUpdater.removeAllListeners();
  autoUpdater.checks = 0;
  autoUpdater.feed = null;
  autoUpdater.answer = () => Promise.resolve(null);
});

it('looks nowhere without an address, nor on Linux', () => {
  expect(followUpdates(undefined, 'win32', () => {})).toBe(false);
  expect(followUpdates(url, 'linux', () => {})).toBe(false);
  expect(autoUpdater).toMatchObject({ feed: null, checks: 0 });
});

it('takes newer versions only, from the region’s own address, at the end of work', () => {
  expect(followUpdates(url, 'win32', () => {})).toBe(true);
  expect(autoUpdater).toMatchObject({
    feed: { provider: 'generic', url },
    checks: 1,
    allowDowngrade: false,
    allowPrerelease: false,
    autoInstallOnAppQuit: true,
    disableWebInstaller: true,
  });
});

it('goes on with the version it has when there is trouble', async () => {
  const problems: string[] = [];
  autoUpdater.answer = () => Promise.reject(new Error('no network'));
  followUpdates(url, 'darwin', (reason) => problems.push(reason));
  autoUpdater.emit('error', new Error('bad signature'));
  await expect.poll(() => problems).toEqual(['bad signature', 'no network']);
});
