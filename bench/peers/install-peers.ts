import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, 'packages');

const read = (file: string): string | null => {
  try {
    return fs.readFileSync(path.join(folder, file), 'utf8');
  } catch {
    return null;
  }
};

/** The lock file by which they were put in place; npm's own note of it leaves things out. */
const installedBy = 'node_modules/.installed-by.json';

/**
 * Installs the peers' packages beside this folder's package.json, exact versions and without install
 * scripts; does nothing when they are there. @returns null, or in a sentence why they cannot be had
 */
export const installPeers = async (): Promise<string | null> => {
  const wanted = read('package-lock.json');
  if (wanted === null) return 'their package-lock.json is missing.';
  if (read(installedBy) === wanted) return null;
  console.error('Installing the packages of the peers (some 180 MB, once) …');
  const shell = process.platform === 'win32';
  const npm = spawn(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: folder,
      shell,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let errors = '';
  npm.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const code = await new Promise<number | null>((resolve) => {
    npm.on('error', () => resolve(null));
    npm.on('close', resolve);
  });
  if (code !== 0) {
    const [reason = 'npm did not start'] = errors.trim().split('\n');
    return `their packages cannot be had from the npm registry (${reason}).`;
  }
  fs.writeFileSync(path.join(folder, installedBy), wanted);
  return null;
};
