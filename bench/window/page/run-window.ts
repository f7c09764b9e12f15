import fs from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { z } from 'zod';
import { findBrowser } from '../../../tests/browser.ts';
import { startChild } from '../../../tests/e2e/world/child.ts';
import { answer, childInput } from '../../child.ts';
import { deskSecret, makeDesk, stretchingMs } from '../make-desk.ts';
import type { WindowResult } from '../window-result.ts';
import { startBarePage } from './bare-page.ts';
import { paintAfter, settled, type Sight } from './sight.ts';
import { snapshotOf, type Snapshot } from './snapshot.ts';

// The window in a real Chromium over a real case file, without a region: what a person waits for.

const input = z
  .object({
    folder: z.string(),
    windowFolder: z.string(),
    clients: z.int(),
    recordsPerClient: z.int(),
    unlocks: z.int(),
    /** How often each piece of work is done; none of them is measured with 0. */
    times: z.int(),
  })
  .parse(childInput());

const dataFolder = path.join(input.folder, 'desk');
/** Nobody answers there. */
const noRegion = 'http://127.0.0.1:9';
/** Screens of other clients have fewer rows or more; a frame without its data has far fewer elements. */
const nearly = 0.7;

const startHost = () =>
  startChild(
    'src/main/hosts/loopback/main.ts',
    ['--region', noRegion, '--data', dataFolder],
    (line) => (line.includes('#token=') ? line.trim() : null),
  );

const newPage = async (browser: Browser): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'fi-FI',
    timezoneId: 'Europe/Helsinki',
  });
  return context.newPage();
};

const clientsLink = /^Asiakkaat/u;

/** Unlocks with Enter; the first time the first screen is not known yet, and is only waited for. */
const unlock = async (page: Page, url: string, sight: Sight | null): Promise<number> => {
  await page.goto(url);
  await page.getByLabel('Tunnuslause').fill(deskSecret);
  if (sight) return paintAfter(page, 'Enter', sight);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: clientsLink }).waitFor();
  return 0;
};

const toClients = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: clientsLink }).click();
  await page.getByRole('row').nth(2).waitFor();
};

const openTab = 'nav a[aria-current=page]';

type Drawn = { readonly sight: Sight; readonly screens: readonly Snapshot[] };
type Work = WindowResult['works'][number]['work'];

/** What each piece of work leaves on the screen, seen once without a clock. */
const lookOnce = async (page: Page, letter: string): Promise<Readonly<Record<Work, Drawn>>> => {
  const sightOf = async (selector: string, text: string): Promise<Sight> => ({
    selector,
    text,
    elements: Math.floor((await settled(page)) * nearly),
  });
  const list = await snapshotOf(page);
  await page.getByRole('searchbox').press(letter);
  await settled(page);
  const count = (await page.locator('.page-head').textContent()) ?? '';
  const typed = {
    sight: await sightOf('.page-head', count),
    screens: [list, await snapshotOf(page)],
  };
  await page.getByRole('searchbox').press('Backspace');
  await settled(page);
  await page.getByRole('row').nth(1).press('Enter');
  await page.locator(openTab, { hasText: 'Kokonaiskuva' }).waitFor();
  const overview = await sightOf(openTab, 'Kokonaiskuva');
  const client = await snapshotOf(page);
  await page.keyboard.press('Alt+2');
  await page.locator(openTab, { hasText: 'Suunnitelma' }).waitFor();
  const plan = await sightOf(openTab, 'Suunnitelma');
  const drawn = await snapshotOf(page);
  await toClients(page);
  return {
    'type-in-list': typed,
    'open-client': { sight: overview, screens: [list, client] },
    'open-plan': { sight: plan, screens: [client, drawn] },
  };
};

const bareTimes = async (
  browser: Browser,
  { sight, screens }: Drawn,
): Promise<readonly number[]> => {
  const bare = await startBarePage({
    folder: path.join(input.folder, 'bare'),
    windowFolder: input.windowFolder,
    screens,
  });
  const page = await newPage(browser);
  try {
    await page.goto(bare.url);
    await settled(page);
    const times: number[] = [];
    for (let time = 0; time < input.times; time += 1) {
      times.push(await paintAfter(page, 'Enter', sight));
      await page.keyboard.press('Enter');
      await settled(page);
    }
    return times;
  } finally {
    await page.context().close();
    await bare.stop();
  }
};

const programTimes = async (
  page: Page,
  drawn: Readonly<Record<Work, Drawn>>,
  letter: string,
): Promise<Readonly<Record<Work, number[]>>> => {
  const times: Record<Work, number[]> = { 'open-client': [], 'open-plan': [], 'type-in-list': [] };
  for (let time = 1; time <= input.times; time += 1) {
    await page.getByRole('searchbox').focus();
    times['type-in-list'].push(await paintAfter(page, letter, drawn['type-in-list'].sight));
    await page.keyboard.press('Backspace');
    await settled(page);
    // Another client each time: nothing of it is known to the window yet.
    await page.getByRole('searchbox').press('ArrowDown');
    for (let row = 0; row < time; row += 1) await page.keyboard.press('ArrowDown');
    await settled(page);
    times['open-client'].push(await paintAfter(page, 'Enter', drawn['open-client'].sight));
    await settled(page);
    times['open-plan'].push(await paintAfter(page, 'Alt+2', drawn['open-plan'].sight));
    await toClients(page);
    await settled(page);
  }
  return times;
};

const measureWorks = async (browser: Browser): Promise<WindowResult['works']> => {
  const host = await startHost();
  const page = await newPage(browser);
  await unlock(page, host.value, null);
  await toClients(page);
  const letter = 'm';
  const drawn = await lookOnce(page, letter);
  const program = await programTimes(page, drawn, letter);
  await page.context().close();
  await host.child.end();

  const works: WindowResult['works'][number][] = [];
  for (const work of ['open-client', 'open-plan', 'type-in-list'] as const) {
    const { elements } = drawn[work].sight;
    const bare = await bareTimes(browser, drawn[work]);
    works.push({ work, elements, program: program[work], bare });
  }
  return works;
};

fs.mkdirSync(dataFolder, { recursive: true });
await makeDesk({ dataFolder, clients: input.clients, recordsPerClient: input.recordsPerClient });
const { executablePath, chromiumSandbox, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, chromiumSandbox, env });
try {
  const unlocks: number[] = [];
  let first: Sight | null = null;
  for (let time = 0; time <= input.unlocks; time += 1) {
    const host = await startHost();
    const page = await newPage(browser);
    const took = await unlock(page, host.value, first);
    if (first) unlocks.push(took);
    const elements = Math.floor((await settled(page)) * nearly);
    first = { selector: 'nav a', text: 'Asiakkaat', elements };
    await page.context().close();
    await host.child.end();
  }
  const stretching = await stretchingMs();

  const works = input.times === 0 ? [] : await measureWorks(browser);
  answer({
    clients: input.clients,
    stretchingMs: stretching,
    unlock: unlocks,
    works,
  } satisfies WindowResult);
} finally {
  await browser.close();
}
