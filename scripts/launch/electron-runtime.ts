import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { canShowWindows } from './open-window.ts';
import { say } from './report.ts';

const root = path.resolve(import.meta.dirname, '../..');
const packageFolder = path.join(root, 'node_modules', 'electron');

/** A download that has brought nothing by then is given up; the browser shows the same window. */
const downloadPatienceMs = 180_000;

const runtimePath = (): string | null => {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const nameFile = path.join(packageFolder, 'path.txt');
  if (!override && !fs.existsSync(nameFile)) return null;
  const name = fs.existsSync(nameFile) ? fs.readFileSync(nameFile, 'utf8').trim() : 'electron';
  const runtime = path.join(override ?? path.join(packageFolder, 'dist'), name);
  return fs.existsSync(runtime) ? runtime : null;
};

const runNode = (
  file: string,
  options: readonly string[],
  settings: { readonly timeout?: number; readonly quiet?: boolean } = {},
): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...options], {
      cwd: root,
      stdio: settings.quiet ? 'ignore' : 'inherit',
      ...(settings.timeout === undefined ? {} : { timeout: settings.timeout }),
    });
    child.on('exit', (code) => resolve(code === 0));
    child.on('error', () => resolve(false));
  });

/**
 * Electron's runtime, downloaded by its own package when it is not here yet; null where there is no screen
 * for a window or the download does not come.
 */
export const findElectron = async (): Promise<string | null> => {
  if (!canShowWindows()) return null;
  const present = runtimePath();
  if (present !== null) return present;
  const installer = path.join(packageFolder, 'install.js');
  if (!fs.existsSync(installer)) return null;
  say('Fetching the runtime of the desktop program (about 110 MB) …');
  const fetched = await runNode(installer, [], { timeout: downloadPatienceMs, quiet: true });
  if (!fetched) say('It could not be fetched; a browser shows the same window.');
  return fetched ? runtimePath() : null;
};

export type RunningElectron = {
  /** Resolves when the person has closed the program. */
  readonly ended: Promise<void>;
  readonly close: () => void;
};

/** Builds the desktop program and starts it on the given region; null when it cannot be built. */
export const startElectron = async (
  runtime: string,
  options: { readonly regionUrl: string; readonly dataFolder: string },
): Promise<RunningElectron | null> => {
  say('Building the desktop program …');
  const builder = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  if (!(await runNode(builder, ['build', '--logLevel', 'warn']))) return null;
  const program = spawn(runtime, [root], {
    cwd: root,
    env: {
      ...process.env,
      PUNOS_REGION_URL: options.regionUrl,
      PUNOS_DATA_FOLDER: options.dataFolder,
    },
    stdio: 'inherit',
  });
  const ended = new Promise<void>((resolve) => {
    program.on('exit', () => resolve());
    program.on('error', () => resolve());
  });
  return { ended, close: () => program.kill() };
};
