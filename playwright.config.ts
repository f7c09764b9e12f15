import { defineConfig } from '@playwright/test';
import { findBrowser } from './tests/browser.ts';

const browser = await findBrowser();

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/world/filled-region.ts',
  // Each story starts a region and workstations of its own, and waits more than it works.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'fi-FI',
    timezoneId: 'Europe/Helsinki',
    viewport: { width: 1366, height: 768 },
    actionTimeout: 15_000,
    // A trace doubles the time of a story: where one fails, `npx playwright test NAME --trace on` makes it.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: browser.executablePath,
      chromiumSandbox: browser.chromiumSandbox,
      env: browser.env,
    },
  },
});
