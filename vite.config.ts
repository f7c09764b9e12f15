import path from 'node:path';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The window, the only part that is bundled: static files which the Electron host serves by its
 * own protocol and the loopback host over 127.0.0.1. Both send a content security policy without
 * inline scripts or styles, hence no module preload polyfill and no inlined assets.
 */
export default defineConfig({
  root: path.resolve(import.meta.dirname, 'src/renderer'),
  base: './',
  publicDir: false,
  plugins: [
    react(),
    // React Aria's own words for the three languages; everything else stays out of the bundle.
    {
      ...optimizeLocales.vite({ locales: ['fi-FI', 'sv-SE', 'en-US', 'en-GB'] }),
      enforce: 'pre',
    },
  ],
  build: {
    outDir: path.resolve(import.meta.dirname, 'out/window'),
    emptyOutDir: true,
    target: 'chrome138',
    minify: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What changes with a package, not with the program.
            {
              name: 'aria',
              test: /node_modules[/\\](?:react-aria|react-stately|@react-|@internationalized)/u,
            },
            { name: 'packages', test: /node_modules/u },
          ],
        },
      },
    },
  },
});
