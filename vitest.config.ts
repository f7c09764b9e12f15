import path from 'node:path';
import { configDefaults, defineConfig, type TestProjectConfiguration } from 'vitest/config';

const pure = ['src/shared/**/*.test.{ts,tsx}', 'src/renderer/**/*.test.{ts,tsx}'];

const common = {
  environment: 'node',
  // Electron cannot be loaded in plain Node; our own code is never replaced.
  alias: {
    'electron-updater': path.resolve(import.meta.dirname, 'tests/electron/electron-updater.ts'),
    electron: path.resolve(import.meta.dirname, 'tests/electron/electron.ts'),
  },
  setupFiles: 'tests/setup/properties.ts',
  // Many tests start a real PostgreSQL or spend time in argon2id on a small machine.
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // What is polled for is not timed: a busy machine is no failure.
  expect: { poll: { timeout: 30_000 } },
  pool: 'forks',
} as const;

/**
 * The window's screens are tested in real Chromium by Playwright (tests/e2e); what stands here runs in
 * Node, the window's store and logic included. Pure code keeps nothing between files, so its files share a
 * process; whatever has a case file, a region or a process of its own gets a fresh one.
 */
const projects: TestProjectConfiguration[] = [
  { test: { ...common, name: 'pure', isolate: false, include: pure } },
  {
    test: {
      ...common,
      name: 'parts',
      include: [
        'src/**/*.test.{ts,tsx}',
        'scripts/**/*.test.ts',
        'bench/**/*.test.ts',
        'tests/**/*.test.{ts,tsx}',
      ],
      exclude: [...configDefaults.exclude, ...pure, 'tests/e2e/**', 'out/**', 'dist/**'],
    },
  },
];

export default defineConfig({
  test: {
    projects,
    globalSetup: ['tests/setup/seed.ts', 'tests/region/engine-folder.ts'],
    maxWorkers: 2,
    teardownTimeout: 30_000,
  },
});
