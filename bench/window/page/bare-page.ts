import fs from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build, preview } from 'vite';
import type { Snapshot } from './snapshot.ts';

export type BarePage = { readonly url: string; readonly stop: () => Promise<void> };

/** The style sheets of the program's own built window, so that laying out costs both the same. */
const copyStyles = (windowFolder: string, folder: string): readonly string[] => {
  const assets = path.join(windowFolder, 'assets');
  fs.mkdirSync(path.join(folder, 'window'));
  for (const name of fs.readdirSync(assets)) {
    if (!name.endsWith('.js'))
      fs.cpSync(path.join(assets, name), path.join(folder, 'window', name));
  }
  return fs.readdirSync(path.join(folder, 'window')).filter((name) => name.endsWith('.css'));
};

/** Builds the bare page into the folder and serves it on 127.0.0.1: it draws these screens in turn. */
export const startBarePage = async (options: {
  readonly folder: string;
  readonly windowFolder: string;
  readonly screens: readonly Snapshot[];
}): Promise<BarePage> => {
  const { folder, screens } = options;
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    base: './',
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome138',
      rolldownOptions: { input: path.join(import.meta.dirname, 'bare.html') },
    },
  });
  const links = copyStyles(options.windowFolder, folder)
    .map((name) => `<link rel="stylesheet" href="./window/${name}">`)
    .join('');
  const page = path.join(folder, 'bare.html');
  fs.writeFileSync(page, fs.readFileSync(page, 'utf8').replace('</head>', `${links}</head>`));
  fs.writeFileSync(path.join(folder, 'screens.json'), JSON.stringify(screens));
  const server = await preview({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 0, strictPort: false, open: false },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The bare page has no port');
  return { url: `http://127.0.0.1:${address.port}/bare.html`, stop: () => server.close() };
};
