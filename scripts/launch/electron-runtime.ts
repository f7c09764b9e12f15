import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Electron's runtime, if it is on this computer: the package downloads it on its own first use, which
 * needs a network that lets it. Null when it is not there.
 */
export const findElectron = (): string | null => {
  const folder = path.join(root, 'node_modules', 'electron');
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const pathFile = path.join(folder, 'path.txt');
  if (!override && !fs.existsSync(pathFile)) return null;
  const name = fs.existsSync(pathFile) ? fs.readFileSync(pathFile, 'utf8').trim() : 'electron';
  const runtime = path.join(override ?? path.join(folder, 'dist'), name);
  return fs.existsSync(runtime) ? runtime : null;
};
