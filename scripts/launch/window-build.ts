import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { say } from './report.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Where the built window lies. */
export const windowFolder = path.join(root, 'out', 'window');

/** What the window is built from. */
const sources = ['src/renderer', 'src/shared', 'resources', 'vite.config.ts', 'package-lock.json'];

const newest = (file: string): number => {
  const stat = fs.statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(
    stat.mtimeMs,
    ...fs.readdirSync(file).map((name) => newest(path.join(file, name))),
  );
};

const isFresh = (): boolean => {
  const built = path.join(windowFolder, 'index.html');
  if (!fs.existsSync(built)) return false;
  const builtAt = fs.statSync(built).mtimeMs;
  return sources.every((source) => newest(path.join(root, source)) <= builtAt);
};

/** Builds the window unless what lies there is newer than all it is built from. */
export const ensureWindow = async (): Promise<void> => {
  if (isFresh()) return;
  say('Building the window …');
  const began = performance.now();
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const code = await new Promise<number>((resolve) => {
    const build = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: 'inherit',
    });
    build.on('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  if (code !== 0) throw new Error('The window could not be built.');
  say(`The window is built (${Math.round((performance.now() - began) / 1_000)} s).`);
};
