import { execFile, spawnSync } from 'node:child_process';
import { access, constants, lstat, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { installFonts } from './fonts.ts';

/**
 * The one place that finds a browser for tests, pictures and benchmarks: what `CHROMIUM_PATH`
 * names, else the headless Chromium that comes as a package, else an installed Chrome or Edge.
 */

export type Browser = {
  readonly executablePath: string;
  /** False where the sandbox cannot start (root, no user namespaces); see `sandboxNote`. */
  readonly chromiumSandbox: boolean;
  readonly sandboxNote: string | undefined;
  readonly env: Readonly<Record<string, string>>;
};

const run = promisify(execFile);

/** Goes up when what is unpacked changes, so that an older folder is not taken for it. */
const layout = 1;

export async function findBrowser(): Promise<Browser> {
  const sandboxNote = whyNoSandbox();
  const found = await findExecutable();
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  return {
    executablePath: found.executablePath,
    chromiumSandbox: sandboxNote === undefined,
    sandboxNote,
    env:
      found.fontconfig === undefined
        ? environment
        : { ...environment, FONTCONFIG_FILE: found.fontconfig },
  };
}

type Executable = { readonly executablePath: string; readonly fontconfig?: string };

async function findExecutable(): Promise<Executable> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (await runnable(named)) return { executablePath: named, ...(await ownFonts()) };
    throw new Error(`CHROMIUM_PATH names ${named}, which cannot be run.`);
  }
  if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium();
  for (const candidate of installedBrowsers()) {
    if (await runnable(candidate)) return { executablePath: candidate };
  }
  throw new Error(
    'No Chromium found. Set CHROMIUM_PATH to the program file of Chromium, Chrome or Edge.',
  );
}

async function packagedChromium(): Promise<Executable> {
  const folder = await unpacked();
  return {
    executablePath: path.join(folder, 'chromium'),
    fontconfig: path.join(folder, 'fonts.conf'),
  };
}

async function ownFonts(): Promise<{ readonly fontconfig?: string }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return {};
  return { fontconfig: path.join(await unpacked(), 'fonts.conf') };
}

/**
 * The package unpacks to `<tmp>/chromium` for the first user who asks, readable by nobody else and
 * half-written while it lasts. Here each user has a folder of his own, which appears whole.
 */
async function unpacked(): Promise<string> {
  const user = userInfo();
  const folder = path.join(
    tmpdir(),
    `punos-chromium-${await packagedVersion()}-${layout}-${user.uid}`,
  );
  if (await isOurs(folder, user.uid)) return folder;

  const unfinished = await mkdtemp(path.join(tmpdir(), 'punos-chromium-'));
  try {
    // A process of its own, because the package takes the folder from the environment.
    const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
    await run(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: import.meta.dirname,
      env: { ...process.env, TMPDIR: unfinished },
    });
    await installFonts(unfinished, folder);
    await rename(unfinished, folder);
  } catch (problem) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process of ours was quicker.
    if (await isOurs(folder, user.uid)) return folder;
    throw new Error(`The headless Chromium could not be unpacked to ${folder}.`, {
      cause: problem,
    });
  }
  return folder;
}

async function packagedVersion(): Promise<string> {
  const file = path.join(import.meta.dirname, '../node_modules/@sparticuz/chromium/package.json');
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { readonly version: string };
  return version;
}

/** A folder of that name made by somebody else is not run. */
async function isOurs(folder: string, uid: number): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  if (found === undefined) return false;
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o022) !== 0) {
    throw new Error(`${folder} belongs to somebody else or can be written by others: remove it.`);
  }
  return true;
}

async function runnable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function installedBrowsers(): readonly string[] {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ];
  }
  if (process.platform === 'win32') {
    const roots = [
      process.env['PROGRAMFILES'],
      process.env['PROGRAMFILES(X86)'],
      process.env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData/Local'),
    ].filter((root): root is string => root !== undefined);
    return roots.flatMap((root) => [
      path.join(root, 'Google/Chrome/Application/chrome.exe'),
      path.join(root, 'Microsoft/Edge/Application/msedge.exe'),
    ]);
  }
  return ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/microsoft-edge'];
}

/** @returns why Chromium's sandbox cannot start here, or undefined when it can */
function whyNoSandbox(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return 'Chromium does not run its sandbox as root.';
  const namespace = spawnSync('unshare', ['--user', '--net', 'true'], { stdio: 'ignore' });
  if (namespace.error !== undefined || namespace.status === 0) return undefined;
  return 'This system gives ordinary users no namespaces, which the sandbox of Chromium needs.';
}
