import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, expect, test } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Electron's program file, where its package has fetched it; the file `path.txt` names it. Only asked,
 * never fetched: importing the package would begin a download.
 */
const electronProgram = async (): Promise<string | null> => {
  const folder = path.join(root, 'node_modules/electron');
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const name = await readFile(path.join(folder, 'path.txt'), 'utf8').catch(() => 'electron');
  const program = path.join(override ?? path.join(folder, 'dist'), name);
  return existsSync(program) ? program : null;
};

const whyNot = async (): Promise<string | null> => {
  if ((await electronProgram()) === null) {
    return 'The Electron runtime is not on this computer (npx install-electron fetches it).';
  }
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return 'Electron opens windows, and there is no screen here (xvfb-run gives one).';
  }
  if (!existsSync(path.join(root, 'out/electron/main.js'))) {
    return 'The Electron host is not built (npm run build:electron).';
  }
  return null;
};

test('the program opens in Electron, held to its sandbox', async () => {
  const reason = await whyNot();
  if (reason !== null) console.log(`Skipped: ${reason}`);
  test.skip(reason !== null, reason ?? '');

  const dataFolder = await mkdtemp(path.join(tmpdir(), 'punos-electron-'));
  const executablePath = await electronProgram();
  const program = await _electron.launch({
    ...(executablePath === null ? {} : { executablePath }),
    // As root Chromium has no sandbox to start; everybody else gets the real one.
    args: [root, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    // Nobody answers there: the sign-in screen needs no region.
    env: { ...process.env, PUNOS_REGION_URL: 'http://127.0.0.1:9', PUNOS_DATA_FOLDER: dataFolder },
  });
  try {
    const page = await program.firstWindow();
    await expect(page).toHaveURL('punos://app/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('input[type=password]')).toBeVisible();

    const inside = await page.evaluate(() => ({
      bridge: Object.keys((window as unknown as { punos: object }).punos).toSorted(),
      node: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in window),
    }));
    expect(inside).toEqual({ bridge: ['call', 'subscribe'], node: [] });

    const policy = await page.evaluate(async () => {
      const answer = await fetch(location.href).catch(() => null);
      return answer === null ? 'refused' : 'allowed';
    });
    expect(policy).toBe('refused');
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ranInline = true';
      document.body.append(script);
      return 'ranInline' in window;
    });
    expect(ran).toBe(false);

    await page.evaluate(() => void window.open('https://example.com'));
    expect(program.windows()).toHaveLength(1);
  } finally {
    await program.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
});
