import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createPackage } from '@electron/asar';

/** What @electron/fuses looks for in Electron's program file, followed by version, length and states. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseCount = 9;

/**
 * An unpacked Electron for Linux in which nothing runs: the files that the packager moves about, and a
 * program file with a fuse wire like Electron's own. Every fuse is set the wrong way at first.
 */
export const makeElectronStandIn = async (
  folder: string,
  wrong: readonly boolean[],
): Promise<void> => {
  if (wrong.length !== fuseCount) throw new Error(`${fuseCount} fuses are expected.`);
  await mkdir(path.join(folder, 'resources'), { recursive: true });
  await mkdir(path.join(folder, 'locales'), { recursive: true });
  const states = wrong.map((on) => (on ? '1' : '0')).join('');
  const program = Buffer.concat([
    Buffer.from('#!/bin/sh\nexit 1\n'),
    Buffer.alloc(100_000),
    Buffer.from(sentinel),
    Buffer.from([1, fuseCount]),
    Buffer.from(states),
    Buffer.alloc(1_000),
  ]);
  await writeFile(path.join(folder, 'electron'), program);
  await chmod(path.join(folder, 'electron'), 0o755);
  for (const language of ['fi', 'sv', 'en-US', 'en-GB', 'de', 'zh-CN']) {
    await writeFile(path.join(folder, 'locales', `${language}.pak`), language);
  }
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'version']) {
    await writeFile(path.join(folder, file), '');
  }
  const startPage = path.join(folder, 'start-page');
  await mkdir(startPage);
  await writeFile(path.join(startPage, 'main.js'), '');
  await createPackage(startPage, path.join(folder, 'resources/default_app.asar'));
  await rm(startPage, { recursive: true });
};
