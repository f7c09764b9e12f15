import path from 'node:path';
import { startProgram } from './program.ts';

// Where electron.vite.config.ts puts the built parts.
const built = import.meta.dirname;

void startProgram(
  {
    windowFolder: path.join(built, '../window'),
    preload: path.join(built, 'preload.cjs'),
    coreMain: path.join(built, 'core-main.js'),
  },
  process.env,
);
