import path from 'node:path';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const root = import.meta.dirname;
const outDir = path.resolve(root, 'out/electron');

/** Native code, which no bundle can hold. Everything else goes into the three files. */
const native = ['better-sqlite3', '@node-rs/argon2'];

/**
 * Builds a thread's file too: Node reads `new URL('./x.ts', import.meta.url)` from the source, and the
 * package has no sources.
 */
const threads = (): Plugin => ({
  name: 'punos-threads',
  enforce: 'pre',
  transform(code, id) {
    if (!id.startsWith(path.resolve(root, 'src'))) return null;
    const found = /new URL\('(\.\/[\w-]+)\.ts', import\.meta\.url\)/gu;
    const text = code.replace(found, (_whole, file: string) => {
      const built = `${file}.js`;
      this.emitFile({
        type: 'chunk',
        id: path.resolve(path.dirname(id), `${file}.ts`),
        fileName: path.basename(built),
      });
      // All built files lie in one folder, so the path from one to another is always this.
      return `new URL('${built}', import.meta.url)`;
    });
    return text === code ? null : { code: text, map: null };
  },
});

/** The Electron host, built to out/electron; the window is built by vite.config.ts to out/window. */
export default defineConfig({
  main: {
    plugins: [threads()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'node24',
      externalizeDeps: false,
      reportCompressedSize: false,
      rolldownOptions: {
        external: native,
        input: {
          main: path.resolve(root, 'src/main/hosts/electron/main.ts'),
          'core-main': path.resolve(root, 'src/main/hosts/electron/core-main.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir,
      emptyOutDir: false,
      externalizeDeps: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { preload: path.resolve(root, 'src/preload/preload.ts') },
        // A sandboxed preload is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
});
