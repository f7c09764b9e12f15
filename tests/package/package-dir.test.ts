import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wantedFuses } from '../../build/after-pack.ts';
import { packageDir } from '../../scripts/package-dir.ts';
import { makeElectronStandIn } from './electron-stand-in.ts';

const options = Object.values(FuseV1Options).filter((value) => typeof value === 'number');

// The stand-in has the shape of Electron for Linux. On other systems the real one is packed, and
// looked at by hand, when an installer is made.
describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'the packed program',
  () => {
    let work: string;
    let program: string;
    let archive: string;
    let files: string[];

    beforeAll(async () => {
      work = await mkdtemp(path.join(tmpdir(), 'punos-package-'));
      const electronDist = path.join(work, 'electron');
      await makeElectronStandIn(
        electronDist,
        options.map((option) => !wantedFuses[option]),
      );
      program = await packageDir({
        output: path.join(work, 'dist'),
        electronDist,
        keepWindow: true,
      });
      archive = path.join(program, 'resources/app.asar');
      files = listPackage(archive, { isPack: false });
    });
    afterAll(() => rm(work, { recursive: true, force: true }));

    it('holds the three built parts and the words of its menu', () => {
      for (const file of [
        '/package.json',
        '/out/electron/main.js',
        '/out/electron/core-main.js',
        '/out/electron/sync-worker.js',
        '/out/electron/preload.cjs',
        '/out/window/index.html',
      ]) {
        expect(files).toContain(file);
      }
      const main = extractFile(archive, 'out/electron/main.js').toString();
      for (const word of ['Kumoa', 'Ångra', 'Undo']) expect(main).toContain(word);
    });

    it('holds no sources, tests, data or tools', () => {
      const inTop = files.flatMap((file) => file.split('/')[1] ?? []);
      const top = new Set(inTop.filter((name) => name !== 'LICENSE'));
      expect([...top].toSorted()).toEqual(['node_modules', 'out', 'package.json']);
      const built = files.filter((file) => file.startsWith('/out/'));
      const parts = new Set(built.flatMap((file) => file.split('/')[2] ?? []));
      expect([...parts].toSorted()).toEqual(['electron', 'window']);
      expect(files.filter((file) => /\.(ts|tsx|map|db|sql|md|c|h|cpp|gyp)$/u.test(file))).toEqual(
        [],
      );
      const packages = new Set(
        files.flatMap((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/@]+)/u.exec(file)?.[1] ?? []),
      );
      expect([...packages].toSorted()).toEqual([
        '@node-rs/argon2',
        '@node-rs/argon2-linux-x64-gnu',
        'better-sqlite3',
      ]);
    });

    it('holds the case file’s engine for this platform alone, outside the archive', async () => {
      const native = files.filter((file) => file.endsWith('.node'));
      expect(native.map((file) => path.basename(file)).toSorted()).toEqual([
        'argon2.linux-x64-gnu.node',
        'linux-x64.node',
      ]);
      for (const file of native) {
        expect(existsSync(path.join(`${archive}.unpacked`, file))).toBe(true);
      }
    });

    it('has every fuse as it is wanted, where the stand-in had the opposite', async () => {
      const wire = await getCurrentFuseWire(path.join(program, 'punos'));
      for (const option of options) {
        const wanted = wantedFuses[option] ? FuseState.ENABLE : FuseState.DISABLE;
        expect(wire[option], FuseV1Options[option]).toBe(wanted);
      }
    });

    it('keeps the languages of the program and drops Electron’s own start page', async () => {
      const languages = await readdir(path.join(program, 'locales'));
      expect(languages.toSorted()).toEqual(['en-GB.pak', 'en-US.pak', 'fi.pak', 'sv.pak']);
      expect(existsSync(path.join(program, 'resources/default_app.asar'))).toBe(false);
    });
  },
);
