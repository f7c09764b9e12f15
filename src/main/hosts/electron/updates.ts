import electronUpdater from 'electron-updater';

/**
 * Fetches new versions from the region's own address and installs them when the person ends the program,
 * never in the middle of work. Versions only rise, so that nobody can bring an old fault back; Windows
 * and macOS check the publisher's signature before anything runs. A Linux package is updated by the
 * system's own, signed, package source.
 *
 * @param url where the versions lie; undefined turns the search off
 * @param onProblem learns why a version was not taken; the program goes on with the one it has
 * @returns whether new versions are looked for
 */
export const followUpdates = (
  url: string | undefined,
  platform: NodeJS.Platform,
  onProblem: (reason: string) => void,
): boolean => {
  if (url === undefined || platform === 'linux') return false;
  const { autoUpdater } = electronUpdater;
  autoUpdater.setFeedURL({ provider: 'generic', url });
  autoUpdater.autoDownload = true;
  autoUpdater.autoInstallOnAppQuit = true;
  autoUpdater.allowPrerelease = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.disableWebInstaller = true;
  autoUpdater.logger = null;
  autoUpdater.on('error', (error) => onProblem(error.message));
  autoUpdater.checkForUpdates().catch((error: unknown) => {
    onProblem(error instanceof Error ? error.message : String(error));
  });
  return true;
};
